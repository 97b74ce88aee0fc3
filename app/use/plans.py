"""Trying out another plan, or other figures, on a report; ratings stay as they are."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.access.permission import Act, may
from app.access.principal import Principal
from app.audit.model import Value
from app.audit.plan.changes import UNCHANGED, WhatIf
from app.audit.waiting.assumptions import check
from app.errors import UnclearError
from app.storage.audits import Audits
from app.storage.kept import Kept
from app.use.permitted import permitted

Named = Annotated[str, Field(max_length=80)]


class TaskChange(Value):
    """Take a task out, put it back, or in."""

    do: Literal["drop", "restore", "add"]
    task: Named


class SprintChange(Value):
    """Put a task into a sprint."""

    do: Literal["move"]
    task: Named
    sprint: int = Field(ge=1, le=3)


class AssumptionChange(Value):
    """Use own figures; a share is given in per cent."""

    do: Literal["assume"]
    assumption: Named
    low: float
    high: float


class CapacityChange(Value):
    """Plan with so many person-days a sprint."""

    do: Literal["capacity"]
    days: float = Field(gt=0, le=1000)


class BackToPlan(Value):
    """Go back to the plan as it was."""

    do: Literal["reset"]


PlanChange = Annotated[TaskChange | SprintChange | AssumptionChange | CapacityChange | BackToPlan, Field(discriminator="do")]
PLAN_CHANGE: TypeAdapter[PlanChange] = TypeAdapter(PlanChange)
PER_CENT = 100
SHARES = ("assisted-share",)
"""Assumptions that are a share of something."""


class Plans:
    """What people try out on their reports."""

    def __init__(self, audits: Audits, what_ifs: Kept[WhatIf]) -> None:
        self._audits = audits
        self._what_ifs = what_ifs

    async def may_try_out(self, principal: Principal | None, audit_id: str) -> bool:
        """Say whether a principal may change an audit's plan."""
        record = await self._audits.by_id(audit_id)
        return principal is not None and record is not None and may(principal, Act.PLAN, record)

    async def try_out(self, principal: Principal, audit_id: str, change: PlanChange) -> None:
        """Take one more change.

        Raises:
            NoSuchAuditError: there is no audit of this id.
            NotAllowedError: its plan is not theirs to change.
            UnclearError: a figure is none; nothing was changed.
        """
        await permitted(self._audits, principal, Act.PLAN, audit_id)
        try:
            changed = after(await self._what_ifs.of(audit_id) or UNCHANGED, change)
            check(changed.assumptions)
        except ValueError as error:
            raise UnclearError(str(error)) from error
        await self._what_ifs.keep(audit_id, changed)


def after(now: WhatIf, change: PlanChange) -> WhatIf:
    """Return what is tried out after one more change. Raises ValueError for a figure that is none."""
    match change:
        case TaskChange(do="drop"):
            return now.dropping(change.task)
        case TaskChange(do="add"):
            return now.adding(change.task)
        case TaskChange():
            return now.restoring(change.task)
        case SprintChange():
            return now.moving(change.task, change.sprint)
        case AssumptionChange():
            per = PER_CENT if change.assumption in SHARES else 1
            return now.assuming(change.assumption, change.low / per, change.high / per)
        case CapacityChange():
            return now.with_capacity(change.days)
        case BackToPlan():
            return UNCHANGED
