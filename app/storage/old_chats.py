"""Chats as Chainlit kept them for earlier releases, turned into transcripts when the database is brought up."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

RESPONDENT = "respondent"
"""Nobody's name: the old chat did not note who said what."""


@dataclass(frozen=True)
class Step:
    """A message of an old chat."""

    type: str
    """`user_message` or `assistant_message`."""
    output: str
    metadata: str
    """JSON; holds the run that the message came from, where it was traced."""
    at: datetime


@dataclass
class OldTurn:
    """What a person said, and what came back."""

    at: datetime
    said: str | None
    heard: list[str] = field(default_factory=list)
    run_id: UUID | None = None

    @property
    def said_json(self) -> str | None:
        """What was said, as a message: a tap was kept by its label and is carried as the words it showed."""
        return None if self.said is None else json.dumps({"kind": "typed", "text": self.said}, ensure_ascii=False)

    @property
    def events_json(self) -> str:
        """What came back, as events: the old chat kept nothing but its text."""
        return json.dumps([{"kind": "said", "text": text} for text in self.heard], ensure_ascii=False)


def old_turns(steps: Iterable[Step]) -> list[OldTurn]:
    """Gather a chat's messages, oldest first, into turns: each thing said begins one."""
    turns: list[OldTurn] = []
    for step in steps:
        if step.type == "user_message":
            turns.append(OldTurn(step.at, step.output))
            continue
        if not turns:
            turns.append(OldTurn(step.at, None))
        if step.output:
            turns[-1].heard.append(step.output)
        turns[-1].run_id = _run_of(step.metadata) or turns[-1].run_id
    return turns


def numbered(turns: Sequence[OldTurn], last: int) -> list[tuple[int, OldTurn]]:
    """Give turns their numbers, counted back from the audit's last one: what opened a chat was not always a turn."""
    return [(max(0, last - len(turns) + place), turn) for place, turn in enumerate(turns, start=1)]


def _run_of(metadata: str) -> UUID | None:
    try:
        noted = json.loads(metadata or "{}")
        return UUID(noted["run"])
    except (ValueError, KeyError, TypeError):
        return None
