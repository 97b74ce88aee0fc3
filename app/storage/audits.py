"""The register of audits: who may open which, and where each stands. What was said is in the checkpoints."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letters that are mistaken for each other."""
_CODE_LENGTH = 10


@dataclass(frozen=True)
class AuditRecord:
    """One audit as the register knows it."""

    id: str
    token: str
    """Opens the report; unguessable (32 random bytes)."""
    code: str
    """Opens the audit on another device; to be typed."""
    visitor: str | None
    title: str
    depth: str
    phase: str
    turns: int
    created_at: str
    updated_at: str


class Audits:
    """The register, in SQLite."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        self._clock = clock

    async def add(self, audit_id: str, depth: str, visitor: str | None = None) -> AuditRecord:
        """Register an audit; one that is registered already stays as it is."""
        now = self._clock().isoformat()
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        async with self._engine.begin() as connection:
            await connection.execute(
                text(
                    "INSERT INTO audits (id, token, code, visitor, title, depth, phase, turns, created_at, updated_at) "
                    "VALUES (:id, :token, :code, :visitor, :title, :depth, 'open', 0, :now, :now) ON CONFLICT (id) DO NOTHING"
                ),
                {
                    "id": audit_id,
                    "token": secrets.token_urlsafe(32),
                    "code": code,
                    "visitor": visitor,
                    "title": "Your AI project",
                    "depth": depth,
                    "now": now,
                },
            )
        record = await self._one("id", audit_id)
        assert record is not None  # noqa: S101 - it was inserted above, or was there
        return record

    async def update(self, audit_id: str, *, title: str, depth: str, phase: str, turns: int) -> None:
        """Note where an audit stands."""
        values = {"id": audit_id, "title": title, "depth": depth, "phase": phase, "turns": turns, "now": self._clock().isoformat()}
        async with self._engine.begin() as connection:
            await connection.execute(
                text("UPDATE audits SET title = :title, depth = :depth, phase = :phase, turns = :turns, updated_at = :now WHERE id = :id"),
                values,
            )

    async def by_id(self, audit_id: str) -> AuditRecord | None:
        """Find an audit by its id."""
        return await self._one("id", audit_id)

    async def by_token(self, token: str) -> AuditRecord | None:
        """Find an audit by the token of its report."""
        return await self._one("token", token)

    async def by_code(self, code: str) -> AuditRecord | None:
        """Find an audit by the code that a person types."""
        return await self._one("code", code.strip().upper().replace("-", "").replace(" ", ""))

    async def latest_of(self, visitor: str) -> AuditRecord | None:
        """Return the open audit that a visitor worked on last; one without an answer does not count."""
        return next(
            iter(
                await self._many("WHERE visitor = :value AND turns > 0 AND phase != 'finished' ORDER BY updated_at DESC LIMIT 1", visitor)
            ),
            None,
        )

    async def latest_finished_of(self, visitor: str) -> AuditRecord | None:
        """Return the audit that a visitor finished last."""
        found = await self._many("WHERE visitor = :value AND phase = 'finished' ORDER BY updated_at DESC LIMIT 1", visitor)
        return next(iter(found), None)

    async def all(self) -> list[AuditRecord]:
        """List every audit, the latest first."""
        return await self._many("ORDER BY updated_at DESC", None)

    async def count_open(self) -> int:
        """Count the audits that somebody has begun to answer and not finished."""
        async with self._engine.connect() as connection:
            counted = await connection.execute(text("SELECT count(*) FROM audits WHERE turns > 0 AND phase != 'finished'"))
        return int(counted.scalar_one())

    async def ping(self) -> None:
        """Raise what the database raises when it does not answer."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1 FROM audits LIMIT 1"))

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def _one(self, column: str, value: str) -> AuditRecord | None:
        return next(iter(await self._many(f"WHERE {column} = :value", value)), None)

    async def _many(self, clause: str, value: str | None) -> list[AuditRecord]:
        columns = ", ".join(AuditRecord.__dataclass_fields__)
        async with self._engine.connect() as connection:
            rows = await connection.execute(text(f"SELECT {columns} FROM audits {clause}"), {"value": value} if value is not None else {})  # noqa: S608 - constants
            return [AuditRecord(*row) for row in rows]
