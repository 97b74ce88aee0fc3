"""What is kept beside an audit and never touches it: one thing of a kind an audit, such as a try-out, a model's words or a brand."""

from pathlib import Path
from typing import Generic, Literal, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.audit.model import Value

V = TypeVar("V", bound=Value)
Table = Literal["what_ifs", "tellings", "brands"]


class Kept(Generic[V]):
    """Things of one kind, in one table of SQLite."""

    def __init__(self, path: Path, table: Table, kind: type[V]) -> None:
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        self._table = table
        self._kind = kind

    async def of(self, audit_id: str) -> V | None:
        """Return what is kept of an audit."""
        query = text(f"SELECT content FROM {self._table} WHERE audit_id = :id")  # noqa: S608 - one of three names
        async with self._engine.connect() as connection:
            row = (await connection.execute(query, {"id": audit_id})).first()
        return self._kind.model_validate_json(row[0]) if row else None

    async def keep(self, audit_id: str, value: V) -> None:
        """Keep this, in place of what was kept before."""
        put = text(f"INSERT OR REPLACE INTO {self._table} (audit_id, content) VALUES (:id, :content)")  # noqa: S608 - likewise
        async with self._engine.begin() as connection:
            await connection.execute(put, {"id": audit_id, "content": value.model_dump_json()})

    async def drop(self, audit_id: str) -> None:
        """Keep nothing of an audit any more."""
        async with self._engine.begin() as connection:
            await connection.execute(text(f"DELETE FROM {self._table} WHERE audit_id = :id"), {"id": audit_id})  # noqa: S608 - likewise

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()
