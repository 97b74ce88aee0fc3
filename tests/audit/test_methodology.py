"""What a methodology is made of refuses what does not belong together."""

import pytest
from pydantic import ValidationError

from app.audit.actions import Action
from app.audit.guidance import Claim
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.rubric import Criterion, Gap, Rubric
from tests.audit import small


def refused(kind: type[Value], value: Value, /, **changed: object) -> str:
    """Return why a value with other fields is refused."""
    with pytest.raises(ValidationError) as refusal:
        kind.model_validate({name: getattr(value, name) for name in type(value).model_fields} | changed)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"core": False, "weight": 1}, "checklist: a core criterion has a checklist line, the others have none"),
        ({"checklist": ""}, "checklist: a core criterion has a checklist line, the others have none"),
        ({"weight": 1}, "weight: 2 for a core criterion, 1 for the others"),
        ({"levels": ("a", "b", "c", "d")}, "at least 5 items"),
        ({"probes": ("a", "b", "c", "d", "e")}, "at most 4 items"),
        ({"proof": ()}, "at least 1 item"),
        ({"name": ""}, "at least 1 character"),
    ],
)
def test_a_criterion_is_whole(changed: dict[str, object], problem: str) -> None:
    assert problem in refused(Criterion, small.criterion("data.core"), **changed)


def test_another_criterion_weighs_once() -> None:
    assert "weight: 2 for a core criterion, 1 for the others" in refused(Criterion, small.criterion("data.more"), weight=2)


def test_a_gap_has_its_own_criteria_the_core_one_first() -> None:
    data = small.rubric().gaps[0]
    core, more = data.criteria
    assert (core.gap, data.core) == ("data", core)
    assert "data.core, data.more does not belong to gap security" in refused(Gap, data, id="security")
    for criteria in ((more, core), (more,), (core, core)):
        assert "exactly one core criterion, and it comes first" in refused(Gap, data, criteria=criteria)


def test_a_rubric_has_the_five_gaps_in_order_and_finds_its_parts() -> None:
    rubric = small.rubric()
    assert "expected data, agentops, security, integration, adoption in this order" in refused(Rubric, rubric, gaps=rubric.gaps[::-1])
    assert tuple(rubric.criteria)[:3] == ("data.core", "data.more", "agentops.core")
    assert [criterion.id for criterion in rubric.core] == list(small.CORE)
    assert rubric.gap("security").id == "security"
    with pytest.raises(KeyError):
        rubric.gap("magic")


def test_a_rubrics_version_tells_its_content() -> None:
    rubric = small.rubric()
    other = rubric.model_copy(update={"gaps": (rubric.gaps[0].model_copy(update={"title": "Another"}), *rubric.gaps[1:])})
    assert rubric.version == small.rubric().version != other.version
    assert (len(rubric.version), int(rubric.version, 16) > 0) == (12, True)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"to_level": 3}, "to: an action goes up one level, not from 1 to 3"),
        ({"to_level": 1}, "to: an action goes up one level, not from 1 to 1"),
        ({"effort_days": (3, 2)}, "effort_days: the low estimate 3.0 is above the high one 2.0"),
        ({"weeks": (3, 2)}, "weeks: the low estimate 3.0 is above the high one 2.0"),
        ({"steps": ()}, "at least 1 item"),
        ({"weeks": (-1, 2)}, "greater than or equal to 0"),
    ],
)
def test_an_action_takes_one_step_by_a_range_of_effort(changed: dict[str, object], problem: str) -> None:
    assert problem in refused(Action, small.action("data.core", 1), **changed)


def test_an_action_may_have_one_estimate_and_is_named_by_its_step() -> None:
    action = small.action("data.core", 1)
    assert action.id == "data.core:1-2"
    assert Action.model_validate(action.model_dump() | {"effort_days": (2, 2)}).effort_days == (2, 2)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"state": "disputed"}, "reason: a disputed claim says why"),
        ({"used_for": "delay"}, "criterion: a claim on a delay names one, the others name none"),
        ({"criterion": "data.core"}, "criterion: a claim on a delay names one, the others name none"),
        ({"used_for": "assisted_share", "criterion": "data.core"}, "criterion: a claim on a delay names one, the others name none"),
        ({"used_for": "assisted_share", "value": "a lot"}, "value: “a lot” is no figure to reckon with"),
        ({"used_for": "delay", "criterion": "data.core", "value": "a lot"}, "value: “a lot” is no figure to reckon with"),
    ],
)
def test_a_claim_says_what_it_is_used_for_and_can_be(changed: dict[str, object], problem: str) -> None:
    assert problem in refused(Claim, small.claim("one"), **changed)


def test_a_claim_that_is_only_told_may_be_no_figure() -> None:
    assert small.claim("one", used_for="at_risk", value="a lot").value == "a lot"
    assert small.claim("one", state="disputed", reason="why", value="two to three").figure == (2, 3)


def test_claims_are_found_by_what_they_are_used_for_but_none_that_is_disputed(method: Methodology) -> None:
    claims = (small.claim("a", used_for="at_risk"), small.claim("b"), small.claim("c", used_for="assisted_share"))
    disputed = small.claim("d", used_for="at_risk", state="disputed", reason="why")
    made = method.model_copy(update={"claims": {one.id: one for one in (*claims, disputed)}})
    assert made.claims_for("at_risk") == claims[:1]
    assert made.claims_for("delay") == ()


def test_the_passages_on_a_criterion_are_those_that_are_about_it() -> None:
    about = {"about": ("data.core", "data")}
    passages = (
        small.passage("data.core#how", **about),
        small.passage("data#what", kind="gap", **about),
        small.passage("data.core#why", **about),
        small.passage("data.more#how", about=("data.more",)),
    )
    made = small.methodology(passages=passages)
    assert made.passages_of["data.core"] == ("data.core#how", "data.core#why")
    assert made.passages_of["data.more"] == ("data.more#how",)
    assert made.passages_of["security.core"] == ()


def test_search_looks_at_a_passages_headings_too() -> None:
    assert small.passage("one#two").searched == "one: two. Text of one#two"


def test_a_value_is_frozen_and_knows_its_fields() -> None:
    with pytest.raises(ValidationError):
        small.claim("one").text = "other"  # type: ignore[misc]
    assert "Extra inputs are not permitted" in refused(Claim, small.claim("one"), more="x")
