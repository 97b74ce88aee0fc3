from collections.abc import Mapping
from datetime import date

import pytest

from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.waiting.assumptions import Assumption, Missing, check
from app.audit.waiting.impact import Impact, impact
from app.audit.waiting.money import MoneyRange
from app.knowledge.load import Knowledge
from tests.audit import small
from tests.audit.ledgers import all_at as every
from tests.audit.ledgers import ratings_of
from tests.audit.small import CORE, Levels

TOLD = Profile(tasks_per_month=1000, value_per_task="EUR 10", spend="EUR 80k", months_in_pilot=8, target_date="October 2026")
CLAIMS = {
    "delay": small.claim("delay", used_for="delay", criterion="data.core"),
    "long": small.claim("long", used_for="delay", criterion="security.core", value="5 to 7"),
    "share": small.claim("share", used_for="assisted_share", value="38%"),
}
Own = Mapping[str, tuple[float, float]]


@pytest.fixture(scope="module")
def sourced(method: Methodology) -> Methodology:
    return method.model_copy(update={"claims": CLAIMS})


def found(method: Methodology, profile: Profile, levels: Levels, own: Own | None = None) -> Impact:
    return impact(method, profile, small.ratings(levels, method.rubric), own or {})


def only(criterion: str, level: int | str | None) -> Levels:
    """Everything on the checklist ready but one."""
    return small.all_at(3) | {criterion: level}


def test_the_cost_of_waiting_is_tasks_times_value_times_share_times_months(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("data.core", 2))
    assert made.per_month == MoneyRange(currency="EUR", low=1000 * 10 * 0.38, high=10_000)
    assert made.months_of_delay == (4, 6)
    assert made.cost_of_waiting == MoneyRange(currency="EUR", low=3800 * 4, high=60_000)
    assert (made.note, made.missing) == ("", ())


def test_the_low_end_of_the_share_is_the_source_s_own_low_end(method: Methodology) -> None:
    ranged = method.model_copy(update={"claims": {"share": small.claim("share", used_for="assisted_share", value="20 to 38%")}})
    share = next(one for one in found(ranged, TOLD, small.all_at(3)).assumptions if one.id == "assisted-share")
    assert (share.low, share.high) == (0.2, 1)


def test_the_burn_is_what_the_pilot_cost_a_month_over_the_delay(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("data.core", 0))
    assert made.spend_per_month == MoneyRange(currency="EUR", low=10_000, high=10_000)
    assert made.burn == MoneyRange(currency="EUR", low=40_000, high=60_000)


def test_the_target_slips_by_the_delay_when_it_names_a_day(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("data.core", 0))
    assert (made.target, made.slips_to) == (date(2026, 10, 31), (date(2027, 2, 28), date(2027, 4, 30)))
    vague = found(sourced, TOLD.model_copy(update={"target_date": "spring"}), only("data.core", 0))
    assert (vague.target, vague.slips_to) == (None, None)
    assert found(sourced, TOLD, small.all_at(3)).slips_to is None


def test_every_assumption_is_told_with_its_source(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("data.core", 0))
    share = (
        "The part of these tasks that the AI would take: at the low end what one client had reached after ninety days, "
        "at the high end all of them, as you counted them"
    )
    assert made.assumptions == (
        Assumption(
            id="tasks-per-month", text="Tasks a month that the AI is meant for", low=1000, high=1000, unit="tasks", source="You said so"
        ),
        Assumption(
            id="value-per-task", text="What one task is worth when the AI takes it", low=10, high=10, unit="EUR", source="You said so"
        ),
        Assumption(
            id="assisted-share",
            text=share,
            low=0.38,
            high=1,
            unit="share",
            source="Low end: Source of share, 2026, confirmed. High end: you said so",
        ),
        Assumption(
            id="months-of-delay",
            text="Months that data core adds to the project while it is not ready",
            low=4,
            high=6,
            unit="months",
            source="Source of delay, 2026, confirmed",
        ),
        Assumption(
            id="spend-per-month",
            text="The pilot goes on costing what it has cost so far, a month",
            low=10_000,
            high=10_000,
            unit="EUR",
            source="What you said was spent, divided by the months in pilot",
        ),
    )
    assert made.claims == ("share", "delay")


