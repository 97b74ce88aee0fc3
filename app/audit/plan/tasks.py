"""The lines of the plan: actions and questions to somebody, each with the days on which it runs."""

from collections.abc import Sequence

from app.audit.actions import Action
from app.audit.grammar import within
from app.audit.methodology import Methodology
from app.audit.plan.roadmap import SPRINT_DAYS, Task
from app.audit.plan.schedule import Stretch, schedule
from app.audit.rubric import Criterion, Rubric
from app.audit.words import Words

QUESTION_DAYS = (0.5, 1.0)
"""Person-days that asking somebody takes, low and high."""
QUESTION_WEEKS = (0.5, 1.0)


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


def questions(methodology: Methodology, unknown: Sequence[str]) -> list[Task]:
    """Make one task per person who would know: an unknown is settled by asking, not by working."""
    by_person: dict[str, list[Criterion]] = {}
    for criterion in (methodology.rubric.criteria[id_] for id_ in unknown):
        by_person.setdefault(criterion.knows, []).append(criterion)
    return [_question(person, criteria, methodology.words) for person, criteria in by_person.items()]


def _question(person: str, criteria: Sequence[Criterion], words: Words) -> Task:
    first = criteria[0].id
    return Task(
        id=f"ask:{first}",
        criterion=first,
        title=words.say("plan.ask.title", person=person, names=", ".join(within(criterion.name) for criterion in criteria)),
        steps=tuple(criterion.question for criterion in criteria),
        owner=words.say("plan.ask.owner"),
        effort_days=QUESTION_DAYS,
        weeks=QUESTION_WEEKS,
        done_when=words.say("plan.ask.done_when"),
        passage=f"{first}#how-to-check-it",
        covers=tuple(criterion.id for criterion in criteria),
    )


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
