from datetime import date

import pytest

from app.audit.numbers import low_high
from app.audit.waiting.money import parse_money
from app.audit.waiting.target import later, target_day


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
        ("CHF 250'000", "CHF", 250_000),
        ("120 000 €", "EUR", 120_000),
        ("12.50 euros per claim", "EUR", 12.5),
        ("$9 a ticket", "USD", 9),
        ("A$300k", "AUD", 300_000),
        ("roughly £9 each.", "GBP", 9),
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
    ],
)
def test_what_is_unclear_or_no_sum_is_not_guessed(text: str | None) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four to six months", (4, 6)),
        ("38%", (38, 38)),
        ("two weeks", (2, 2)),
        ("2 – 3", (2, 3)),
        ("sixty days", (60, 60)),
        ("none", None),
        ("six to four", None),
    ],
)
def test_a_sourced_figure_is_read_as_a_range(text: str, expected: tuple[float, float] | None) -> None:
    assert low_high(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 2026", date(2026, 10, 31)),
        ("end of February 2028", date(2028, 2, 29)),
        ("Q2 2027", date(2027, 6, 30)),
        ("2027-03", date(2027, 3, 31)),
        ("2027-03-15", date(2027, 3, 15)),
        ("1 October 2026", date(2026, 10, 1)),
        ("October 1st, 2026", date(2026, 10, 1)),
        ("March", None),
        ("mid March 2027", None),
        ("2027-13-01", None),
        ("31 June 2027", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_target_is_a_day_only_when_its_month_and_year_are_plain(text: str | None, day: date | None) -> None:
    assert target_day(text) == day


def test_a_day_moves_by_months_and_stays_a_day_of_the_calendar() -> None:
    assert later(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert later(date(2026, 12, 1), 12) == date(2027, 12, 1)
