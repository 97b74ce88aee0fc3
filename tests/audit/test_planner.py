"""The plan tested as a planner: what must hold for any ratings, over seeded random ones."""

from collections.abc import Mapping
from datetime import date
from random import Random

import pytest

from app.audit.ledger.evidence import Rating, rate
from app.audit.plan.roadmap import CAPACITY_DAYS, SPRINT_DAYS, Changes, Roadmap, Task, plan
from app.audit.score.scoring import score
from app.audit.told.verdict import first_moves, verdict_of
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, entry, ratings_of

MONDAY = date(2026, 11, 23)
SEEDS = range(25)


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


def planned(knowledge: Knowledge, ratings: Mapping[str, Rating], changes: Changes | None = None) -> Roadmap:
    return plan(knowledge, ratings, MONDAY, changes or Changes())


def sprint_of(roadmap: Roadmap) -> dict[str, int]:
    return {task.id: sprint.number for sprint in roadmap.sprints for task in sprint.tasks}


def tasks_of(roadmap: Roadmap) -> list[Task]:
    return [task for sprint in roadmap.sprints for task in sprint.tasks]


def assert_sound(knowledge: Knowledge, ratings: Mapping[str, Rating], roadmap: Roadmap) -> None:
    """Check order, dependencies, days, capacity and scores of a whole plan."""
    by_id = {action.id: action for action in knowledge.actions}
    levels = {c: r.level for c, r in ratings.items()}
    ended: dict[tuple[str, int], int] = {}
    free: dict[str, int] = {}
    last = score(knowledge.rubric, ratings).overall.value or 0
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
    assert score(knowledge.rubric, settled).overall.value == pytest.approx(roadmap.sprints[-1].expected.value)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_plan_keeps_order_dependencies_days_and_capacity(knowledge: Knowledge, seed: int) -> None:
    ratings = random_ratings(knowledge, seed)
    roadmap = planned(knowledge, ratings)
    assert_sound(knowledge, ratings, roadmap)
    assert roadmap.refusals == ()
    assert planned(knowledge, ratings) == roadmap


@pytest.mark.parametrize("seed", SEEDS)
def test_any_changed_plan_is_as_sound_and_keeps_to_the_changes_or_says_why_not(knowledge: Knowledge, seed: int) -> None:
    random, ratings = Random(1000 + seed), random_ratings(knowledge, seed)
    ids = [task.id for task in tasks_of(planned(knowledge, ratings))]
    every = [action.id for action in knowledge.actions]
    changes = Changes(
        dropped=tuple(random.sample(ids, min(3, len(ids)))),
        moved={id_: random.randint(1, 3) for id_ in random.sample(every, 4)},
        added=tuple(random.sample(every, 4)),
        capacity_days=random.choice([None, 8, 25, 90]),
    )
    roadmap = planned(knowledge, ratings, changes)
    assert_sound(knowledge, ratings, roadmap)
    assert roadmap.capacity_days == (changes.capacity_days or CAPACITY_DAYS)
    titles = {action.id: action.title for action in knowledge.actions}
    placed = sprint_of(roadmap)
    assert placed.keys().isdisjoint(changes.dropped)
    assert {item.id for item in roadmap.not_yet if item.reason == "you took it out"} == set(changes.dropped)
    refused = " ".join(roadmap.refusals)
    assert all(placed.get(id_) == number or titles[id_] in refused for id_, number in changes.moved.items())
    assert all(id_ in placed or titles[id_] in refused for id_ in changes.added)
    assert planned(knowledge, ratings, changes) == roadmap


@pytest.mark.parametrize("level", [3, 4])
def test_what_is_ready_needs_no_plan(knowledge: Knowledge, level: int) -> None:
    roadmap = planned(knowledge, ratings_of(knowledge.rubric, all_at(knowledge.rubric, level)))
    assert tasks_of(roadmap) == []


def test_where_nothing_is_known_there_is_only_finding_out(knowledge: Knowledge) -> None:
    roadmap = planned(knowledge, rate([], knowledge.rubric))
    tasks = tasks_of(roadmap)
    assert all(task.id.startswith("ask:") for task in tasks)
    assert sorted(c for task in tasks for c in task.covers) == sorted(knowledge.rubric.criteria)
    assert all(knowledge.rubric.criteria[c].name.lower() in task.title for task in tasks for c in task.covers)


