"""What a single step of a turn needs, with stand-ins for everything around it."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from langgraph.runtime import Runtime
from langgraph.types import Command
from pydantic import TypeAdapter

from app.audit.guidance import Passage
from app.audit.ledger.assessment import Assessment, Finding, Intent
from app.audit.ledger.evidence import Entry, Grade
from app.audit.told.speech import Brief
from app.interview.asked import Asked, OpenQuestion
from app.interview.choices import value_of
from app.interview.context import Context
from app.interview.events import Event
from app.interview.messages import Tap
from app.interview.state import Interview
from app.interview.turn import Turn
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import Scripted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PIPELINE, REVIEW, TOOLING, GOVERNANCE = "data.pipeline", "security.review", "agentops.tooling", "data.governance"
_ASKED: TypeAdapter[Asked] = TypeAdapter(OpenQuestion)


@dataclass(frozen=True)
class Hit:
    passage: Passage


class Shelf:
    """Finds the passages that a test puts there, whatever is asked."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self.asked: list[tuple[str, int]] = []

    async def search(self, query: str, limit: int = 5, about: str | None = None) -> Sequence[Hit]:
        self.asked.append((query, limit))
        return [Hit(passage) for passage in self.passages[:limit]]


class Parrot:
    """A voice that says what a test tells it to, and keeps what it was given."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        self.briefs: list[Brief] = []

    async def word(self, brief: Brief) -> AsyncGenerator[str]:
        self.briefs.append(brief)
        for sentence in self.sentences:
            yield sentence

    async def explain(self, question: str, passages: Sequence[str], brief: Brief) -> AsyncGenerator[str]:
        self.briefs.append(brief)
        for sentence in self.sentences:
            yield sentence


def graded(quote: str) -> Grade:
    return Grade.EVIDENCED if "runbook" in quote else Grade.DESCRIBED


def context_of(knowledge: Knowledge, script: Mapping[str, Assessment | Sequence[Finding]] | None = None, **parts: Any) -> Context:
    given: dict[str, Any] = {"assessor": Scripted(script or {}), "playbook": Shelf(), "graded": graded, "clock": lambda: NOON} | parts
    return Context(rubric=knowledge.rubric, words=knowledge.words, **given)


def interview_of(*ledger: Entry, **fields: Any) -> Interview:
    return Interview.model_validate({"audit_id": "a", "phase": "open", "turn": 7, "ledger": ledger, **fields})


def asked(asks: str, *choices: str, **fields: Any) -> Asked:
    """A question of a kind, its choices by their short texts."""
    offered = [{"value": choice, "label": f"Label of {choice}"} for choice in choices]
    return _ASKED.validate_python({"question_id": "6-x", "asks": asks, "text": "Authored?", "choices": offered, **fields})


def tap(key: str, question_id: str | None = "6-x") -> Tap:
    return Tap(choice=value_of(key), question_id=question_id)


def reading(*findings: Finding, intent: Intent = Intent.ANSWER, **fields: Any) -> Assessment:
    return Assessment(intent=intent, findings=findings, **fields)


def all_rated(knowledge: Knowledge, level: int = 2, **fields: Any) -> list[Entry]:
    """An entry by tap on every criterion."""
    return [entry(n, c, level, read_by="tap", **fields) for n, c in enumerate(knowledge.rubric.criteria, start=1)]


@dataclass(frozen=True)
class Stepped:
    """Where a step went, and with what."""

    to: str
    interview: Interview
    events: tuple[Event, ...]
    brought: dict[str, Any]

    @property
    def said(self) -> list[str]:
        return [getattr(event, "text", "") for event in self.events]


Node = Callable[[Turn, Runtime[Context]], Awaitable[Command[Any]]]


async def step(node: Node, turn: Turn, context: Context) -> Stepped:
    """Run one node."""
    command = await node(turn, Runtime(context=context))
    brought = cast("dict[str, Any]", command.update)
    return Stepped(str(command.goto), brought.get("interview", turn.interview), brought["events"], brought)
