from collections.abc import Mapping
from datetime import date

import pytest

from app.audit.guidance import Claim
from app.audit.ledger.evidence import rate
from app.audit.ledger.profile import Profile
from app.audit.waiting.impact import Impact, impact
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, entry, ratings_of

TOLD = Profile(tasks_per_month=1000, value_per_task="EUR 10", spend="EUR 80k", months_in_pilot=8, target_date="October 2026")


def worked_out(knowledge: Knowledge, profile: Profile, level: int | None = 1, **given: tuple[float, float]) -> Impact:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, level) if level is not None else {})
    named = {name.replace("_", "-"): figures for name, figures in given.items()}
    return impact(profile, ratings, knowledge.rubric, knowledge.claims, assumptions=named)


def test_the_cost_of_waiting_is_tasks_times_value_times_share_times_months(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD)
    assert found.per_month is not None
    assert found.cost_of_waiting is not None
    assert found.months_of_delay == (4, 6)
    assert (found.per_month.low, found.per_month.high) == (pytest.approx(1000 * 10 * 0.38), 1000 * 10)
    assert (found.cost_of_waiting.low, found.cost_of_waiting.high) == (pytest.approx(3800 * 4), 10_000 * 6)


def test_the_burn_is_what_the_pilot_cost_a_month_over_the_delay(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD)
    assert found.burn is not None
    assert (found.burn.currency, found.burn.low, found.burn.high) == ("EUR", 40_000, 60_000)


def test_the_target_slips_by_the_delay_when_it_names_a_day(knowledge: Knowledge) -> None:
    assert worked_out(knowledge, TOLD).slips_to == (date(2027, 2, 28), date(2027, 4, 30))
    vague = TOLD.model_copy(update={"target_date": "spring"})
    assert worked_out(knowledge, vague).slips_to is None


def test_without_numbers_there_is_no_number_and_each_gap_says_whom_to_ask(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, Profile())
    assert found.per_month is None
    assert found.cost_of_waiting is None
    assert found.burn is None
    assert {m.what for m in found.missing} >= {"How many tasks there are a month", "What one task is worth", "What has been spent so far"}
    assert all("Ask " in m.how_to_get_it for m in found.missing)
    assert [a.id for a in found.assumptions] == ["months-of-delay"]


def test_words_that_are_no_plain_sum_are_quoted(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD.model_copy(update={"value_per_task": "1.200 €"}))
    assert found.per_month is None
    assert "“1.200 €”" in next(m.how_to_get_it for m in found.missing if m.what == "What one task is worth")


def test_every_assumption_has_a_source_and_can_be_replaced(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD)
    assert [a.id for a in found.assumptions] == [
        "tasks-per-month",
        "value-per-task",
        "assisted-share",
        "months-of-delay",
        "spend-per-month",
    ]
    assert all(a.source and a.editable for a in found.assumptions)
    assert set(found.claims) == {"case-share", "rebuild-delay"}
    own = worked_out(knowledge, TOLD, assisted_share=(0.5, 0.6), months_of_delay=(2, 3), tasks_per_month=(100, 200), value_per_task=(1, 2))
    assert own.cost_of_waiting is not None
    assert (own.cost_of_waiting.low, own.cost_of_waiting.high) == (pytest.approx(100 * 1 * 0.5 * 2), pytest.approx(200 * 2 * 0.6 * 3))
    assert own.claims == ()
    assert {a.source for a in own.assumptions[:4]} == {"Your own figure"}


def test_an_own_number_of_tasks_stands_in_for_one_that_was_not_said(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD.model_copy(update={"tasks_per_month": None}), tasks_per_month=(10, 20))
    assert found.per_month is not None
    assert found.per_month.high == 200


@pytest.mark.parametrize(
    "given", [{"luck": (1, 2)}, {"months_of_delay": (3, 2)}, {"months_of_delay": (-1, 2)}, {"assisted_share": (0.5, 38)}]
)
def test_what_cannot_be_an_assumption_is_refused(knowledge: Knowledge, given: Mapping[str, tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match=r"assumption|range|share"):
        worked_out(knowledge, TOLD, **given)


def test_sums_in_two_currencies_stay_apart(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD.model_copy(update={"spend": "$80k"}))
    assert found.cost_of_waiting is not None
    assert found.burn is not None
    assert (found.cost_of_waiting.currency, found.burn.currency) == ("EUR", "USD")


def test_a_delay_is_named_only_where_a_source_names_one(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 3) | {"security.review": 0})
    found = impact(TOLD, ratings, knowledge.rubric, knowledge.claims)
    assert found.months_of_delay is None
    assert found.cost_of_waiting is None
    assert [m.what for m in found.missing] == ["How long infosec architecture review holds the project up"] or "No source names" in str(
        found
    )
    own = impact(TOLD, ratings, knowledge.rubric, knowledge.claims, assumptions={"months-of-delay": (1, 2)})
    assert own.months_of_delay == (1, 2)
    assert own.missing == ()


def test_what_is_not_known_is_asked_about_and_costs_nothing_yet(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, TOLD, level=None)
    assert found.months_of_delay is None
    assert sum(m.what.startswith("Whether") for m in found.missing) == 5


def test_a_ready_project_is_told_that_nothing_holds_it_up(knowledge: Knowledge) -> None:
    found = worked_out(knowledge, Profile(), level=3)
    assert "nothing on it holds the project up" in found.note
    assert found.missing == ()
    gone = rate([entry(n, c, standing="not_applicable") for n, c in enumerate(knowledge.rubric.criteria, start=1)], knowledge.rubric)
    assert "No line of the checklist applies" in impact(Profile(), gone, knowledge.rubric, knowledge.claims).note


def test_a_disputed_claim_is_never_an_assumption(knowledge: Knowledge) -> None:
    disputed: dict[str, Claim] = {
        id_: claim.model_copy(update={"state": "disputed", "reason": "a test"}) for id_, claim in knowledge.claims.items()
    }
    found = impact(TOLD, ratings_of(knowledge.rubric, all_at(knowledge.rubric, 1)), knowledge.rubric, disputed)
    assert found.months_of_delay is None
    assert found.claims == ()
    assert found.per_month is not None
    assert found.per_month.low == found.per_month.high == 10_000
