import pytest

from app.assessors.profile import profile_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Each ticket costs us about 9 euros.", "9 euros"),
        ("It would be worth $12 per claim.", "$12"),
        ("Every manual letter costs the bank roughly £4.50 today.", "£4.50"),
        ("We think it saves €15 for each invoice.", "€15"),
        ("One case costs 12 CHF, mostly in people's time.", "12 CHF"),
        ("We saw a saving of nothing so far. Every call costs us seven dollars.", "seven dollars"),
    ],
)
def test_what_a_task_is_worth_is_found_where_it_is_said(text: str, value: str) -> None:
    assert profile_of(text).value_per_task == value


@pytest.mark.parametrize(
    "text",
    [
        "It saves 15 minutes each.",
        "Each licence costs us 30 dollars.",
        "Each API call costs 2 dollars.",
        "Every user costs us $20 a month.",
        "The platform is worth $2 million.",
        "It is not worth $12 per claim.",
        "Nobody knows whether each ticket costs 9 euros.",
        "Is it worth $12 per claim?",
        "We spent $12 per seat.",
        "A pilot like this costs 50,000 euros.",
        "It saves us $4,000 a month.",
        "Each month costs us 9,000 euros.",
        "We have 9 people and each ticket costs us time.",
    ],
)
def test_what_is_no_value_of_a_task_is_not_taken_for_one(text: str) -> None:
    assert profile_of(text).value_per_task is None


def test_the_value_of_a_task_is_not_taken_for_the_spend() -> None:
    profile = profile_of("Each ticket costs us about 9 euros. We have spent 80,000 euros.")
    assert (profile.value_per_task, profile.spend) == ("9 euros", "80,000 euros")
    assert profile_of("Each ticket costs us about 9 euros.").spend is None


@pytest.mark.parametrize("text", ["The model costs $20,000 a month.", "We pay 400 euros per day.", "It costs €300/month."])
def test_a_rate_over_time_is_not_what_was_spent(text: str) -> None:
    assert profile_of(text).spend is None


@pytest.mark.parametrize(
    ("text", "spend"),
    [
        ("CHF 250'000 so far.", "CHF 250'000"),
        ("The budget is $1.2 million.", None),
        ("The budget is $1.2 million. We have spent $400,000.", "$400,000"),
        ("It would save us 2 million euros.", None),
    ],
)
def test_a_budget_or_a_gain_is_not_what_was_spent(text: str, spend: str | None) -> None:
    assert profile_of(text).spend == spend
