"""A rating as the report shows it, with the words it rests on, and a gap with its ratings."""

from app.audit.levers import Lever
from app.audit.model import Value


class Quote(Value):
    """The person's own words, and where they said them."""

    text: str
    turn: int
    who: str
    read_by: str


class Finding(Value):
    """One criterion as the report shows it."""

    criterion: str
    name: str
    core: bool
    question: str
    standing: str
    level: int | None
    level_name: str | None
    statement: str
    """The level in words; for an unknown, that it is not known."""
    confidence: float
    grade: str | None
    note: str
    quotes: tuple[Quote, ...]
    """Empty where none was given: the finding then says so."""
    corrected: tuple[Quote, ...]
    """What was said before and no longer counts."""
    lever: Lever | None
    passages: tuple[str, ...]
    who_knows: str | None
    """Whom to ask, for what is not known."""


class GapReport(Value):
    """One gap with its findings."""

    gap: str
    name: str
    title: str
    summary: str
    score: float | None
    low: float
    high: float
    known: int
    total: int
    findings: tuple[Finding, ...]
