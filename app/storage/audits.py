"""The audits: one row each with state and version, which is the one truth about it; a turn is saved whole or not at all."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from app.errors import NoSuchAuditError, OvertakenError
from app.storage.database import Database
from app.storage.outbox import OutboxEntry, row_of
from app.storage.records import AuditRecord, Erased, SavedAudit, SavedTurn, Standing
from app.storage.spend import keep_sums
from app.storage.tables import audits, metadata, turns
from app.storage.tables import outbox as outbox_table

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letters that are mistaken for each other."""
_CODE_LENGTH = 10
_RECORD = tuple(audits.c[one.name] for one in fields(AuditRecord))
_ANSWERED = (audits.c.turns > 0) & (audits.c.phase != "finished")
_LATEST_FIRST = (audits.c.updated_at.desc(), audits.c.id.desc())


class Audits:
    """Adds, loads, saves, finds and erases audits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, audit_id: str, visitor: str | None, standing: Standing, state: str, turn: SavedTurn) -> AuditRecord:
        """Save a new audit at version 1, with the turn that opened it.

        Raises:
            OvertakenError: there is one with this id by now; it stays as it is, and nothing of this is saved.
        """
        record = AuditRecord(
            id=audit_id,
            version=1,
            token=secrets.token_urlsafe(32),
            code="".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH)),
            visitor=visitor,
            title=standing.title,
            depth=standing.depth,
            phase=standing.phase,
            turns=standing.turns,
            created_at=turn.at,
            updated_at=turn.at,
        )
        row = asdict(record) | {"state": state, "schema_version": standing.schema_version}
        put = self._database.insert(audits).values(row).on_conflict_do_nothing(index_elements=["id"]).returning(audits.c.id)

        def added(connection: Connection) -> AuditRecord:
            if connection.scalar(put) is None:
                raise OvertakenError(audit_id, 0)
            _add_turn(connection, audit_id, 1, turn)
            return record

        return await self._database.write(added)

    async def load(self, audit_id: str) -> SavedAudit | None:
        """Return an audit with its state; the version in its record is what `save_turn` expects."""
        row = await self._row(select(*_RECORD, audits.c.state, audits.c.schema_version).where(audits.c.id == audit_id))
        return SavedAudit(AuditRecord(*row[:-2]), row.state, row.schema_version) if row else None

    async def save_turn(
        self, audit_id: str, expected: int, standing: Standing, state: str, turn: SavedTurn, *, outbox: Sequence[OutboxEntry] = ()
    ) -> None:
        """Save a turn as version `expected` + 1: the state, where it stands, the transcript's row and what is to be sent, or nothing.

        What the turn's model calls cost is not saved here: it was counted after each call, as it is owed whether the turn is saved or not.

        Raises:
            OvertakenError: the audit is not at version `expected` any more; run the turn again on what stands.
            NoSuchAuditError: there is no such audit any more.
        """
        values = asdict(standing) | {"state": state, "version": expected + 1, "updated_at": turn.at}
        put = update(audits).where(audits.c.id == audit_id, audits.c.version == expected).values(values)

        def saved(connection: Connection) -> None:
            if connection.execute(put).rowcount == 0:
                raise _refused(connection, audit_id, expected)
            _add_turn(connection, audit_id, expected + 1, turn)
            if outbox:
                connection.execute(insert(outbox_table), [row_of(entry, turn.at) for entry in outbox])

        await self._database.write(saved)

    async def erase(self, audit_id: str) -> Erased:
        """Delete everything of an audit, in one transaction. What it cost stays in the sums of its days, without saying whose it was."""

        def erased(connection: Connection) -> dict[str, int]:
            rows = keep_sums(connection, self._database, audit_id)
            for table in (one for one in reversed(metadata.sorted_tables) if one.name not in rows):
                mine = audits.c.id if table is audits else table.c.audit_id
                rows[table.name] = connection.execute(delete(table).where(mine == audit_id)).rowcount
            return rows

        rows = await self._database.write(erased)
        return Erased({table: count for table, count in rows.items() if count})

    async def by_id(self, audit_id: str) -> AuditRecord | None:
        """Find an audit by its id."""
        return await self._one(audits.c.id == audit_id)

    async def by_token(self, token: str) -> AuditRecord | None:
        """Find an audit by the token of its report."""
        return await self._one(audits.c.token == token)

    async def by_code(self, code: str) -> AuditRecord | None:
        """Find an audit by the code that a person types."""
        return await self._one(audits.c.code == code.strip().upper().replace("-", "").replace(" ", ""))

    async def latest_of(self, visitor: str) -> AuditRecord | None:
        """Return the open audit that a visitor worked on last; one without an answer does not count."""
        return await self._one((audits.c.visitor == visitor) & _ANSWERED)

    async def latest_finished_of(self, visitor: str) -> AuditRecord | None:
        """Return the audit that a visitor finished last."""
        return await self._one((audits.c.visitor == visitor) & (audits.c.phase == "finished"))

    async def of_visitor(self, visitor: str, limit: int, before: datetime | None = None) -> list[AuditRecord]:
        """List a visitor's audits, the latest first, a page at a time: `before` is when the last one of the page before was changed."""
        wanted = select(*_RECORD).where(audits.c.visitor == visitor).order_by(*_LATEST_FIRST).limit(limit)
        if before is not None:
            wanted = wanted.where(audits.c.updated_at < before)
        return await self._many(wanted)

    async def all(self) -> list[AuditRecord]:
        """List every audit, the latest first."""
        return await self._many(select(*_RECORD).order_by(*_LATEST_FIRST))

    async def count_open(self) -> int:
        """Count the audits that somebody has begun to answer and not finished."""
        row = await self._row(select(func.count()).select_from(audits).where(_ANSWERED))
        return int(row[0]) if row else 0

    async def ping(self) -> None:
        """See whether the database answers. Raises StorageError."""
        await self._row(select(audits.c.id).limit(1))

    async def _one(self, which: ColumnElement[bool]) -> AuditRecord | None:
        row = await self._row(select(*_RECORD).where(which).order_by(*_LATEST_FIRST).limit(1))
        return AuditRecord(*row) if row else None

    async def _many(self, wanted: Select[*tuple[Any, ...]]) -> list[AuditRecord]:
        return await self._database.read(lambda connection: [AuditRecord(*row) for row in connection.execute(wanted)])

    async def _row(self, wanted: Select[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]] | None:
        return await self._database.read(lambda connection: connection.execute(wanted).first())


def _add_turn(connection: Connection, audit_id: str, number: int, turn: SavedTurn) -> None:
    connection.execute(insert(turns), asdict(turn) | {"audit_id": audit_id, "number": number})


def _refused(connection: Connection, audit_id: str, expected: int) -> OvertakenError | NoSuchAuditError:
    there = connection.scalar(select(audits.c.id).where(audits.c.id == audit_id))
    return OvertakenError(audit_id, expected) if there else NoSuchAuditError(audit_id)
