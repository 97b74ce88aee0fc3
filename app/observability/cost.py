"""What model calls use and cost, counted from the provider's own token counts and a dated price table; and the budget."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from pydantic import Field

from app.audit.model import Value

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


class Spend(Protocol):
    """Where what was spent is kept, so that a restart does not forget it."""

    async def add(self, audit_id: str, day: date, usage: Usage, cost_usd: float) -> None: ...  # noqa: D102

    async def of_audit(self, audit_id: str) -> tuple[int, float]:
        """Return an audit's calls and cost in US dollars."""

    async def of_day(self, day: date) -> float:
        """Return a day's cost in US dollars, over all audits."""


Which = Literal["audit", "day"]


class Budget:
    """A hard limit an audit and a day. It says no before a call, and warns once when four fifths are gone."""

    def __init__(self, spend: Spend, today: Callable[[], date], *, audit_usd: float, day_usd: float, audit_calls: int) -> None:
        self.limits: Mapping[Which, float] = {"audit": audit_usd, "day": day_usd}
        self.audit_calls = audit_calls
        self._spend = spend
        self._today = today
        self._warned: set[tuple[Which, str]] = set()

    async def exhausted(self, audit_id: str, calls_kept: int = 0) -> str | None:
        """Say which budget is used up, or None; `calls_kept` calls of the audit are to be left for what matters more."""
        calls, of_audit = await self._spend.of_audit(audit_id)
        if calls >= self.audit_calls - calls_kept:
            return "calls"
        if of_audit >= self.limits["audit"]:
            return "audit"
        return "day" if await self.spent_today() >= self.limits["day"] else None

    async def spent_today(self) -> float:
        """Return today's cost in US dollars."""
        return await self._spend.of_day(self._today())

    async def add(self, audit_id: str, usage: Usage, cost_usd: float) -> None:
        """Count a call, and warn where it passes four fifths of a budget."""
        await self._spend.add(audit_id, self._today(), usage, cost_usd)
        _, of_audit = await self._spend.of_audit(audit_id)
        self._warn("audit", audit_id, of_audit)
        self._warn("day", self._today().isoformat(), await self.spent_today())

    def _warn(self, which: Which, name: str, spent: float) -> None:
        limit = self.limits[which]
        if spent >= ALERT_AT * limit and (which, name) not in self._warned:
            self._warned.add((which, name))
            log.warning("budget alert", extra={"budget": which, "of": name, "spent_usd": round(spent, 4), "limit_usd": limit})
