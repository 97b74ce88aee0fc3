"""What is saved of an interview, apart from what is injected into each turn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import add
from typing import Annotated, Any, Literal, Protocol, TypedDict

from app.audit.again.snapshot import Snapshot
from app.audit.guidance import Passage
from app.audit.ledger.assessment import Assessment, Assessor
from app.audit.ledger.evidence import RESPONDENT, Entry, Rating, rate
from app.audit.ledger.profile import Profile
from app.audit.rubric import Rubric
from app.audit.told.speech import Voice
from app.interview.events import Asked, Depth, Event, Message

Phase = Literal["new", "open", "paused", "finished"]


def _latest_turn(kept: list[dict[str, Any]], new: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Collect the events of one turn; None starts the next turn's list."""
    return [] if new is None else add(kept, new)


class Asks(TypedDict, total=False):
    """What was asked about one criterion already, so that nothing is asked twice."""

    question: bool
    followup: bool
    probes: list[int]


class Clash(TypedDict):
    """Two statements about one criterion that cannot both hold."""

    criterion: str
    earlier: int
    """The number of the ledger's entry."""
    finding: dict[str, Any]


class InterviewState(TypedDict, total=False):
    """JSON values only, so that a saved interview can be read by any later release."""

    audit_id: str
    before: dict[str, Any] | None
    """The snapshot of an earlier audit that this one follows."""
    speaker: str
    """Who answers now."""
    speakers: list[str]
    """Who answered by name, in the order they first did."""
    depth: Depth
    phase: Phase
    turn: int
    started_at: str
    profile: dict[str, Any]
    ledger: list[dict[str, Any]]
    asked: dict[str, Asks]
    confirmed: list[str]
    clashes: list[Clash]
    settled_clashes: list[str]
    pending: dict[str, Any] | None
    topic: str | None
    cover_asked: bool
    incoming: dict[str, Any]
    assessment: dict[str, Any] | None
    route: str
    prompts: str | None
    """The set of prompts that this audit was begun with."""
    language: str
    lately: list[str]
    """The last lines of the conversation, bounded in number and length, so that a prompt does not grow."""
    events: Annotated[list[dict[str, Any]], _latest_turn]


class Found(Protocol):
    """A passage that answers a query."""

    @property
    def passage(self) -> Passage: ...  # noqa: D102


class Playbook(Protocol):
    """Searches the playbook; nothing found is an empty answer."""

    async def search(self, query: str, limit: int = 5, about: str | None = None) -> Sequence[Found]: ...  # noqa: D102


@dataclass(frozen=True)
class Context:
    """What is injected into every turn and never saved."""

    rubric: Rubric
    assessor: Assessor
    playbook: Playbook
    clock: Callable[[], datetime]
    voice: Voice | None = None
    """Words questions and explanations; without one the authored words are used."""
    read_at: str | None = None
    """The host that answers are sent to for reading; None where they stay on this server."""
    choose_prompts: Callable[[str], str | None] = lambda _audit_id: None
    """Chooses the set of prompts of a new audit."""


class View:
    """A saved state, read as domain values."""

    def __init__(self, state: InterviewState, rubric: Rubric) -> None:
        self.state = state
        self.rubric = rubric
        self.ledger = [Entry.model_validate(entry) for entry in state.get("ledger", [])]

    @cached_property
    def ratings(self) -> Mapping[str, Rating]:
        """What the ledger says about each criterion."""
        return rate(self.ledger, self.rubric)

    @property
    def speaker(self) -> str:
        """Who answers now."""
        return self.state.get("speaker") or RESPONDENT

    @cached_property
    def own(self) -> Mapping[str, Rating]:
        """The ratings by what the one who answers now has said, and by what stands from an earlier audit."""
        if all(entry.who == self.speaker for entry in self.ledger):
            return self.ratings
        return rate([entry for entry in self.ledger if entry.who == self.speaker or entry.carried_from], self.rubric)

    @property
    def names(self) -> tuple[str, ...]:
        """What tells whose audit this is: the company, the project, and who answered."""
        speakers = dict.fromkeys([*(entry.who for entry in self.ledger), self.speaker])
        return (*self.profile.names, *(name for who in speakers for name in names_in(who)))

    @cached_property
    def before(self) -> Snapshot | None:
        """The earlier audit of the same project."""
        before = self.state.get("before")
        return Snapshot.model_validate(before) if before else None

    @property
    def pending(self) -> Asked | None:
        """The open question."""
        pending = self.state.get("pending")
        return Asked.model_validate(pending) if pending else None

    @property
    def message(self) -> Message:
        """What the person just sent."""
        return Message.model_validate(self.state["incoming"])

    @property
    def assessment(self) -> Assessment:
        """What the assessor proposed about it."""
        return Assessment.model_validate(self.state["assessment"])

    @property
    def profile(self) -> Profile:
        """What is known about the project."""
        return Profile.model_validate(self.state.get("profile", {}))

    @property
    def scope(self) -> list[str]:
        """The criteria that the chosen depth asks for."""
        criteria = self.rubric.core if self.state["depth"] == "quick" else tuple(self.rubric.criteria.values())
        return [criterion.id for criterion in criteria]

    @property
    def open_questions(self) -> int:
        """How many criteria of the scope nobody has spoken about yet."""
        return sum(self.ratings[c].standing == "open" for c in self.scope)

    def asks(self, criterion: str) -> Asks:
        """What the one who answers now was asked about a criterion already."""
        return self.state.get("asked", {}).get(self.asks_of(criterion), {})

    def asks_of(self, criterion: str) -> str:
        """Name what was asked about a criterion: each person is asked for themselves, by number, as a name has no place in a key."""
        return criterion if self.speaker == RESPONDENT else f"{criterion} {self.state['speakers'].index(self.speaker) + 1}"


def names_in(who: str) -> tuple[str, ...]:
    """Return a person's name whole and in its parts; what stands behind a comma is a role."""
    return () if who == RESPONDENT else (who, *who.partition(",")[0].split())


def emitted(*events: Event) -> list[dict[str, Any]]:
    """Turn events into what the state holds of them."""
    return [event.model_dump(mode="json") for event in events]
