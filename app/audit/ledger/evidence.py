"""The ledger: who said what, when, verbatim, how it was read; and the ratings that follow from it alone."""

from collections.abc import Sequence
from datetime import date, datetime
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


RESPONDENT = "respondent"
"""Who speaks where nobody gave a name."""

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


_GRADES = tuple(Grade)


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
    carried_from: date | None = None
    """The day of the earlier audit that it was said in; it counts until somebody speaks of it again."""
    grade: Grade | None = None
    """How well the words are founded, decided when they were read; None where nothing is claimed."""
    read_with: str = ""
    """The fingerprint of what read them; empty where nothing had to be read."""


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
    statements: tuple["Rating", ...] = ()
    """What each person says, where several spoke on it, in the order they first did; this rating is the one that counts."""

    @property
    def known(self) -> bool:
        """Whether there is a level: the only ratings that enter a score."""
        return self.level is not None

    @property
    def who(self) -> str:
        """Whose words it rests on."""
        return self.quotes[-1].who if self.quotes else ""

    @property
    def carried(self) -> bool:
        """Whether it only stands from an earlier audit."""
        return bool(self.quotes) and self.quotes[-1].carried_from is not None


def grade_of(quotes: Sequence[Entry]) -> Grade:
    """Return the best grade of the words that a rating rests on."""
    return max((entry.grade or Grade.CLAIMED for entry in quotes), key=_GRADES.index)


def rate(ledger: Sequence[Entry], rubric: Rubric) -> dict[str, Rating]:
    """Rate every criterion from the ledger alone; one without an entry is `open`."""
    by_criterion: dict[str, list[Entry]] = {criterion: [] for criterion in rubric.criteria}
    for entry in ledger:
        if entry.criterion in by_criterion:
            by_criterion[entry.criterion].append(entry)
    return {criterion: rate_one(criterion, mine) for criterion, mine in by_criterion.items()}


def rate_one(criterion: str, mine: Sequence[Entry]) -> Rating:
    """Rate one criterion by its own entries, in the order of the ledger."""
    if not mine:
        return Rating(criterion=criterion, standing="open")
    counting = [entry for entry in mine if entry.carried_from is None] or mine
    statements = tuple(_statement(who, counting, mine) for who in dict.fromkeys(entry.who for entry in counting))
    return settle(statements).model_copy(update={"statements": statements}) if len(statements) > 1 else statements[0]


def _statement(who: str, counting: Sequence[Entry], mine: Sequence[Entry]) -> Rating:
    """Rate a criterion by what one person said; what an earlier audit holds of it stays in the history."""
    latest = [entry for entry in counting if entry.who == who][-1]
    by_number = {entry.number: entry for entry in mine}
    quotes = [latest]
    while (earlier := quotes[0].adds_to) is not None and earlier in by_number:
        quotes.insert(0, by_number[earlier])
    return Rating(
        criterion=latest.criterion,
        standing=latest.standing,
        level=latest.level if latest.standing == "rated" else None,
        confidence=latest.confidence,
        grade=grade_of(quotes) if latest.standing == "rated" else None,
        quotes=tuple(quotes),
        history=tuple(entry for entry in mine if (entry.who == who or entry.carried_from) and entry not in quotes),
        note=next((entry.note for entry in reversed(quotes) if entry.note), ""),
    )


_ANSWERS: tuple[Standing | Literal["open"], ...] = ("open", "skipped", "unknown", "bare", "not_applicable", "rated")


def settle(statements: Sequence[Rating]) -> Rating:
    """Return the statement that counts; of two that weigh the same, the first.

    The better evidence counts; with equal evidence the lower level; an answer counts before a "don't know". In words for people:
    `ledger.settling`.
    """

    def weight(statement: Rating) -> tuple[int, int, int]:
        grade = _GRADES.index(statement.grade) if statement.grade else -1
        return _ANSWERS.index(statement.standing), grade, -(statement.level or 0)

    return max(statements, key=weight)
