"""What model calls have cost, by audit and day, and what calls under way may cost at most: what the budget counts on, in every process.

A reservation that is never settled, because its process was killed in the middle of a call, stands at the most it could have cost.
"""

from dataclasses import asdict
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.observability.cost import Limit, Limits, Reservation, Spent, Usage
from app.storage.database import Database
from app.storage.tables import reservations, spend

NOBODY = ""
"""Whose spend it is once an audit was erased: the money is gone, and the day's limit goes on counting it."""
_LOCK = 5_403_172
"""PostgreSQL's name for the lock; any number that nobody else uses."""


class StoredSpend:
    """Sums of tokens and cost, one row an audit and day, and one row a call under way."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(self, wanted: Reservation, limits: Limits) -> Limit | None:
        """Hold the most that a call may cost, in one transaction with a look at what is left; where a limit would be passed, say which.

        Nobody else, in this process or another, reserves between the look and the row: SQLite has one writer, PostgreSQL a lock.
        """

        def held(connection: Connection) -> Limit | None:
            if not self._database.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            passed = limits.passed_by(_spent(connection, wanted.audit_id, wanted.day), wanted.most_usd)
            if passed is None:
                connection.execute(insert(reservations), asdict(wanted))
            return passed

        return await self._database.write(held)

    async def settle(self, reservation: Reservation, usage: Usage, cost_usd: float) -> None:
        """Count what a call cost, in place of the most it could have cost; where its audit was erased, that was counted and stays."""

        def settled(connection: Connection) -> None:
            if _freed(connection, reservation):
                counted = {"calls": 1, "tokens_in": usage.tokens_in, "tokens_out": usage.tokens_out, "cost_usd": cost_usd}
                _count(connection, self._database.insert(spend), reservation.audit_id, reservation.day, counted)

        await self._database.write(settled)

    async def release(self, reservation: Reservation) -> None:
        """Let go of what was held for a call that did not happen."""
        await self._database.write(lambda connection: _freed(connection, reservation))

    async def spent(self, audit_id: str, day: date) -> Spent:
        """Return what counts against the limits of an audit and a day: what was spent, and what is held for calls under way."""
        return await self._database.read(lambda connection: _spent(connection, audit_id, day))

    async def of_day(self, day: date) -> float:
        """Return what counts against a day's limit, in US dollars."""
        wanted = select(_usd(spend.c.day == day, reservations.c.day == day))
        return await self._database.read(lambda connection: float(connection.scalar(wanted) or 0))


def keep_sums(connection: Connection, database: Database, audit_id: str) -> dict[str, int]:
    """Count what an audit that is being erased cost as nobody's, and return how many rows that were its own went, by table.

    What is held goes first: a call that is settled at that very moment is found either held or spent, and never neither.
    """
    held = connection.execute(delete(reservations).where(reservations.c.audit_id == audit_id).returning(reservations)).all()
    settled = connection.execute(delete(spend).where(spend.c.audit_id == audit_id).returning(spend)).all()
    sums = ("calls", "tokens_in", "tokens_out", "cost_usd")
    rows = [(row.day, {name: getattr(row, name) for name in sums}) for row in settled]
    rows += [(row.day, {"calls": 1, "tokens_in": 0, "tokens_out": 0, "cost_usd": row.most_usd}) for row in held]
    for day, counted in rows:
        _count(connection, database.insert(spend), NOBODY, day, counted)
    return {reservations.name: len(held), spend.name: len(settled)}


def _count(connection: Connection, put: sqlite.Insert | postgresql.Insert, audit_id: str, day: date, counted: dict[str, float]) -> None:
    more = {name: spend.c[name] + value for name, value in counted.items()}
    row = {"audit_id": audit_id, "day": day} | counted
    connection.execute(put.values(row).on_conflict_do_update(index_elements=["audit_id", "day"], set_=more))


def _freed(connection: Connection, reservation: Reservation) -> bool:
    return bool((connection.execute(delete(reservations).where(reservations.c.id == reservation.id))).rowcount)


def _spent(connection: Connection, audit_id: str, day: date) -> Spent:
    settled = select(func.coalesce(func.sum(spend.c.calls), 0)).where(spend.c.audit_id == audit_id).scalar_subquery()
    under_way = select(func.count()).select_from(reservations).where(reservations.c.audit_id == audit_id).scalar_subquery()
    of_audit = _usd(spend.c.audit_id == audit_id, reservations.c.audit_id == audit_id)
    of_day = _usd(spend.c.day == day, reservations.c.day == day)
    calls, audit_usd, day_usd = (connection.execute(select(settled + under_way, of_audit, of_day))).one()
    return Spent(int(calls), float(audit_usd), float(day_usd))


def _usd(settled: ColumnElement[bool], held: ColumnElement[bool]) -> ColumnElement[float]:
    spent = select(func.coalesce(func.sum(spend.c.cost_usd), 0.0)).where(settled).scalar_subquery()
    most = select(func.coalesce(func.sum(reservations.c.most_usd), 0.0)).where(held).scalar_subquery()
    return spent + most
