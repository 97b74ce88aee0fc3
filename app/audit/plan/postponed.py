"""What the plan leaves for later, and why."""

from collections.abc import Mapping, Sequence

from app.audit.actions import Action
from app.audit.ledger.evidence import Rating
from app.audit.plan.planner import Planner
from app.audit.plan.roadmap import Postponed, Task
from app.audit.rubric import READY_LEVEL


def postponed(
    planner: Planner, ratings: Mapping[str, Rating], waiting: Sequence[Task], taken_out: Sequence[Task | Action]
) -> tuple[Postponed, ...]:
    """List what is not to be done yet: work, what is ready anyway, questions that found no room, and what the person took out."""
    no_room, dropped = planner.words.say("plan.postponed.no_room"), planner.words.say("plan.postponed.taken_out")
    asks = [_later(ask, no_room) for ask in waiting]
    return (*_work(planner), *_ready_already(planner, ratings), *asks, *(_later(line, dropped) for line in taken_out))


def _later(line: Task | Action, reason: str) -> Postponed:
    return Postponed(id=line.id, title=line.title, criterion=line.criterion, reason=reason)


def _work(planner: Planner) -> list[Postponed]:
    less_pressing = planner.words.say("plan.postponed.less_pressing")
    return [_later(action, planner.needs(action) or less_pressing) for action in planner.left()]


def _ready_already(planner: Planner, ratings: Mapping[str, Rating]) -> list[Postponed]:
    """List the steps beyond production-ready, where the checklist still has a no."""
    if not any((level := ratings[c.id].level) is not None and level < READY_LEVEL for c in planner.rubric.core):
        return []
    reason = planner.words.say("plan.postponed.ready_already")
    ready = [criterion for criterion, rating in ratings.items() if rating.level == READY_LEVEL]
    return [_later(step, reason) for criterion in ready if (step := planner.beyond(criterion))]
