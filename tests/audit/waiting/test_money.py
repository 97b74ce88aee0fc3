import pytest
from pydantic import ValidationError

from app.audit.waiting.money import Money, MoneyRange, parse_money


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("EUR 120k", "EUR", 120_000),
        ("$1.2 million", "USD", 1_200_000),
        ("$1.2m so far", "USD", 1_200_000),
        ("£450,000", "GBP", 450_000),
        ("about 80 thousand dollars", "USD", 80_000),
        ("eighty thousand dollars", "USD", 80_000),
        ("half a million euros", "EUR", 500_000),
        ("12 CHF", "CHF", 12),
        ("EUR 1,200.", "EUR", 1_200),
        ("CHF 250'000", "CHF", 250_000),
        ("120 000 €", "EUR", 120_000),
        ("12.50 euros per claim", "EUR", 12.5),
        ("$9 a ticket", "USD", 9),
        ("A$300k", "AUD", 300_000),
        ("roughly £9 each.", "GBP", 9),
        ("€ 5", "EUR", 5),
        ("5 EUR in total!", "EUR", 5),
        ("a million pounds sterling", "GBP", 1_000_000),
        ("a thousand US dollars", "USD", 1_000),
        ("CHF 1.5mn", "CHF", 1_500_000),
        ("0 euros", "EUR", 0),
        ("C$5", "CAD", 5),
        ("US$ 12 dollars", "USD", 12),
        ("nearly\n 7   francs to date", "CHF", 7),
        ("$12 for every claim", "USD", 12),
    ],
)
def test_a_sum_is_read_as_it_is_commonly_written(text: str, currency: str, amount: float) -> None:
    found = parse_money(text)
    assert found is not None
    assert (found.currency, found.amount) == (currency, pytest.approx(amount))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "1.200.000 €",
        "1.200 €",
        "€1.250 million",
        "1,2 million euros",
        "120k",
        "a lot of money",
        "$20k a month",
        "EUR 40 an hour",
        "€10 to €12",
        "$10 or 9 euros",
        "€10 dollars",
        "-$10",
        "15 minutes",
        "a dollar",
        "half a euro",
        "a k euros",
        "$5 each day",
        "$5 per hour",
        "$5 a quarter",
        "€12.345",
        "€5 and more",
    ],
)
def test_what_is_unclear_or_no_sum_is_not_guessed(text: str | None) -> None:
    assert parse_money(text) is None


def test_a_range_of_money_is_multiplied_end_by_end() -> None:
    assert MoneyRange(currency="EUR", low=2, high=3).times(10, 100) == MoneyRange(currency="EUR", low=20, high=300)


def test_a_sum_is_never_negative() -> None:
    assert Money(currency="EUR", amount=0).amount == 0
    with pytest.raises(ValidationError):
        Money(currency="EUR", amount=-1)
