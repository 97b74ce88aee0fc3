"""The 90-day plan: which actions, in which of three 30-day sprints, and what the score would be after each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.audit.ledger.evidence import Rating
from app.audit.model import Value
from app.audit.plan.actions import Action, Theme
from app.audit.plan.changes import AS_PLANNED, Changes
from app.audit.plan.planner import Planner, effort
from app.audit.plan.postponed import Postponed, postponed
from app.audit.plan.tasks import SPRINT_DAYS, Task, dated, find_out
from app.audit.rubric import Rubric
from app.audit.score.scoring import Range

__all__ = ["CAPACITY_DAYS", "SPRINT_DAYS", "THEMES", "TITLES", "Changes", "Postponed", "Roadmap", "Sprint", "Task", "plan"]

CAPACITY_DAYS = 60.0
"""Person-days a sprint holds by default: three people for a 30-day sprint of about 20 working days."""
THEMES: tuple[Theme, ...] = ("foundation", "connection", "adoption")
"""The order of the sprints, after the source's 90-day case."""
TITLES = {
    "foundation": "Data and security, in parallel",
    "connection": "AgentOps and last-mile integration",
    "adoption": "Real users, coaching, weekly KPI review",
}


class Sprint(Value):
    """Thirty days of work and the score expected at their end."""

    number: int
    title: str
    first_day: int
    last_day: int
    starts: date
    ends: date
    tasks: tuple[Task, ...]
    effort_days: tuple[float, float]
    expected: Range


class Roadmap(Value):
    """The plan and what it leaves for later."""

    sprints: tuple[Sprint, ...]
    not_yet: tuple[Postponed, ...]
    capacity_days: float
    refusals: tuple[str, ...] = ()
    """Which of the person's changes could not be made, and why, in sentences."""


def plan(
    rubric: Rubric,
    actions: Sequence[Action],
    ratings: Mapping[str, Rating],
    starts: date,
    capacity_days: float = CAPACITY_DAYS,
    *,
    changes: Changes = AS_PLANNED,
) -> Roadmap:
    """Plan three sprints from the ratings, and as the person changed it.

    Only known levels below production-ready are worked on; an unknown gets a task to find out, as early as there is room.
    A sprint takes its own theme and what earlier themes left over. The changes never change what is known.
    """
    unknown = [c for c, r in ratings.items() if r.level is None and r.standing != "not_applicable"]
    asks = find_out(rubric, unknown)
    lines: list[Task | Action] = [*asks, *actions]
    changes, refusals = _possible(changes, {one.id: one.title for one in lines})
    capacity = changes.capacity_days or capacity_days
    planner = Planner(rubric, actions, ratings, changes)
    waiting = [ask for ask in asks if ask.id not in changes.dropped]
    sprints: list[Sprint] = []
    for number, theme in enumerate(THEMES, start=1):
        taken = _asked_in(number, waiting, changes, capacity)
        waiting = [ask for ask in waiting if ask not in taken]
        chosen = planner.fill(number, set(THEMES[:number]), capacity - sum(effort(ask.effort_days) for ask in taken))
        tasks = dated(taken, chosen, rubric, (number - 1) * SPRINT_DAYS)
        sprints.append(_sprint(number, theme, starts, tasks, planner.expected))
    planner.finish()
    return Roadmap(
        sprints=tuple(sprints),
        not_yet=postponed(planner, ratings, waiting, [one for one in lines if one.id in changes.dropped]),
        capacity_days=capacity,
        refusals=(*refusals, *planner.refusals),
    )


def _asked_in(number: int, waiting: Sequence[Task], changes: Changes, room: float) -> list[Task]:
    """Take the questions that a sprint has room for, but none that the person moved to a later one."""
    taken = []
    for ask in waiting:
        if changes.moved.get(ask.id, 1) <= number and effort(ask.effort_days) <= room:
            taken.append(ask)
            room -= effort(ask.effort_days)
    return taken


def _sprint(number: int, theme: Theme, starts: date, tasks: tuple[Task, ...], expected: Range) -> Sprint:
    day = (number - 1) * SPRINT_DAYS
    return Sprint(
        number=number,
        title=TITLES[theme],
        first_day=day + 1,
        last_day=day + SPRINT_DAYS,
        starts=starts + timedelta(days=day),
        ends=starts + timedelta(days=day + SPRINT_DAYS - 1),
        tasks=tasks,
        effort_days=(sum(t.effort_days[0] for t in tasks), sum(t.effort_days[1] for t in tasks)),
        expected=expected,
    )


def _possible(changes: Changes, titles: Mapping[str, str]) -> tuple[Changes, list[str]]:
    """Return the changes that can be tried, and why the others cannot: they name nothing, or contradict one another."""
    named = dict.fromkeys((*changes.dropped, *changes.moved, *changes.added))
    refusals = [f"There is no task “{id_}” in this plan." for id_ in named if id_ not in titles]
    kept = [id_ for id_ in dict.fromkeys((*changes.moved, *changes.added)) if id_ in titles]
    refusals += [f"“{titles[id_]}” was taken out, so it is not moved or added." for id_ in kept if id_ in changes.dropped]
    kept = [id_ for id_ in kept if id_ not in changes.dropped]
    moved = {}
    for id_ in (id_ for id_ in kept if id_ in changes.moved):
        if 1 <= (number := changes.moved[id_]) <= len(THEMES):
            moved[id_] = number
        else:
            refusals.append(f"“{titles[id_]}” cannot go into sprint {number}: the plan has {len(THEMES)} sprints.")
    added = tuple(id_ for id_ in kept if id_ in changes.added)
    return changes.model_copy(update={"moved": moved, "added": added}), refusals
