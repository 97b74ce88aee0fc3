"""What people think of single messages: a thumb and a word, kept until they take it back."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from app.storage.database import Database
from app.storage.kept import put_beside
from app.storage.tables import thumbs


@dataclass(frozen=True)
class Thumb:
    """A thumb for a message."""

    message_id: str
    value: int
    """1 up, 0 down."""
    comment: str = ""


class Thumbs:
    """Keeps thumbs, one a message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, audit_id: str) -> list[Thumb]:
        """Return the thumbs of an audit's messages."""
        wanted = select(thumbs.c.message_id, thumbs.c.value, thumbs.c.comment).where(thumbs.c.audit_id == audit_id)
        return await self._database.read(lambda connection: [Thumb(*row) for row in connection.execute(wanted)])

    async def audit_of(self, message_id: str) -> str | None:
        """Return the id of the audit that a message with a thumb belongs to."""
        wanted = select(thumbs.c.audit_id).where(thumbs.c.message_id == message_id)
        return await self._database.read(lambda connection: connection.scalar(wanted))

    async def keep(self, audit_id: str, thumb: Thumb) -> None:
        """Keep a thumb, in place of the one that the message had.

        Raises:
            NoSuchAuditError: there is no such audit any more.
        """
        put = self._database.insert(thumbs).values(asdict(thumb) | {"audit_id": audit_id})
        put = put.on_conflict_do_update(
            index_elements=["message_id"],
            set_={"value": put.excluded.value, "comment": put.excluded.comment},
            where=thumbs.c.audit_id == audit_id,  # the message's id comes from outside; another audit's thumb is not touched
        )
        await self._database.write(lambda connection: put_beside(connection, audit_id, put))

    async def drop(self, message_id: str) -> None:
        """Take a thumb back."""
        gone = delete(thumbs).where(thumbs.c.message_id == message_id)
        await self._database.write(lambda connection: connection.execute(gone))
