"""What a model worded of the audits' reports: kept beside the audits, and replaced when it is worded again."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.audit.telling import Telling

_KEEP = "INSERT INTO tellings (audit_id, content) VALUES (:id, :content) ON CONFLICT (audit_id) DO UPDATE SET content = excluded.content"


class Tellings:
    """One telling an audit, in SQLite."""

    def __init__(self, path: Path) -> None:
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    async def of(self, audit_id: str) -> Telling | None:
        """Return what a model worded of an audit's report."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(text("SELECT content FROM tellings WHERE audit_id = :id"), {"id": audit_id})).first()
        return Telling.model_validate_json(row[0]) if row else None

    async def keep(self, audit_id: str, telling: Telling) -> None:
        """Keep what was worded now, in place of what was before."""
        async with self._engine.begin() as connection:
            await connection.execute(text(_KEEP), {"id": audit_id, "content": telling.model_dump_json()})

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()
