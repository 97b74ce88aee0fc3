from typing import get_args

import pytest

from app.audit.ledger.ceilings import CeilingReason, bounded, ceiling_of, narrowed
from app.knowledge.load import Knowledge

HIGH = (0.0, 0.05, 0.05, 0.3, 0.6)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We will have change data capture into a lakehouse, and we are going to make it self-healing.", 1),
        ("Next quarter we plan to connect all five sources.", 1),
        ("We are going to build it in April, as the signed spec says.", 2),
        ("It has been live since May and loads every source.", None),
        ("We will add more, but today every source loads by itself.", None),
        ("", None),
    ],
)
def test_a_plan_counts_one_and_a_plan_on_paper_two(text: str, level: int | None) -> None:
    found = ceiling_of(text)
    assert (found.level if found else None) == level


@pytest.mark.parametrize("reason", get_args(CeilingReason))
def test_a_ceiling_explains_itself_to_the_person(knowledge: Knowledge, reason: CeilingReason) -> None:
    assert "plan" in knowledge.words.say(reason)


def test_a_plan_and_a_plan_on_paper_say_so() -> None:
    plan, paper = ceiling_of("We will do it next year."), ceiling_of("We will do it next year, as the signed spec says.")
    assert plan is not None and paper is not None
    assert (plan.reason, paper.reason) == ("ledger.ceiling.plan", "ledger.ceiling.paper_plan")


def test_bounding_moves_everything_above_onto_the_ceiling() -> None:
    found = ceiling_of("We will do it next year.")
    assert bounded(HIGH, found) == pytest.approx((0.0, 1.0, 0.0, 0.0, 0.0))
    assert bounded(HIGH, None) == HIGH


def test_narrowing_keeps_one_side_of_a_boundary() -> None:
    below = narrowed(HIGH, 2, above=False)
    above = narrowed(HIGH, 3, above=True)
    assert sum(below) == pytest.approx(1)
    assert below[3] == below[4] == 0
    assert above == (0, 0, 0, 0, 1)


def test_an_answer_that_the_reading_did_not_expect_lands_next_to_the_boundary() -> None:
    assert narrowed((1, 0, 0, 0, 0), 1, above=True) == (0, 0, 1, 0, 0)
    assert narrowed((0.9991, 0, 0.0009, 0, 0), 0, above=True) == (0, 1, 0, 0, 0), "nine in ten thousand are almost nothing"
    assert narrowed((0.999, 0, 0.001, 0, 0), 0, above=True) == (0, 0, 1, 0, 0)
