"""What model calls use and cost, counted from the provider's own token counts and a dated price table; and the budget."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol
from uuid import UUID, uuid4

from pydantic import Field

from app.audit.model import Value
from app.errors import FivegapError

log = logging.getLogger(__name__)

PER = 1_000_000
"""Tokens that a price is for."""
ALERT_AT = 0.8
"""Share of a budget from which the operator is told."""


@dataclass(frozen=True)
class Usage:
    """Tokens of one or more model calls, as the provider counted them."""

    tokens_in: int = 0
    tokens_cached: int = 0
    """Those of `tokens_in` that the provider had cached."""
    tokens_out: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Add two usages."""
        return Usage(self.tokens_in + other.tokens_in, self.tokens_cached + other.tokens_cached, self.tokens_out + other.tokens_out)


class Price(Value):
    """What a model costs, in US dollars a million tokens."""

    usd_in: float = Field(ge=0)
    usd_out: float = Field(ge=0)


class Prices(Value):
    """The price table: when and where it was read, and each model's price."""

    read_on: date
    source: str
    models: dict[str, Price] = Field(min_length=1)

    def cost_usd(self, model: str, usage: Usage) -> float | None:
        """Return what a usage costs; None for a model that is not in the table, which is not the same as free.

        A dated name costs what the name that it begins with costs: `gpt-6-luna-2026-09-01`. Cached tokens are counted at the full
        price, so that the figure is never below the bill.
        """
        named = [name for name in self.models if model == name or model.startswith(f"{name}-")]
        if not named:
            return None
        return _cost(self.models[max(named, key=len)], usage)

    def at_most_usd(self, model: str, usage: Usage) -> float:
        """Return what a usage costs; for a model that is not in the table what the dearest one would, so that a budget holds."""
        known = self.cost_usd(model, usage)
        return max(_cost(price, usage) for price in self.models.values()) if known is None else known


def _cost(price: Price, usage: Usage) -> float:
    return (usage.tokens_in * price.usd_in + usage.tokens_out * price.usd_out) / PER


Limit = Literal["calls", "audit", "day"]


class OverBudgetError(FivegapError):
    """A call is not made, as it could pass a limit."""

    def __init__(self, limit: Limit) -> None:
        """Keep which limit."""
        super().__init__(limit)
        self.limit: Limit = limit


@dataclass(frozen=True)
class Spent:
    """What counts against the limits of an audit and of a day: what was spent, and the most that calls under way may cost."""

    calls: int
    """Of the audit."""
    audit_usd: float
    day_usd: float
    """Of all audits."""


@dataclass(frozen=True)
class Limits:
    """What may be spent on an audit and on a day."""

    audit_usd: float
    day_usd: float
    calls: int
    """Model calls of an audit."""

    def passed_by(self, spent: Spent, most_usd: float) -> Limit | None:
        """Say which limit one more call that costs at most so much would pass."""
        if spent.calls >= self.calls:
            return "calls"
        if spent.audit_usd + most_usd > self.audit_usd:
            return "audit"
        return "day" if spent.day_usd + most_usd > self.day_usd else None


@dataclass(frozen=True)
class Reservation:
    """The most that one call may cost, held from before it is made until it is known what it did cost."""

    audit_id: str
    day: date
    most_usd: float
    id: UUID = field(default_factory=uuid4)


class Spend(Protocol):
    """Where money is counted: for all processes, and over a restart. `settle` and `release` end a reservation, once."""

    async def reserve(self, wanted: Reservation, limits: Limits) -> Limit | None:
        """Hold the most that a call may cost; where a limit would be passed, hold nothing and say which. Two at once never pass one."""

    async def settle(self, reservation: Reservation, usage: Usage, cost_usd: float) -> None: ...  # noqa: D102

    async def release(self, reservation: Reservation) -> None: ...  # noqa: D102

    async def spent(self, audit_id: str, day: date) -> Spent: ...  # noqa: D102

    async def of_day(self, day: date) -> float: ...  # noqa: D102


class Budget:
    """A hard limit an audit and a day. A call's most possible cost is reserved before the call, and settled at once after it.

    Settling does not wait for the turn to be saved: what a call cost is owed also when its turn is lost.
    The operator is warned once a process and limit when four fifths are gone; that it was is kept in memory.
    """

    def __init__(self, spend: Spend, today: Callable[[], date], *, audit_usd: float, day_usd: float, audit_calls: int) -> None:
        self._limits = Limits(audit_usd, day_usd, audit_calls)
        self._spend = spend
        self._today = today
        self._warned: set[tuple[Limit, str]] = set()

    async def reserve(self, audit_id: str, most_usd: float, calls_kept: int = 0) -> Reservation:
        """Hold the most that a call may cost; `calls_kept` calls of the audit are to be left for what matters more.

        Raises:
            OverBudgetError: a limit would be passed; nothing is held.
        """
        wanted = Reservation(audit_id, self._today(), most_usd)
        passed = await self._spend.reserve(wanted, replace(self._limits, calls=self._limits.calls - calls_kept))
        if passed is not None:
            raise OverBudgetError(passed)
        return wanted

    async def settle(self, reservation: Reservation, usage: Usage, cost_usd: float) -> None:
        """Count what a call cost, and warn where four fifths of a limit are gone."""
        await self._spend.settle(reservation, usage, cost_usd)
        spent = await self._spend.spent(reservation.audit_id, reservation.day)
        self._warn("audit", reservation.audit_id, spent.audit_usd, self._limits.audit_usd)
        self._warn("day", reservation.day.isoformat(), spent.day_usd, self._limits.day_usd)

    async def release(self, reservation: Reservation) -> None:
        """Let go of what was held for a call that did not happen."""
        await self._spend.release(reservation)

    async def spent_today(self) -> float:
        """Return today's cost in US dollars, with the most that calls under way may cost."""
        return await self._spend.of_day(self._today())

    def _warn(self, which: Limit, name: str, spent: float, limit: float) -> None:
        if spent >= ALERT_AT * limit and (which, name) not in self._warned:
            self._warned.add((which, name))
            log.warning("budget alert", extra={"budget": which, "of": name, "spent_usd": round(spent, 4), "limit_usd": limit})
