from datetime import date, timedelta

import pytest

from app.audit.methodology import Methodology
from app.audit.plan.changes import Changes
from app.audit.plan.ninety_days import plan
from app.audit.score.scoring import score
from app.audit.told.verdict import FirstMove, first_moves, verdict_of
from tests.audit import small
from tests.audit.small import CORE, MONDAY, MORE, Levels

KNOWN_FEW = "It rests on 1 of 10 criteria; the rest is not known yet."


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        (small.all_at(4), "This project is ready to run in production."),
        (
            small.all_at(4) | {"data.core": 2},
            "This project is on its way to production, with gaps to close first. One checklist line is a no.",
        ),
        (
            small.all_at(4) | dict.fromkeys(CORE[:2], 0),
            "This project is at risk of stalling before production. Two of the five checklist lines are a no.",
        ),
        (
            small.all_at(4) | dict.fromkeys(CORE[:3], 0),
            "This project is at risk of stalling before production. Three of the five checklist lines are a no.",
        ),
        (
            small.all_at(4) | dict.fromkeys(CORE[:4], 0),
            "This project is at risk of stalling before production. Four of the five checklist lines are a no.",
        ),
        (
            small.all_at(0),
            "This project is not on its way to production: the foundations are still missing. All of the five checklist lines are a no.",
        ),
        ({"data.more": 2}, f"This project is on its way to production, with gaps to close first. {KNOWN_FEW}"),
        (
            {"data.core": 0},
            f"This project is not on its way to production: the foundations are still missing. One checklist line is a no. {KNOWN_FEW}",
        ),
        ({}, "There is too little known yet to say where this project stands."),
        (small.all_at("n/a"), "None of the criteria applies to this project, so there is nothing to score."),
    ],
)
def test_a_verdict_says_where_a_project_stands_which_lines_are_a_no_and_how_sure_that_is(
    method: Methodology, levels: Levels, verdict: str
) -> None:
    assert verdict_of(score(method.rubric, small.ratings(levels, method.rubric)), method.words) == verdict


def moves(method: Methodology, levels: Levels, capacity: float = 60) -> tuple[FirstMove, ...]:
    return first_moves(plan(method, small.ratings(levels, method.rubric), MONDAY, Changes(capacity_days=capacity)))


def test_the_first_moves_are_the_plans_first_work_on_three_criteria(method: Methodology) -> None:
    levels = small.all_at(4) | {"data.core": 1, "security.core": 2, "agentops.core": 2, "adoption.core": 2}
    first, second, third = moves(method, levels)
    assert first == FirstMove(
        title="Lift data.core to 2",
        first_step="First step on data.core",
        owner="data owner",
        by=MONDAY + timedelta(days=6),
        done_when="data.core is at 2",
        passage="data.core#do",
    )
    assert (second.title, third.title) == ("Lift security.core to 3", "Lift agentops.core to 3")
    assert (third.by - date(2026, 12, 23)).days == 6, "in the second sprint"


def test_work_comes_before_questions_and_questions_where_there_is_no_work(method: Methodology) -> None:
    levels = small.all_at(4) | {"security.core": None, "data.core": 2}
    assert [move.title for move in moves(method, levels)] == ["Lift data.core to 3", "Ask the security lead: security core"]
    asked = moves(method, small.all_at(4) | dict.fromkeys(MORE, None))
    assert [move.title for move in asked] == [f"Ask the {gap} lead: {gap} more" for gap in ("data", "agentops", "security")]


def test_where_nothing_is_to_be_done_there_are_no_first_moves(method: Methodology) -> None:
    assert moves(method, small.all_at(4)) == ()
