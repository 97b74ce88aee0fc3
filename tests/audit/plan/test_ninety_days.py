"""The whole plan: what must hold for any ratings and any changes, over the real actions."""

from collections.abc import Mapping
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audit.ledger.evidence import Rating, rate
from app.audit.methodology import Methodology
from app.audit.plan.changes import AS_PLANNED, Changes
from app.audit.plan.ninety_days import CAPACITY_DAYS, THEMES, plan
from app.audit.plan.roadmap import Roadmap, Task
from app.audit.score.scoring import score
from app.knowledge.load import Knowledge
from tests.audit import small
from tests.audit.ledgers import all_at, entry, ratings_of
from tests.audit.small import CORE, MONDAY, MORE, Levels

SEEDS = range(15)
SMALL = small.methodology()
LEVELS = st.fixed_dictionaries(dict.fromkeys((*CORE, *MORE), st.sampled_from([None, "n/a", 0, 1, 2, 3, 4])))


def random_ratings(knowledge: Knowledge, seed: int) -> dict[str, Rating]:
    """Levels, unknowns and what does not apply, mixed differently for every seed."""
    random = Random(seed)
    ledger = []
    for number, criterion in enumerate(knowledge.rubric.criteria, start=1):
        kind = random.random()
        if kind < 0.75:
            ledger.append(entry(number, criterion, random.choice([0, 1, 1, 2, 2, 3, 4])))
        elif kind < 0.85:
            ledger.append(entry(number, criterion, standing="not_applicable"))
        elif kind < 0.95:
            ledger.append(entry(number, criterion))
    return rate(ledger, knowledge.rubric)


def sprint_of(roadmap: Roadmap) -> dict[str, int]:
    return {task.id: sprint.number for sprint in roadmap.sprints for task in sprint.tasks}


def tasks_of(roadmap: Roadmap) -> list[Task]:
    return [task for sprint in roadmap.sprints for task in sprint.tasks]


def assert_sound(method: Methodology, ratings: Mapping[str, Rating], roadmap: Roadmap) -> None:
    """Check order, dependencies, days, capacity and scores of a whole plan."""
    by_id = {action.id: action for action in method.actions}
    levels = {c: r.level for c, r in ratings.items()}
    ended: dict[tuple[str, int], int] = {}
    free: dict[str, int] = {}
    last = score(method.rubric, ratings).overall.value or 0
    for sprint in roadmap.sprints:
        assert sum(sprint.effort_days) / 2 <= roadmap.capacity_days + 1e-9
        for task in sprint.tasks:
            assert sprint.first_day <= task.first_day <= task.last_day <= sprint.last_day
            assert task.first_day >= free.get(task.owner, 0)
            free[task.owner] = task.last_day
            if (action := by_id.get(task.id)) is None:
                continue
            assert levels[action.criterion] == action.from_level
            for criterion, least in {**action.depends_on, action.criterion: action.from_level}.items():
                level = levels[criterion]
                assert level is None or level >= least
                assert task.first_day >= ended.get((criterion, least), 0)
            levels[action.criterion] = action.to_level
            ended[action.criterion, action.to_level] = task.last_day
        assert (sprint.expected.value or 0) >= last - 1e-9
        assert sprint.expected.low <= (sprint.expected.value or 0) + 1e-9
        last = sprint.expected.value or 0
    settled = {c: Rating(criterion=c, standing=r.standing, level=levels[c]) for c, r in ratings.items()}
    assert score(method.rubric, settled).overall.value == pytest.approx(roadmap.sprints[-1].expected.value)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_plan_keeps_order_dependencies_days_and_capacity(knowledge: Knowledge, seed: int) -> None:
    ratings = random_ratings(knowledge, seed)
    roadmap = plan(knowledge, ratings, MONDAY)
    assert_sound(knowledge, ratings, roadmap)
    assert roadmap.refusals == ()
    assert plan(knowledge, ratings, MONDAY) == roadmap


