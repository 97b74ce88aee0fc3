from datetime import date

import pytest

from app.audit.plan.ninety_days import CAPACITY_DAYS, THEMES, plan
from app.audit.score.levers import bottleneck, levers
from app.audit.score.scoring import score
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, ratings_of

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_the_plan_keeps_to_capacity_order_and_dependencies(knowledge: Knowledge, level: int) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, level))
    roadmap = plan(knowledge, ratings, MONDAY)
    levels = {c: r.level or 0 for c, r in ratings.items()}
    by_id = {action.id: action for action in knowledge.actions}
    for number, sprint in enumerate(roadmap.sprints):
        assert sum(sprint.effort_days) / 2 <= CAPACITY_DAYS
        for task in sprint.tasks:
            action = by_id[task.id]
            assert THEMES.index(action.theme) <= number
            assert levels[action.criterion] == action.from_level
            assert all(levels[c] >= least for c, least in action.depends_on.items())
            levels[action.criterion] = action.to_level


def test_the_expected_score_never_falls_from_sprint_to_sprint(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 1))
    now = score(knowledge.rubric, ratings).overall.value or 0
    expected = [sprint.expected.value or 0 for sprint in plan(knowledge, ratings, MONDAY).sprints]
    assert now < expected[0] <= expected[1] <= expected[2]


def test_an_unknown_is_planned_as_a_question_to_somebody(knowledge: Knowledge) -> None:
    levels = all_at(knowledge.rubric, 3) | {"security.review": None}
    roadmap = plan(knowledge, ratings_of(knowledge.rubric, levels), MONDAY)
    first, *rest = roadmap.sprints
    assert [task.criterion for task in first.tasks] == ["security.review"]
    assert "Ask the" in first.tasks[0].title
    assert all(sprint.tasks == () for sprint in rest)


def test_a_project_that_is_ready_gets_no_work(knowledge: Knowledge) -> None:
    roadmap = plan(knowledge, ratings_of(knowledge.rubric, all_at(knowledge.rubric, 4)), MONDAY)
    assert all(sprint.tasks == () for sprint in roadmap.sprints)
    assert roadmap.not_yet == ()


def test_what_does_not_fit_says_why(knowledge: Knowledge) -> None:
    roadmap = plan(knowledge, ratings_of(knowledge.rubric, all_at(knowledge.rubric, 0)), MONDAY)
    assert roadmap.not_yet
    assert all(item.reason for item in roadmap.not_yet)


def test_where_all_is_ready_nothing_holds_back_and_the_most_to_gain_is_named(knowledge: Knowledge) -> None:
    levels = all_at(knowledge.rubric, 4) | {"security.review": 3}
    ratings = ratings_of(knowledge.rubric, levels)
    found = bottleneck(knowledge, ratings, score(knowledge.rubric, ratings))
    assert found is not None
    assert found.why == "Nothing holds the project back. Most is left to gain in security, with 90 of 100, at architecture review."


def test_the_bottleneck_is_the_lowest_gap_and_names_its_weakest_point(knowledge: Knowledge) -> None:
    levels = all_at(knowledge.rubric, 3) | {"security.review": 0, "security.compliance": 1}
    ratings = ratings_of(knowledge.rubric, levels)
    found = bottleneck(knowledge, ratings, score(knowledge.rubric, ratings))
    assert found is not None
    assert found.gap == "security"
    assert "architecture review" in found.why


def test_a_lever_is_worth_what_the_score_would_gain(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 2))
    lever = next(found for found in levers(knowledge.rubric, ratings) if found.criterion == "data.pipeline")
    assert lever.to_level == 3
    assert lever.points == pytest.approx(25 * 2 / 5 / 5)


def test_what_is_proven_or_does_not_apply_has_no_lever(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 4))
    assert levers(knowledge.rubric, ratings) == ()
    assert bottleneck(knowledge, ratings, score(knowledge.rubric, ratings)) is None