def test_own_figures_stand_in_for_the_assumed_ones_and_their_claims(sourced: Methodology) -> None:
    own = {
        "tasks-per-month": (100, 200),
        "value-per-task": (1, 2),
        "assisted-share": (0.5, 0.6),
        "months-of-delay": (2, 3),
        "spend-per-month": (5, 6),
    }
    made = found(sourced, TOLD, only("data.core", 0), own)
    assert {one.id: (one.low, one.high) for one in made.assumptions} == own
    assert {one.source for one in made.assumptions} == {"Your own figure"}
    assert made.cost_of_waiting == MoneyRange(currency="EUR", low=100 * 1 * 0.5 * 2, high=200 * 2 * 0.6 * 3)
    assert made.burn == MoneyRange(currency="EUR", low=10, high=18)
    assert made.claims == ()
    assert made.months_of_delay == (2, 3)


def test_an_own_number_of_tasks_stands_in_for_one_that_was_not_said(sourced: Methodology) -> None:
    made = found(sourced, TOLD.model_copy(update={"tasks_per_month": None}), only("data.core", 0), {"tasks-per-month": (10, 20)})
    assert made.per_month == MoneyRange(currency="EUR", low=10 * 10 * 0.38, high=200)


def test_no_tasks_a_month_are_worth_nothing_and_are_not_missing(sourced: Methodology) -> None:
    made = found(sourced, TOLD.model_copy(update={"tasks_per_month": 0}), only("data.core", 0))
    assert made.per_month == MoneyRange(currency="EUR", low=0, high=0)
    assert made.missing == ()


def test_without_numbers_there_is_no_number_and_each_gap_says_whom_to_ask(sourced: Methodology) -> None:
    made = found(sourced, Profile(), only("data.core", 0))
    assert (made.per_month, made.cost_of_waiting, made.spend_per_month, made.burn, made.target) == (None,) * 5
    assert [one.id for one in made.assumptions] == ["months-of-delay"]
    sum_ = "for a sum with its currency; a rough one is enough."
    assert made.missing == (
        Missing(
            what="How many tasks there are a month",
            how_to_get_it="Ask the business process owner for last month's count; a rough one is enough.",
        ),
        Missing(what="What one task is worth", how_to_get_it=f"Ask the business process owner or your finance partner {sum_}"),
        Missing(what="What has been spent so far", how_to_get_it=f"Ask whoever holds the budget {sum_}"),
        Missing(what="How many months the pilot has run", how_to_get_it="Ask the project sponsor when the pilot began."),
    )


def test_words_that_are_no_plain_sum_are_quoted(sourced: Methodology) -> None:
    unclear = TOLD.model_copy(update={"value_per_task": "1.200 €", "spend": "lots"})
    made = found(sourced, unclear, only("data.core", 0))
    assert [one.how_to_get_it for one in made.missing] == [
        "You said “1.200 €”, which cannot be read as one sum. "
        "Ask the business process owner or your finance partner for one amount with its currency.",
        "You said “lots”, which cannot be read as one sum. Ask whoever holds the budget for one amount with its currency.",
    ]
    assert (made.per_month, made.spend_per_month) == (None, None)


@pytest.mark.parametrize("months", [None, 0])
def test_a_spend_without_months_gives_no_rate(sourced: Methodology, months: float | None) -> None:
    made = found(sourced, TOLD.model_copy(update={"months_in_pilot": months}), only("data.core", 0))
    assert (made.spend_per_month, made.burn) == (None, None)
    assert [one.what for one in made.missing] == ["How many months the pilot has run"]


def test_sums_in_two_currencies_stay_apart(sourced: Methodology) -> None:
    made = found(sourced, TOLD.model_copy(update={"spend": "$80k"}), only("data.core", 0))
    assert made.cost_of_waiting is not None
    assert made.burn is not None
    assert (made.cost_of_waiting.currency, made.burn.currency) == ("EUR", "USD")


def test_of_several_delays_the_longest_counts_and_they_are_not_added(sourced: Methodology) -> None:
    made = found(sourced, TOLD, small.all_at(3) | {"data.core": 1, "security.core": 1})
    assert made.months_of_delay == (5, 7)
    assert made.claims == ("share", "long")
    assert "security core" in made.assumptions[3].text


@pytest.mark.parametrize(("other", "months"), [("3 to 7", (5, 7)), ("6 to 7", (6, 7)), ("5 to 6", (5, 7)), ("6 to 6.5", (5, 7))])
def test_of_two_delays_the_later_end_counts_first(method: Methodology, other: str, months: tuple[float, float]) -> None:
    claims = CLAIMS | {"delay": small.claim("delay", used_for="delay", criterion="data.core", value=other)}
    made = found(method.model_copy(update={"claims": claims}), TOLD, small.all_at(3) | {"data.core": 1, "security.core": 1})
    assert made.months_of_delay == months


