"""What model calls have cost, by audit and day: what the budget counts on, also after a restart."""

from datetime import date
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.observability.cost import Usage


class StoredSpend:
    """Sums of tokens and cost, one row an audit and day, in SQLite."""

    def __init__(self, path: Path) -> None:
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    async def add(self, audit_id: str, day: date, usage: Usage, cost_usd: float) -> None:
        """Count one call."""
        values = {"audit": audit_id, "day": day.isoformat(), "in": usage.tokens_in, "out": usage.tokens_out, "cost": cost_usd}
        async with self._engine.begin() as connection:
            await connection.execute(
                text(
                    "INSERT INTO spend (audit_id, day, calls, tokens_in, tokens_out, cost_usd) VALUES (:audit, :day, 1, :in, :out, :cost) "
                    "ON CONFLICT (audit_id, day) DO UPDATE SET calls = calls + 1, tokens_in = tokens_in + excluded.tokens_in, "
                    "tokens_out = tokens_out + excluded.tokens_out, cost_usd = cost_usd + excluded.cost_usd"
                ),
                values,
            )

    async def of_audit(self, audit_id: str) -> tuple[int, float]:
        """Return an audit's calls and cost in US dollars."""
        calls, cost = await self._sums(("calls", "cost_usd"), "WHERE audit_id = :value", audit_id)
        return int(calls), float(cost)

    async def of_day(self, day: date) -> float:
        """Return a day's cost in US dollars, over all audits."""
        _, cost = await self._sums(("calls", "cost_usd"), "WHERE day = :value", day.isoformat())
        return float(cost)

    async def tokens_of(self, audit_id: str) -> Usage:
        """Return the tokens that an audit has used."""
        tokens_in, tokens_out = await self._sums(("tokens_in", "tokens_out"), "WHERE audit_id = :value", audit_id)
        return Usage(tokens_in=int(tokens_in), tokens_out=int(tokens_out))

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def _sums(self, columns: tuple[str, str], clause: str, value: str) -> tuple[float, float]:
        sums = ", ".join(f"coalesce(sum({column}), 0)" for column in columns)
        async with self._engine.connect() as connection:
            row = (await connection.execute(text(f"SELECT {sums} FROM spend {clause}"), {"value": value})).one()  # noqa: S608 - constants
        return row[0], row[1]
