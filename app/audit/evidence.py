"""The ledger: who said what, when, verbatim, how it was read; and the ratings that follow from it alone."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.audit.rubric import Level, Rubric

Standing = Literal["rated", "unknown", "not_applicable", "skipped", "bare"]
"""`bare` is a claim without a detail: kept, but not a rating."""
ReadBy = Literal["encoder", "model", "tap", "probe", "stated"]
"""`stated` is a level that its speaker chose with their own words, as in our audit of this program."""
Distribution = Annotated[tuple[float, ...], Field(min_length=5, max_length=5)]
"""The probability of each level, 0 to 4; sums to 1."""


HALF = 0.5 - 1e-9
"""With room for rounding, so that an even split goes to the lower level."""


def level_of(chances: Sequence[float]) -> int:
    """Return the median of a distribution over levels, 0 to 4: the best single level where being two off is worse than one."""
    below = 0.0
    for level, chance in enumerate(chances):
        below += chance
        if below >= HALF:
            return level
    return len(chances) - 1


class Grade(StrEnum):
    """How well a rating is founded, weakest first."""

    CLAIMED = "claimed"
    DESCRIBED = "described"
    EVIDENCED = "evidenced"
    VERIFIED = "verified"


class Entry(Value):
    """One line of the ledger. It is never changed; a later entry may replace it."""

    number: Annotated[int, Field(ge=1)]
    turn: Annotated[int, Field(ge=0)]
    at: datetime
    who: str
    criterion: str
    standing: Standing
    level: Level | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    distribution: Distribution | None = None
    quote: str
    """The person's words, verbatim; the label of the choice where they tapped one."""
    read_by: ReadBy
    replaces: int | None = None
    """The number of the entry that no longer counts."""
    adds_to: int | None = None
    """The number of the entry that this one makes more precise; its words still count as evidence."""
    note: str = ""
    """Why the reading was bounded, the reason why it does not apply, or where to check what was stated."""


class Rating(Value):
    """What the ledger says about one criterion."""

    criterion: str
    standing: Standing | Literal["open"]
    level: Level | None = None
    confidence: float = 0.0
    grade: Grade | None = None
    quotes: tuple[Entry, ...] = ()
    """The entries it rests on, oldest first."""
    history: tuple[Entry, ...] = ()
    """Entries that were replaced, oldest first."""
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a level: the only ratings that enter a score."""
        return self.level is not None


_DOCUMENT = re.compile(
    r"https?://|\b(?:attached|screenshot|wiki|confluence|sharepoint|runbook|ticket|minutes|sign(?:ed)?[- ]off (?:letter|memo|document)"
    r"|report|[A-Z]{2,}-\d+|\w+\.(?:pdf|docx?|xlsx?|md))\b",
)
_DETAIL = re.compile(r"\d|\b[A-Z][a-z]+\b.*\b(?:[A-Z][a-z]+)\b", re.DOTALL)
_DETAILED_WORDS = 12


def grade_of(quotes: Sequence[Entry]) -> Grade:
    """Grade the words a rating rests on: a document or link named, a concrete detail, or a mere claim."""
    spoken = [entry.quote for entry in quotes if entry.read_by != "tap"]
    if any(_DOCUMENT.search(quote) for quote in spoken):
        return Grade.EVIDENCED
    if any(_DETAIL.search(quote) or len(quote.split()) >= _DETAILED_WORDS for quote in spoken):
        return Grade.DESCRIBED
    return Grade.CLAIMED


def rate(ledger: Sequence[Entry], rubric: Rubric) -> dict[str, Rating]:
    """Rate every criterion from the ledger alone; one without an entry is `open`."""
    return {criterion: _rate_one(criterion, ledger) for criterion in rubric.criteria}


def _rate_one(criterion: str, ledger: Sequence[Entry]) -> Rating:
    mine = [entry for entry in ledger if entry.criterion == criterion]
    if not mine:
        return Rating(criterion=criterion, standing="open")
    latest = mine[-1]
    by_number = {entry.number: entry for entry in mine}
    quotes = [latest]
    while (earlier := quotes[0].adds_to) is not None and earlier in by_number:
        quotes.insert(0, by_number[earlier])
    return Rating(
        criterion=criterion,
        standing=latest.standing,
        level=latest.level if latest.standing == "rated" else None,
        confidence=latest.confidence,
        grade=grade_of(quotes) if latest.standing == "rated" else None,
        quotes=tuple(quotes),
        history=tuple(entry for entry in mine if entry not in quotes),
        note=next((entry.note for entry in reversed(quotes) if entry.note), ""),
    )