def test_a_delay_that_no_source_names_is_asked_for_and_costs_nothing_yet(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("agentops.core", 2))
    assert (made.months_of_delay, made.cost_of_waiting, made.burn) == (None, None, None)
    assert made.missing == (
        Missing(
            what="How long agentops core holds the project up",
            how_to_get_it="No source names a figure. Ask the agentops lead how many months it takes, and put your own figure in.",
        ),
    )


def test_what_is_not_known_is_asked_about_even_where_a_source_names_a_delay(sourced: Methodology) -> None:
    made = found(sourced, TOLD, only("data.core", None))
    assert made.months_of_delay is None
    assert made.note == ""
    assert made.missing == (Missing(what="Whether data core holds the project up", how_to_get_it="Ask the data lead: How is data.core?"),)


def test_own_months_need_no_source_and_leave_nothing_of_the_delay_to_ask(sourced: Methodology) -> None:
    made = found(sourced, TOLD, {"data.core": None, "agentops.core": 0}, {"months-of-delay": (1, 2)})
    assert (made.months_of_delay, made.missing) == ((1, 2), ())
    assert (made.assumptions[3].text, made.assumptions[3].unit) == ("Months that the project is held up", "months")


def test_own_months_hold_up_even_what_is_ready(sourced: Methodology) -> None:
    made = found(sourced, Profile(), small.all_at(3), {"months-of-delay": (1, 2)})
    assert (made.months_of_delay, made.note, len(made.missing)) == ((1, 2), "", 4)


def test_what_is_ready_is_not_held_up_and_nothing_is_missing(sourced: Methodology) -> None:
    made = found(sourced, Profile(), small.all_at(3) | {"data.core": "n/a", "data.more": 0})
    assert made.note == "Every line of the checklist that applies is a yes, so nothing on it holds the project up."
    assert (made.missing, made.months_of_delay) == ((), None)


def test_where_no_line_applies_no_delay_can_be_named(sourced: Methodology) -> None:
    made = found(sourced, Profile(), dict.fromkeys(CORE, "n/a"))
    assert made.note == "No line of the checklist applies, so no delay can be named."
    assert made.missing == ()


def test_a_disputed_claim_is_never_an_assumption(sourced: Methodology) -> None:
    disputed = {id_: one.model_copy(update={"state": "disputed", "reason": "a test"}) for id_, one in CLAIMS.items()}
    made = found(sourced.model_copy(update={"claims": disputed}), TOLD, only("data.core", 1))
    assert (made.months_of_delay, made.claims) == (None, ())
    assert made.per_month == MoneyRange(currency="EUR", low=10_000, high=10_000)
    share = made.assumptions[2]
    assert (share.text, share.source) == ("The part of these tasks that the AI would take: all of them, as you counted them", "You said so")
    assert (share.unit, share.low, share.high) == ("share", 1, 1)


def test_what_we_know_names_a_delay_for_the_pipeline_and_a_share(knowledge: Knowledge) -> None:
    made = impact(knowledge, TOLD, ratings_of(knowledge.rubric, every(knowledge.rubric, 1)))
    assert (made.months_of_delay, made.claims) == ((4, 6), ("case-share", "rebuild-delay"))


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (
            {"luck": (1, 2)},
            "luck: no such assumption; there are tasks-per-month, value-per-task, assisted-share, months-of-delay, spend-per-month",
        ),
        ({"months-of-delay": (3, 2)}, "months-of-delay: 3 to 2 is no range from low to high"),
        ({"months-of-delay": (-1, 2)}, "months-of-delay: -1 to 2 is no range from low to high"),
        ({"months-of-delay": (1, float("inf"))}, "months-of-delay: 1 to inf is no range from low to high"),
        ({"months-of-delay": (float("nan"), 1)}, "months-of-delay: nan to 1 is no range from low to high"),
        ({"assisted-share": (0.5, 1.1)}, "assisted-share: a share is between 0 and 1"),
    ],
)
def test_what_cannot_be_an_assumption_is_refused(method: Methodology, own: Own, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        found(method, TOLD, small.all_at(1), own)


def test_a_range_may_be_one_number_nothing_or_the_whole() -> None:
    check({"months-of-delay": (0, 0), "assisted-share": (1, 1), "tasks-per-month": (2, 2)})
