"""The outbox: what is to be done because of a turn, saved with it, and done at least once."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update

from app.storage.database import Database
from app.storage.tables import outbox


@dataclass(frozen=True)
class OutboxEntry:
    """Something to be done once the turn that caused it is saved."""

    kind: str
    audit_id: str | None = None
    payload: str = "{}"
    """JSON."""
    id: UUID = field(default_factory=uuid4)


_ENTRY = (outbox.c.kind, outbox.c.audit_id, outbox.c.payload, outbox.c.id)


class Outbox:
    """Hands out what waits; `Audits.save_turn` puts it there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, kind: str, limit: int) -> list[OutboxEntry]:
        """Return what is not done yet, oldest first."""
        wanted = (
            select(*_ENTRY).where(outbox.c.kind == kind, outbox.c.done_at.is_(None)).order_by(outbox.c.created_at, outbox.c.id).limit(limit)
        )
        return await self._database.read(lambda connection: [OutboxEntry(*row) for row in connection.execute(wanted)])

    async def done(self, entry_id: UUID, at: datetime) -> None:
        """Note that something is done; what was done before keeps its time."""
        put = update(outbox).where(outbox.c.id == entry_id, outbox.c.done_at.is_(None)).values(done_at=at)
        await self._database.write(lambda connection: connection.execute(put))


def row_of(entry: OutboxEntry, at: datetime) -> dict[str, object]:
    """Return an entry as its row, put there at a moment."""
    return asdict(entry) | {"created_at": at, "done_at": None}
