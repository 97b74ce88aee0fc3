"""What is kept beside an audit and never touches it: one thing of a kind an audit, such as a try-out, a model's words or a brand."""

from typing import Generic, Literal, TypeVar

from sqlalchemy import Connection, Insert, delete, select
from sqlalchemy.exc import IntegrityError

from app.audit.model import Value
from app.errors import NoSuchAuditError
from app.storage.database import Database
from app.storage.tables import KEPT

V = TypeVar("V", bound=Value)
Kind = Literal["what_ifs", "tellings", "brands"]


class Kept(Generic[V]):
    """Things of one kind, in a table of their own."""

    def __init__(self, database: Database, kind: Kind, shape: type[V]) -> None:
        self._database = database
        self._table = KEPT[kind]
        self._shape = shape

    async def of(self, audit_id: str) -> V | None:
        """Return what is kept of an audit."""
        wanted = select(self._table.c.content).where(self._table.c.audit_id == audit_id)
        content = await self._database.read(lambda connection: connection.scalar(wanted))
        return self._shape.model_validate_json(content) if content is not None else None

    async def keep(self, audit_id: str, value: V) -> None:
        """Keep this, in place of what was kept before.

        Raises:
            NoSuchAuditError: there is no such audit, or it was erased meanwhile.
        """
        put = self._database.insert(self._table).values(audit_id=audit_id, content=value.model_dump_json())
        put = put.on_conflict_do_update(index_elements=["audit_id"], set_={"content": put.excluded.content})
        await self._database.write(lambda connection: put_beside(connection, audit_id, put))

    async def drop(self, audit_id: str) -> None:
        """Keep nothing of an audit any more."""
        gone = delete(self._table).where(self._table.c.audit_id == audit_id)
        await self._database.write(lambda connection: connection.execute(gone))


def put_beside(connection: Connection, audit_id: str, put: Insert) -> None:
    """Insert something that hangs on an audit.

    Raises:
        NoSuchAuditError: there is no such audit, or it was erased meanwhile.
    """
    try:
        connection.execute(put)
    except IntegrityError:
        raise NoSuchAuditError(audit_id) from None
