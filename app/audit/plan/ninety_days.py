"""Makes the 90-day plan: which actions, in which of three 30-day sprints, and what the score would be after each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.audit.actions import Action, Theme
from app.audit.ledger.evidence import Rating
from app.audit.methodology import Methodology
from app.audit.plan.changes import AS_PLANNED, Changes
from app.audit.plan.planner import Planner, effort
from app.audit.plan.postponed import postponed
from app.audit.plan.roadmap import SPRINT_DAYS, Roadmap, Sprint, Task
from app.audit.plan.tasks import dated, questions
from app.audit.score.scoring import Range
from app.audit.words import Words

CAPACITY_DAYS = 60.0
"""Person-days a sprint holds by default: three people for a 30-day sprint of about 20 working days."""
THEMES: tuple[Theme, ...] = ("foundation", "connection", "adoption")
"""The order of the sprints, after the source's 90-day case."""


def plan(methodology: Methodology, ratings: Mapping[str, Rating], starts: date, changes: Changes = AS_PLANNED) -> Roadmap:
    """Plan three sprints from the ratings, and as the person changed it.

    Only known levels below production-ready are worked on; an unknown gets a task to find out, as early as there is room.
    A sprint takes its own theme and what earlier themes left over. The changes never change what is known.
    """
    words = methodology.words
    asks = questions(methodology, [c for c, r in ratings.items() if r.level is None and r.standing != "not_applicable"])
    lines: list[Task | Action] = [*asks, *methodology.actions]
    changes, refusals = _possible(changes, {line.id: line.title for line in lines}, words)
    capacity = changes.capacity_days or CAPACITY_DAYS
    planner = Planner(methodology, ratings, changes)
    waiting = [ask for ask in asks if ask.id not in changes.dropped]
    sprints: list[Sprint] = []
    for number, theme in enumerate(THEMES, start=1):
        asked = _asked_in(number, waiting, changes, capacity)
        waiting = [ask for ask in waiting if ask not in asked]
        chosen = planner.fill(number, set(THEMES[:number]), capacity - sum(effort(ask.effort_days) for ask in asked))
        tasks = dated(asked, chosen, methodology.rubric, (number - 1) * SPRINT_DAYS)
        sprints.append(_sprint(number, words.say("plan.sprint_title", theme=theme), starts, tasks, planner.expected))
    planner.finish()
    return Roadmap(
        sprints=tuple(sprints),
        not_yet=postponed(planner, ratings, waiting, [line for line in lines if line.id in changes.dropped]),
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


def _sprint(number: int, title: str, starts: date, tasks: tuple[Task, ...], expected: Range) -> Sprint:
    day = (number - 1) * SPRINT_DAYS
    return Sprint(
        number=number,
        title=title,
        first_day=day + 1,
        last_day=day + SPRINT_DAYS,
        starts=starts + timedelta(days=day),
        ends=starts + timedelta(days=day + SPRINT_DAYS - 1),
        tasks=tasks,
        effort_days=(sum(t.effort_days[0] for t in tasks), sum(t.effort_days[1] for t in tasks)),
        expected=expected,
    )


def _possible(changes: Changes, titles: Mapping[str, str], words: Words) -> tuple[Changes, list[str]]:
    """Return the changes that can be tried, and why the others cannot: they name nothing, or contradict one another."""
    named = dict.fromkeys((*changes.dropped, *changes.moved, *changes.added))
    refusals = [words.say("plan.refused.no_such_task", id=id_) for id_ in named if id_ not in titles]
    wanted = [id_ for id_ in dict.fromkeys((*changes.moved, *changes.added)) if id_ in titles]
    refusals += [words.say("plan.refused.taken_out", title=titles[id_]) for id_ in wanted if id_ in changes.dropped]
    kept = [id_ for id_ in wanted if id_ not in changes.dropped]
    moved = {}
    for id_ in (id_ for id_ in kept if id_ in changes.moved):
        if 1 <= (number := changes.moved[id_]) <= len(THEMES):
            moved[id_] = number
        else:
            refusals.append(words.say("plan.refused.no_such_sprint", title=titles[id_], number=number, sprints=len(THEMES)))
    added = tuple(id_ for id_ in kept if id_ in changes.added)
    return changes.model_copy(update={"moved": moved, "added": added}), refusals
