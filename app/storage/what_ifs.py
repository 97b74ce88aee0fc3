"""What people try out on their reports: kept beside the audit, which it never touches."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.audit.changes import UNCHANGED, WhatIf

_KEEP = "INSERT INTO what_ifs (audit_id, content) VALUES (:id, :content) ON CONFLICT (audit_id) DO UPDATE SET content = excluded.content"


class WhatIfs:
    """One what-if an audit, in SQLite."""

    def __init__(self, path: Path) -> None:
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    async def of(self, audit_id: str) -> WhatIf:
        """Return what is tried out on an audit's report."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(text("SELECT content FROM what_ifs WHERE audit_id = :id"), {"id": audit_id})).first()
        return WhatIf.model_validate_json(row[0]) if row else UNCHANGED

    async def keep(self, audit_id: str, what_if: WhatIf) -> None:
        """Keep what is tried out now, in place of what was before."""
        async with self._engine.begin() as connection:
            await connection.execute(
                text(_KEEP),
                {"id": audit_id, "content": what_if.model_dump_json()},
            )

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()
