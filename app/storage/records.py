"""What is saved of an audit, as values: its row, where it stands, its turns, and how much went when it was erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Standing:
    """Where an audit stands: what lists and links need to know of a state without reading it."""

    title: str
    depth: str
    phase: str
    turns: int
    schema_version: int
    """Of the state beside it."""


@dataclass(frozen=True)
class AuditRecord:
    """One audit as lists and links know it."""

    id: str
    version: int
    """1 when it is begun, and one more with each turn that is saved."""
    token: str
    """Opens the report; unguessable (32 random bytes)."""
    code: str
    """Opens the audit on another device; to be typed."""
    visitor: str | None
    title: str
    depth: str
    phase: str
    turns: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class SavedAudit:
    """An audit with its state."""

    record: AuditRecord
    state: str
    """JSON."""
    schema_version: int


@dataclass(frozen=True)
class SavedTurn:
    """What was said in one turn, and what came back."""

    turn: int
    at: datetime
    who: str
    said: str | None
    """The message, as JSON; None where nobody said anything, as in the beginning."""
    events: str
    """A JSON array."""
    run_id: UUID | None = None
    """What the turn was traced as."""
    number: int = 0
    """The version of the audit that it made; the store gives it."""


@dataclass(frozen=True)
class Erased:
    """What went when an audit was erased."""

    rows: Mapping[str, int]
    """Rows by table; a table that had none is not named."""

    def __bool__(self) -> bool:
        """Whether there was such an audit."""
        return "audits" in self.rows
