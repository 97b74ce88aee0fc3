"""What is saved of an interview: one frozen value, JSON only where it is stored."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, TypedDict, Unpack

from pydantic import Field, model_validator

from app.audit.again.snapshot import Snapshot
from app.audit.ledger.assessment import Finding
from app.audit.ledger.evidence import RESPONDENT, Entry, Grade
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.interview.earlier import graded_entries, is_earlier, upgraded
from app.interview.events import Asked, Depth, OpenQuestion

Phase = Literal["new", "open", "paused", "finished"]


class Asks(Value):
    """What was asked about one criterion already beside its question, so that nothing is asked twice."""

    followup: bool = False
    probes: tuple[int, ...] = ()
    """The boundaries that were probed, in order."""


class Clash(Value):
    """Two statements about one criterion that cannot both hold."""

    criterion: str
    earlier: int
    """The number of the ledger's entry."""
    finding: Finding
    read_with: str = ""
    """The fingerprint of what read the finding."""


class Changes(TypedDict, total=False):
    """What a turn may change of an interview."""

    speaker: str
    speakers: tuple[str, ...]
    depth: Depth
    phase: Phase
    turn: int
    started_at: datetime
    profile: Profile
    ledger: tuple[Entry, ...]
    asked: dict[str, Asks]
    confirmed: tuple[str, ...]
    clashes: tuple[Clash, ...]
    settled_clashes: tuple[str, ...]
    pending: Asked | None
    topic: str | None
    cover_asked: bool
    prompts: str | None
    language: str
    lately: tuple[str, ...]


class Interview(Value):
    """An interview as it stands after a turn. What an earlier release saved can be read as well."""

    schema_version: Literal[1] = 1
    audit_id: str
    before: Snapshot | None = None
    """The earlier audit of the same project that this one follows."""
    speaker: str = RESPONDENT
    """Who answers now."""
    speakers: tuple[str, ...] = ()
    """Who answered by name, in the order they first did."""
    depth: Depth = "full"
    phase: Phase = "new"
    turn: Annotated[int, Field(ge=0)] = 0
    started_at: datetime | None = None
    profile: Profile = Profile()
    ledger: tuple[Entry, ...] = ()
    asked: dict[str, Asks] = Field(default_factory=dict)
    """What was asked about a criterion, by `View.asks_of`."""
    confirmed: tuple[str, ...] = ()
    """The gaps that were summed up and are right so."""
    clashes: tuple[Clash, ...] = ()
    """What is still to be put to the person, oldest first."""
    settled_clashes: tuple[str, ...] = ()
    """Criteria whose contradiction was put to the person; none is twice."""
    pending: OpenQuestion | None = None
    """The open question."""
    topic: str | None = None
    """The criterion last talked about."""
    cover_asked: bool = False
    prompts: str | None = None
    """The set of prompts that this audit was begun with."""
    language: str = "en"
    lately: tuple[str, ...] = ()
    """The last lines of the conversation, bounded in number and length, so that a prompt does not grow."""

    def changed(self, **changes: Unpack[Changes]) -> "Interview":
        """Return this interview with some values changed."""
        return self.model_copy(update=dict(changes))

    def graded_once(self, graded: Callable[[str], Grade]) -> "Interview":
        """Grade what was said in a release that did not; whoever carries an audit over does it once and saves it."""
        before = self.before
        if before:
            stood = {c: one.model_copy(update={"quotes": graded_entries(one.quotes, graded)}) for c, one in before.stood.items()}
            before = before.model_copy(update={"stood": stood})
        return self.model_copy(update={"ledger": graded_entries(self.ledger, graded), "before": before})

    @model_validator(mode="before")
    @classmethod
    def _of_an_earlier_release(cls, saved: Any) -> Any:
        return upgraded(saved) if isinstance(saved, dict) and is_earlier(saved) else saved
