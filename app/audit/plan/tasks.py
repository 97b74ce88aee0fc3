"""The lines of the plan: actions and questions to somebody, each with the days on which it runs."""

from collections.abc import Sequence

from app.audit.model import Value
from app.audit.plan.actions import Action
from app.audit.plan.schedule import Stretch, schedule
from app.audit.rubric import Rubric

SPRINT_DAYS = 30
FIND_OUT_DAYS = (0.5, 1.0)


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
    """Criteria whose level must hold first."""
    passage: str | None = None
    from_level: int | None = None
    to_level: int | None = None
    covers: tuple[str, ...] = ()
    """Every criterion that the task settles or moves, the first being `criterion`."""
    first_day: int = 1
    """Day of the plan, 1 to 90, on which it begins; within its sprint."""
    last_day: int = SPRINT_DAYS


def as_task(action: Action, rubric: Rubric) -> Task:
    """Write an action as a line of the plan, not dated yet."""
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
        covers=(action.criterion,),
    )


def find_out(rubric: Rubric, unknown: Sequence[str]) -> list[Task]:
    """Make one task per person who would know: an unknown is settled by asking, not by working."""
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
            covers=tuple(criteria),
        )
        for person, criteria in by_person.items()
    ]


def dated(asks: Sequence[Task], chosen: Sequence[Action], rubric: Rubric, day: int) -> tuple[Task, ...]:
    """Give each task of a sprint its days; `day` is the last one before the sprint."""
    tasks = [*asks, *(as_task(action, rubric) for action in chosen)]
    stretches = [Stretch(owner=ask.owner, days=_calendar_days(ask)) for ask in asks]
    for number, action in enumerate(chosen):
        before = [len(asks) + n for n, earlier in enumerate(chosen[:number]) if _leads_to(earlier, action)]
        stretches.append(Stretch(owner=action.owner, days=_calendar_days(action), after=tuple(before)))
    spans = schedule(stretches, SPRINT_DAYS)
    return tuple(
        task.model_copy(update={"first_day": day + first, "last_day": day + last}) for task, (first, last) in zip(tasks, spans, strict=True)
    )


def _calendar_days(work: Task | Action) -> float:
    return sum(work.weeks) / 2 * 7


def _leads_to(earlier: Action, action: Action) -> bool:
    """Say whether an action needs an earlier one: a lower step of the same criterion, or of one it depends on."""
    return earlier.criterion == action.criterion or earlier.to_level <= action.depends_on.get(earlier.criterion, -1)