def test_where_nothing_applies_there_is_no_plan_and_the_verdict_says_so(knowledge: Knowledge) -> None:
    ratings = rate([entry(n, c, standing="not_applicable") for n, c in enumerate(knowledge.rubric.criteria, start=1)], knowledge.rubric)
    roadmap = planned(knowledge, ratings)
    assert tasks_of(roadmap) == []
    assert roadmap.not_yet == ()
    verdict = verdict_of(score(knowledge.rubric, ratings), knowledge.words)
    assert "applies" in verdict
    assert "too little known" not in verdict


def test_with_little_capacity_questions_wait_for_a_later_sprint(knowledge: Knowledge) -> None:
    roadmap = planned(knowledge, rate([], knowledge.rubric), Changes(capacity_days=3))
    assert [len(sprint.tasks) for sprint in roadmap.sprints] == [4, 4, 4]
    assert {item.reason for item in roadmap.not_yet} == {"there is no room for it in the ninety days"}


def test_a_dropped_task_is_never_chosen_nor_what_builds_on_it(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 1))
    roadmap = planned(knowledge, ratings, Changes(dropped=("data.pipeline:1-2",)))
    assert not any(task.criterion == "data.pipeline" for task in tasks_of(roadmap))
    assert next(item for item in roadmap.not_yet if item.id == "data.pipeline:1-2").reason == "you took it out"


def test_a_moved_task_goes_into_its_sprint_and_what_needs_it_after_it(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 1))
    assert sprint_of(planned(knowledge, ratings))["data.pipeline:1-2"] == 1
    moved = planned(knowledge, ratings, Changes(moved={"data.pipeline:1-2": 2}))
    assert sprint_of(moved)["data.pipeline:1-2"] == 2
    assert sprint_of(moved).get("data.pipeline:2-3", 3) >= 2
    assert moved.refusals == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (Changes(moved={"data.pipeline:2-3": 1}, dropped=("data.pipeline:1-2",)), "has to come first"),
        (Changes(moved={"data.governance:2-3": 1}), "has to come first"),
        (Changes(moved={"data.pipeline:0-1": 1}), "that far already"),
        (Changes(moved={"data.pipeline:1-2": 5}), "the plan has 3 sprints"),
        (Changes(added=("data.magic:1-2",)), "There is no task “data.magic:1-2”"),
        (Changes(added=("data.pipeline:1-2",), dropped=("data.pipeline:1-2",)), "was taken out"),
        (Changes(added=("integration.writeback:3-4",)), "cannot be added"),
        (Changes(moved={"data.pipeline:1-2": 1}, capacity_days=5), "does not fit"),
        (Changes(moved={"security.compliance:1-2": 1}), "it is not known yet where"),
        (Changes(moved={"adoption.metric:1-2": 1}), "does not apply here"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_in_words(knowledge: Knowledge, changes: Changes, words: str) -> None:
    levels = all_at(knowledge.rubric, 1) | {"security.compliance": None}
    ratings = ratings_of(knowledge.rubric, levels)
    ratings["adoption.metric"] = Rating(criterion="adoption.metric", standing="not_applicable")
    assert words in " ".join(planned(knowledge, ratings, changes).refusals)


def test_a_step_that_the_plan_leaves_for_later_can_be_added(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 3) | {"security.review": 2})
    before = planned(knowledge, ratings)
    assert "data.governance:3-4" in {item.id for item in before.not_yet}
    after = planned(knowledge, ratings, Changes(added=("data.governance:3-4",)))
    assert "data.governance:3-4" in sprint_of(after)
    assert "data.governance:3-4" not in {item.id for item in after.not_yet}
    assert (after.sprints[2].expected.value or 0) > (before.sprints[2].expected.value or 0)


def test_a_question_can_be_dropped_and_moved_too(knowledge: Knowledge) -> None:
    ratings = ratings_of(knowledge.rubric, all_at(knowledge.rubric, 3) | {"security.review": None, "data.pipeline": None})
    roadmap = planned(knowledge, ratings, Changes(dropped=("ask:security.review",), moved={"ask:data.pipeline": 3}))
    assert sprint_of(roadmap) == {"ask:data.pipeline": 3}
    assert [item.id for item in roadmap.not_yet if item.reason == "you took it out"] == ["ask:security.review"]


def test_a_first_move_is_due_when_it_ends(knowledge: Knowledge) -> None:
    roadmap = planned(knowledge, ratings_of(knowledge.rubric, all_at(knowledge.rubric, 2)))
    due = {task.title: task.last_day for task in tasks_of(roadmap)}
    moves = first_moves(roadmap)
    assert [(move.by - MONDAY).days + 1 for move in moves if move.by] == [due[move.title] for move in moves]
    assert min(due[move.title] for move in moves) < SPRINT_DAYS