@pytest.mark.parametrize("seed", SEEDS)
def test_any_changed_plan_is_as_sound_and_keeps_to_the_changes_or_says_why_not(knowledge: Knowledge, seed: int) -> None:
    random, ratings = Random(1000 + seed), random_ratings(knowledge, seed)
    ids = [task.id for task in tasks_of(plan(knowledge, ratings, MONDAY))]
    every = [action.id for action in knowledge.actions]
    changes = Changes(
        dropped=tuple(random.sample(ids, min(3, len(ids)))),
        moved={id_: random.randint(1, 3) for id_ in random.sample(every, 4)},
        added=tuple(random.sample(every, 4)),
        capacity_days=random.choice([None, 8, 25, 90]),
    )
    roadmap = plan(knowledge, ratings, MONDAY, changes)
    assert_sound(knowledge, ratings, roadmap)
    assert roadmap.capacity_days == (changes.capacity_days or CAPACITY_DAYS)
    titles = {action.id: action.title for action in knowledge.actions}
    placed = sprint_of(roadmap)
    assert placed.keys().isdisjoint(changes.dropped)
    assert {item.id for item in roadmap.not_yet if item.reason == "you took it out"} == set(changes.dropped)
    refused = " ".join(roadmap.refusals)
    assert all(placed.get(id_) == number or titles[id_] in refused for id_, number in changes.moved.items())
    assert all(id_ in placed or titles[id_] in refused for id_ in changes.added)
    assert plan(knowledge, ratings, MONDAY, changes) == roadmap


@settings(max_examples=40, deadline=None)
@given(LEVELS, st.floats(1, 80), st.dictionaries(st.sampled_from([a.id for a in SMALL.actions]), st.integers(1, 3), max_size=3))
def test_what_any_task_needs_holds_before_it(levels: Levels, capacity: float, moved: dict[str, int]) -> None:
    needs = {"depends_on": {"security.core": 2}}
    method = small.with_actions(SMALL, {"data.core:1-2": needs, "adoption.more:2-3": needs, "integration.core:0-1": needs})
    ratings = small.ratings(levels, method.rubric)
    assert_sound(method, ratings, plan(method, ratings, MONDAY, Changes(moved=moved, capacity_days=capacity)))


@settings(max_examples=30, deadline=None)
@given(LEVELS)
def test_each_thing_to_do_is_planned_or_postponed_once(levels: Levels) -> None:
    roadmap = plan(SMALL, small.ratings(levels, SMALL.rubric), MONDAY, Changes(capacity_days=15))
    known = {c for c, level in levels.items() if isinstance(level, int) and level < 3}
    planned, later = [task.id for task in tasks_of(roadmap)], [one.id for one in roadmap.not_yet]
    assert len({*planned, *later}) == len(planned) + len(later)
    reached = {task.criterion for task in tasks_of(roadmap) if task.to_level == 3}
    assert known - reached <= {one.criterion for one in roadmap.not_yet}


def test_a_plan_has_three_sprints_of_thirty_days_with_their_titles(method: Methodology) -> None:
    roadmap = plan(method, small.ratings(small.all_at(4), method.rubric), MONDAY)
    assert [(s.number, s.first_day, s.last_day, s.starts, s.ends) for s in roadmap.sprints] == [
        (1, 1, 30, date(2026, 11, 23), date(2026, 12, 22)),
        (2, 31, 60, date(2026, 12, 23), date(2027, 1, 21)),
        (3, 61, 90, date(2027, 1, 22), date(2027, 2, 20)),
    ]
    assert [sprint.title for sprint in roadmap.sprints] == [
        "Data and security, in parallel",
        "AgentOps and last-mile integration",
        "Real users, coaching, weekly KPI review",
    ]
    assert all(sprint.tasks == () and sprint.effort_days == (0, 0) for sprint in roadmap.sprints)
    assert roadmap == plan(method, small.ratings(small.all_at(4), method.rubric), MONDAY, AS_PLANNED)


def test_tasks_are_dated_within_their_sprint(method: Methodology) -> None:
    roadmap = plan(method, small.ratings(small.all_at(4) | {"data.core": 1}, method.rubric), MONDAY, Changes(capacity_days=10))
    assert [(task.id, task.first_day, task.last_day) for task in tasks_of(roadmap)] == [("data.core:1-2", 1, 7), ("data.core:2-3", 31, 37)]


@pytest.mark.parametrize("level", [0, 1, 2])
def test_each_action_is_planned_in_its_sprint_or_a_later_one(knowledge: Knowledge, level: int) -> None:
    by_id = {action.id: action for action in knowledge.actions}
    roadmap = plan(knowledge, ratings_of(knowledge.rubric, all_at(knowledge.rubric, level)), MONDAY)
    assert all(THEMES.index(by_id[id_].theme) < number for id_, number in sprint_of(roadmap).items())


def test_where_nothing_applies_there_is_no_plan(knowledge: Knowledge) -> None:
    ratings = rate([entry(n, c, standing="not_applicable") for n, c in enumerate(knowledge.rubric.criteria, start=1)], knowledge.rubric)
    roadmap = plan(knowledge, ratings, MONDAY)
    assert (tasks_of(roadmap), roadmap.not_yet) == ([], ())
