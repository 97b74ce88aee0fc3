"""What a call may cost: held of the budget before it is made, and settled or let go once it is over."""

import json
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from app.errors import ModelError, Reason
from app.llm.model import Call
from app.observability.cost import Budget, Limit, OverBudgetError, Reservation, Usage

TOKENS_AROUND = 200
"""More than what a provider puts around the parts of a request."""
_OVER: dict[Limit, Reason] = {"calls": "budget_calls", "audit": "budget_audit", "day": "budget_day"}


def most(call: Call, *beside: str) -> Usage:
    """Return the most that a call can use, with what goes along `beside` its prompt: a token is at least one byte of what is sent."""
    sent = (call.prompt.system, call.prompt.user, *beside)
    return Usage(TOKENS_AROUND + sum(len(part.encode(errors="replace")) for part in sent), 0, call.most_tokens)


@cache
def schema_text(shape: type[BaseModel]) -> str:
    """Return a shape's schema about as it goes along with a call, for its length."""
    return json.dumps(shape.model_json_schema())


@dataclass(frozen=True)
class Held:
    """What is held for one call. It ends once: settled, or failed."""

    budget: Budget
    reservation: Reservation
    usage: Usage
    """The most that the call can use."""

    @classmethod
    async def of(cls, budget: Budget, audit_id: str, usage: Usage, most_usd: float, calls_kept: int) -> "Held":
        """Hold it.

        Raises:
            ModelError: a limit of the budget would be passed.
        """
        try:
            return cls(budget, await budget.reserve(audit_id, most_usd, calls_kept), usage)
        except OverBudgetError as error:
            raise ModelError(_OVER[error.limit]) from error

    async def settled(self, usage: Usage, cost_usd: float) -> None:
        """Count what the call cost."""
        await self.budget.settle(self.reservation, usage, cost_usd)

    async def failed(self, error: ModelError, *, said: bool = False) -> None:
        """Let go of a call that was never taken; one that may have been, though nobody told its price, counts at the most it can cost."""
        if said or error.taken:
            await self.budget.settle(self.reservation, self.usage, self.reservation.most_usd)
        else:
            await self.budget.release(self.reservation)
