"""A turn as it is written down: the state after it, where the audit stands, and what was said, as the store keeps them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter

from app.audit.ledger.text import cleaned
from app.audit.rubric import Rubric
from app.interview.events import Event, Piece
from app.interview.interviewer import Outcome
from app.interview.messages import Handover, Message, Typed, handed_to
from app.interview.view import View
from app.storage.records import SavedTurn, Standing

_QUIET = ConfigDict(hide_input_in_errors=True)
"""What people said is in no error's text: it may go into a log."""
EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event], config=_QUIET)
MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)


@dataclass(frozen=True)
class WrittenTurn:
    """What is saved of a turn."""

    state: str
    """JSON."""
    standing: Standing
    turn: SavedTurn


def write_down(outcome: Outcome, message: Message | None, at: datetime, run_id: UUID | None, rubric: Rubric) -> WrittenTurn:
    """Write a turn down; pieces of what was being worded stand in their wholes."""
    view = View(outcome.interview, rubric)
    interview = view.interview
    return WrittenTurn(
        state=interview.model_dump_json(),
        standing=Standing(
            title=view.profile.title,
            depth=interview.depth,
            phase=interview.phase,
            turns=interview.turn,
            schema_version=interview.schema_version,
        ),
        turn=SavedTurn(
            turn=interview.turn,
            at=at,
            who=view.speaker,
            said=MESSAGE.dump_json(message).decode() if message else None,
            events=EVENTS.dump_json([event for event in outcome.events if not isinstance(event, Piece)]).decode(),
            run_id=run_id,
        ),
    )


def at_the_door(message: Message) -> Message:
    """Take out of what was typed what a store or a tokenizer would refuse."""
    match message:
        case Typed():
            return message.model_copy(update={"text": cleaned(message.text)})
        case Handover():
            return handed_to(cleaned(message.who))
        case _:
            return message
