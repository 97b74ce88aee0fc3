"""What we say about this very program, in knowledge/en/self-audit.json, and the report that follows from it."""

import json
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from app.audit.ledger.evidence import Entry, Grade
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.audit.rubric import READY_LEVEL, Level, NonEmptyText, Rubric
from app.audit.told.case_file import CaseFile
from app.audit.told.report import Report, build
from app.audit.words import Words
from app.errors import KnowledgeError
from app.knowledge.load import FOLDER, Knowledge
from app.knowledge.reading import read_text

FILE = "self-audit.json"


class FileFact(Value):
    """A file of this repository that an answer rests on."""

    file: NonEmptyText
    contains: NonEmptyText | None = None
    """Words that must stand in it."""
    lines_at_least: Annotated[int, Field(ge=1)] | None = None

    def told(self, _words: Words) -> str:
        """Name the file."""
        return self.file


class FigureFact(Value):
    """A measured figure in evals/baselines that an answer rests on."""

    baseline: NonEmptyText
    figure: NonEmptyText
    at_least: float | None = None
    at_most: float | None = None
    guarded: bool = False
    """Whether we also say that the build fails beyond this bound."""

    def told(self, words: Words) -> str:
        """Name the figure with its bound, and where it stands."""
        if self.at_least is not None:
            return words.say("knowledge.self_audit.at_least", figure=self.figure, bound=self.at_least, baseline=self.baseline)
        return words.say("knowledge.self_audit.at_most", figure=self.figure, bound=self.at_most or 0.0, baseline=self.baseline)

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either at_least or at_most")
        return self


Fact = FileFact | FigureFact


class Item(Value):
    """Our answer on one criterion."""

    criterion: NonEmptyText
    level: Level | Literal["unknown", "not_applicable"]
    grade: Grade | None = None
    """How well the words are founded, by the rule for everybody's; None where no level is claimed."""
    says: NonEmptyText
    facts: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _proves_what_is_ready(self) -> Self:
        if isinstance(self.level, int) and self.level >= READY_LEVEL and not self.facts:
            raise ValueError(f"facts: level {self.level} needs at least one")
        return self

    @model_validator(mode="after")
    def _is_graded_where_it_claims(self) -> Self:
        if isinstance(self.level, int) != (self.grade is not None):
            raise ValueError("grade: what claims a level has one, and nothing else")
        return self

    def entry(self, number: int, at: datetime, words: Words) -> Entry:
        """Turn the answer into a line of the ledger."""
        checks = "; ".join(fact.told(words) for fact in self.facts)
        return Entry(
            number=number,
            turn=number,
            at=at,
            who=words.say("knowledge.self_audit.makers"),
            criterion=self.criterion,
            standing="rated" if isinstance(self.level, int) else self.level,
            level=self.level if isinstance(self.level, int) else None,
            quote=self.says,
            read_by="stated",
            note=words.say("knowledge.self_audit.to_check", checks=checks) if checks and self.level != "not_applicable" else "",
            grade=self.grade,
        )


class SelfAudit(Value):
    """The whole of what we say, and as of which day."""

    date: date
    profile: Profile
    items: tuple[Item, ...]

    @property
    def made_at(self) -> datetime:
        """The day it was written, at midnight UTC."""
        return datetime.combine(self.date, time(), UTC)

    def ledger(self, words: Words) -> tuple[Entry, ...]:
        """Return the answers as a ledger, in their order."""
        return tuple(item.entry(number, self.made_at, words) for number, item in enumerate(self.items, start=1))


def load_self_audit(folder: Path, rubric: Rubric) -> SelfAudit:
    """Read our own audit: every criterion answered once. Raises KnowledgeError."""
    path = folder / FILE
    try:
        own = SelfAudit.model_validate(_parsed(path))
    except ValidationError as error:
        raise KnowledgeError.of(error, path) from error
    answered = Counter(item.criterion for item in own.items)
    for what, criteria in {
        "no criterion": [c for c in answered if c not in rubric.criteria],
        "more than once": [c for c, times in answered.items() if times > 1],
        "not answered": [c for c in rubric.criteria if c not in answered],
    }.items():
        if criteria:
            raise KnowledgeError.at(path, "items", problem=f"{what}: {', '.join(criteria)}")
    return own


def own_report(knowledge: Knowledge, folder: Path | None = None) -> Report:
    """Build the report on this program, by the rules that hold for everybody's. Raises KnowledgeError."""
    own = load_self_audit(folder or FOLDER, knowledge.rubric)
    words = knowledge.words
    case = CaseFile(
        audit_id="our-own-audit",
        profile=own.profile,
        ledger=own.ledger(words),
        depth="full",
        assessor=words.say("knowledge.self_audit.assessor"),
    )
    return build(knowledge, case, own.made_at)


def _parsed(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise KnowledgeError.at(path, f"line {error.lineno}", problem=error.msg) from error
