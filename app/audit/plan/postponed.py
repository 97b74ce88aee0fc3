"""What the plan leaves for later, and why."""

from collections.abc import Mapping, Sequence

from app.audit.ledger.evidence import Rating
from app.audit.model import Value
from app.audit.plan.actions import Action
from app.audit.plan.planner import Planner
from app.audit.plan.tasks import Task
from app.audit.rubric import READY_LEVEL


class Postponed(Value):
    """Something not to do yet, and why."""

    id: str
    title: str
    criterion: str
    reason: str


def postponed(
    planner: Planner, ratings: Mapping[str, Rating], waiting: Sequence[Task], taken_out: Sequence[Task | Action]
) -> tuple[Postponed, ...]:
    """List what is not to be done yet: work, questions that found no room, and what the person took out."""
    no_room = [_later(ask, "there is no room for it in the ninety days") for ask in waiting]
    return (*_work(planner, ratings), *no_room, *(_later(one, "you took it out") for one in taken_out))


def _later(what: Task | Action, reason: str) -> Postponed:
    return Postponed(id=what.id, title=what.title, criterion=what.criterion, reason=reason)


def _work(planner: Planner, ratings: Mapping[str, Rating]) -> list[Postponed]:
    later = []
    for action in planner.left():
        missing = planner.missing(action)
        names = " and ".join(planner.rubric.criteria[c].name.lower() for c in missing)
        reason = f"it needs {names} first" if missing else "it does not fit into the ninety days beside what matters more"
        later.append(_later(action, reason))
    blocked = any(r.level is not None and r.level < READY_LEVEL and planner.rubric.criteria[c].core for c, r in ratings.items())
    for criterion, rating in ratings.items():
        step = planner.beyond(criterion) if rating.level == READY_LEVEL else None
        if step and blocked:
            reason = "this is production-ready already; the checklist's open lines come first"
            later.append(_later(step, reason))
    return later
