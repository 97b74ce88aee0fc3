"""A rating as the report shows it, with the words it rests on, and a gap with its ratings."""

from datetime import date
from typing import Literal

from app.audit.model import Value
from app.audit.score.levers import Lever


class Quote(Value):
    """The person's own words, and where they said them."""

    text: str
    turn: int
    who: str
    """Who said it; `respondent` where nobody gave a name."""
    read_by: str
    said_on: date | None = None
    """The day of the earlier audit that it is from."""


class PersonStatement(Value):
    """What one person says about a criterion, where several spoke on it."""

    who: str
    level: int | None
    statement: str
    grade: str | None
    quotes: tuple[Quote, ...]
    counts: bool
    """Whether the rating follows from it."""


class CriterionReport(Value):
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
    statements: tuple[PersonStatement, ...] = ()
    """What each person says, where several spoke on it."""
    lever: Lever | None
    passages: tuple[str, ...]
    who_knows: str | None
    """Whom to ask, for what is not known."""

    @property
    def disputed(self) -> bool:
        """Whether people put it at different levels, or only some of them could say."""
        return len({(one.level, one.level is None and one.statement) for one in self.statements}) > 1


Slot = Literal["standing", "strength", "weakness", "unknown", "next"]


class GapSentence(Value):
    """One sentence or two of the report's own words on a gap."""

    slot: Slot
    """What it tells of."""
    text: str
    by: Literal["authored", "model"] = "authored"


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
    findings: tuple[CriterionReport, ...]
    told: tuple[GapSentence, ...] = ()
    """The gap in a few sentences; nothing where none of its criteria applies."""

    @property
    def words(self) -> str:
        """Those sentences as a paragraph."""
        return " ".join(sentence.text for sentence in self.told)
