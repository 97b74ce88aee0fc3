"""The 90-day plan: which actions, in which of three 30-day sprints, and what the score would be after each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.audit.actions import Action, Theme
from app.audit.evidence import Rating
from app.audit.levers import with_level
from app.audit.model import Value
from app.audit.rubric import READY_LEVEL, Rubric
from app.audit.scoring import Range, score

SPRINT_DAYS = 30
CAPACITY_DAYS = 60.0
"""Person-days a sprint holds by default: three people for a 30-day sprint of about 20 working days."""
THEMES: tuple[Theme, ...] = ("foundation", "connection", "adoption")
"""The order of the sprints, after the source's 90-day case."""
TITLES = {
    "foundation": "Data and security, in parallel",
    "connection": "AgentOps and last-mile integration",
    "adoption": "Real users, coaching, weekly KPI review",
}
FIND_OUT_DAYS = (0.5, 1.0)


class Task(Value):
    """One line of the plan."""

    id: str
    criterion: str
    title: str
    steps: tuple[str, ...]
    owner: str
    effort_days: tuple[float, float]
    weeks: tuple[float, float]
    done_when: str
    after: tuple[str, ...] = ()
    """Criteria whose level must hold first."""
    passage: str | None = None
    from_level: int | None = None
    to_level: int | None = None


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

    title: str
    criterion: str
    reason: str


class Roadmap(Value):
    """The plan and what it leaves for later."""

    sprints: tuple[Sprint, ...]
    not_yet: tuple[Postponed, ...]
    capacity_days: float


def _as_task(action: Action, rubric: Rubric) -> Task:
    return Task(
        id=action.id,
        criterion=action.criterion,
        title=action.title,
        steps=action.steps,
        owner=action.owner,
        effort_days=action.effort_days,
        weeks=action.weeks,
        done_when=action.done_when,
        after=tuple(rubric.criteria[c].name for c in action.depends_on),
        passage=action.passage,
        from_level=action.from_level,
        to_level=action.to_level,
    )


def _find_out(rubric: Rubric, unknown: Sequence[str]) -> list[Task]:
    """One task per person who would know: an unknown is settled by asking, not by working."""
    by_person: dict[str, list[str]] = {}
    for criterion in unknown:
        by_person.setdefault(rubric.criteria[criterion].knows, []).append(criterion)
    return [
        Task(
            id=f"ask:{criteria[0]}",
            criterion=criteria[0],
            title=f"Ask the {person}: {', '.join(rubric.criteria[c].name.lower() for c in criteria)}",
            steps=tuple(rubric.criteria[c].question for c in criteria),
            owner="Whoever ran this audit",
            effort_days=FIND_OUT_DAYS,
            weeks=(0.5, 1.0),
            done_when="Each of these has an answer with an example, and the audit is updated.",
            passage=f"{criteria[0]}#how-to-check-it",
        )
        for person, criteria in by_person.items()
    ]


class _Planner:
    """Picks actions greedily: what blocks the checklist first, then points gained per person-day."""

    def __init__(self, rubric: Rubric, actions: Sequence[Action], ratings: Mapping[str, Rating], capacity_days: float) -> None:
        self.rubric = rubric
        self.ratings = dict(ratings)
        self.capacity_days = capacity_days
        self.next_step = {(a.criterion, a.from_level): a for a in actions}

    def _candidates(self) -> list[Action]:
        found = []
        for criterion in self.rubric.criteria:
            level = self.ratings[criterion].level
            if level is not None and level < READY_LEVEL and (criterion, level) in self.next_step:
                found.append(self.next_step[criterion, level])
        return found

    def missing(self, action: Action) -> list[str]:
        """Return the criteria that must come first; one that nobody knows or that does not apply blocks nothing."""
        levels = {c: self.ratings[c].level for c in action.depends_on}
        return [c for c, least in action.depends_on.items() if (level := levels[c]) is not None and level < least]

    def _worth(self, action: Action) -> tuple[bool, float]:
        now = score(self.rubric, self.ratings).overall.value or 0.0
        then = score(self.rubric, with_level(self.ratings, action.criterion, action.to_level)).overall.value or 0.0
        return self.rubric.criteria[action.criterion].core, (then - now) / max(sum(action.effort_days) / 2, 0.5)

    def fill(self, reached: set[Theme], room: float) -> list[Action]:
        """Take actions of the themes reached so far until the sprint's capacity is used; ratings move along."""
        chosen: list[Action] = []
        while True:
            fits = [a for a in self._candidates() if a.theme in reached and not self.missing(a) and sum(a.effort_days) / 2 <= room]
            if not fits:
                return chosen
            best = max(fits, key=self._worth)
            chosen.append(best)
            room -= sum(best.effort_days) / 2
            self.ratings = with_level(self.ratings, best.criterion, best.to_level)

    def left(self) -> list[Action]:
        """Return what is still below production-ready after the plan, core criteria first."""
        return sorted(self._candidates(), key=self._worth, reverse=True)


def plan(
    rubric: Rubric,
    actions: Sequence[Action],
    ratings: Mapping[str, Rating],
    starts: date,
    capacity_days: float = CAPACITY_DAYS,
) -> Roadmap:
    """Plan three sprints from the ratings.

    Only known levels below production-ready are worked on; an unknown gets a task to find out, in the first sprint.
    A sprint takes its own theme and what earlier themes left over.
    """
    unknown = [c for c, r in ratings.items() if r.level is None and r.standing != "not_applicable"]
    planner = _Planner(rubric, actions, ratings, capacity_days)
    sprints: list[Sprint] = []
    reached: set[Theme] = set()
    for index, theme in enumerate(THEMES):
        reached.add(theme)
        asks = _find_out(rubric, unknown) if index == 0 else []
        room = capacity_days - sum(sum(task.effort_days) / 2 for task in asks)
        tasks = (*asks, *(_as_task(action, rubric) for action in planner.fill(reached, room)))
        day = index * SPRINT_DAYS
        sprints.append(
            Sprint(
                number=index + 1,
                title=TITLES[theme],
                first_day=day + 1,
                last_day=day + SPRINT_DAYS,
                starts=starts + timedelta(days=day),
                ends=starts + timedelta(days=day + SPRINT_DAYS - 1),
                tasks=tasks,
                effort_days=(sum(t.effort_days[0] for t in tasks), sum(t.effort_days[1] for t in tasks)),
                expected=score(rubric, planner.ratings).overall,
            )
        )
    return Roadmap(sprints=tuple(sprints), not_yet=_postponed(rubric, planner, ratings), capacity_days=capacity_days)


def _postponed(rubric: Rubric, planner: _Planner, ratings: Mapping[str, Rating]) -> tuple[Postponed, ...]:
    later = []
    for action in planner.left():
        missing = planner.missing(action)
        names = " and ".join(rubric.criteria[c].name.lower() for c in missing)
        reason = f"it needs {names} first" if missing else "it does not fit into the ninety days beside what matters more"
        later.append(Postponed(title=action.title, criterion=action.criterion, reason=reason))
    blocked = any(r.level is not None and r.level < READY_LEVEL and rubric.criteria[c].core for c, r in ratings.items())
    for criterion, rating in ratings.items():
        step = planner.next_step.get((criterion, rating.level)) if rating.level == READY_LEVEL else None
        if step and blocked:
            reason = "this is production-ready already; the checklist's open lines come first"
            later.append(Postponed(title=step.title, criterion=criterion, reason=reason))
    return tuple(later)
