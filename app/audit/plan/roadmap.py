"""The 90-day plan as values: its sprints, their tasks, and what it leaves for later."""

from datetime import date

from app.audit.model import Value
from app.audit.score.scoring import Range

SPRINT_DAYS = 30


class Task(Value):
    """One line of the plan."""

    id: str
    """The action's id, `data.pipeline:1-2`, or `ask:` with the first criterion to ask about."""
    criterion: str
    title: str
    steps: tuple[str, ...]
    owner: str
    effort_days: tuple[float, float]
    weeks: tuple[float, float]
    done_when: str
    after: tuple[str, ...] = ()
    """Names of the criteria whose level must hold first."""
    passage: str | None = None
    from_level: int | None = None
    to_level: int | None = None
    """Both None for a question to somebody: it moves no level."""
    covers: tuple[str, ...] = ()
    """Every criterion that the task settles or moves, the first being `criterion`."""
    first_day: int = 1
    """Day of the plan, 1 to 90, on which it begins; within its sprint."""
    last_day: int = SPRINT_DAYS


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


class Postponed(Value):
    """Something not to do yet, and why."""

    id: str
    title: str
    criterion: str
    reason: str


class Roadmap(Value):
    """The plan and what it leaves for later."""

    sprints: tuple[Sprint, ...]
    not_yet: tuple[Postponed, ...]
    capacity_days: float
    """Person-days a sprint."""
    refusals: tuple[str, ...] = ()
    """Which of the person's changes could not be made, and why, in sentences."""
