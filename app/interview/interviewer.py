"""Holds interviews: takes one as it stands and a message, runs one turn, and gives back how it stands then. It keeps nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from langchain_core.runnables import RunnableConfig

from app.audit.again.snapshot import Snapshot
from app.interview.context import Context
from app.interview.events import Depth, Event, Finished, Piece, Said
from app.interview.graph import build_graph
from app.interview.messages import Message
from app.interview.nodes.ask import progress
from app.interview.state import Interview
from app.interview.turn import Brought, Turn
from app.interview.view import View

STEPS_PER_TURN = 12
"""A turn that needs more graph steps is a loop."""

Seen = Callable[[Sequence[Event]], None]
"""Is told events as they come."""


@dataclass(frozen=True)
class Outcome:
    """How an interview stands after a turn, and what happened in it."""

    interview: Interview
    events: tuple[Event, ...]


def _unseen(_events: Sequence[Event]) -> None:
    pass


class Interviewer:
    """Runs turns, of many interviews at once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._graph = build_graph()

    async def begin(self, audit_id: str, depth: Depth, *, follows: Snapshot | None = None, run_id: UUID | None = None) -> Outcome:
        """Begin an interview: the greeting and the opening question.

        `follows` is an earlier audit of the same project, which this one begins from and is compared with.
        """
        return await self._run(Turn(interview=Interview(audit_id=audit_id, depth=depth, before=follows)), _unseen, run_id)

    async def take(self, interview: Interview, message: Message, *, seen: Seen | None = None, run_id: UUID | None = None) -> Outcome:
        """Take one message; `seen` is told the events of each step, and each piece of one, as they come.

        `run_id` is the id that the run is to have in the traces.
        """
        return await self._run(Turn(interview=interview, message=message), seen or _unseen, run_id)

    def reopened(self, interview: Interview) -> list[Event]:
        """Return where an interview stands: the open question again, or that it is finished."""
        view, words = View(interview, self._context.rubric), self._context.words
        if interview.phase == "finished":
            can_deepen = any(rating.standing == "open" for rating in view.ratings.values())
            return [Finished(text=words.say("interview.finished.after"), can_deepen=can_deepen)]
        events: list[Event] = [Said(text=words.say("interview.welcome_back"))]
        if interview.pending:
            events += [interview.pending, progress(view, interview.pending.about_gap)]
        return events

    async def _run(self, turn: Turn, seen: Seen, run_id: UUID | None) -> Outcome:
        """Run the graph once, passing events on as the nodes bring them."""
        interview, events = turn.interview, list[Event]()
        config = _config(interview.audit_id, run_id)
        async for mode, data in self._graph.astream(turn, config, context=self._context.of_one_turn(), stream_mode=["updates", "custom"]):
            if mode == "custom":
                seen([cast("Piece", data)])
                continue
            for brought in cast("dict[str, Brought]", data).values():
                interview = brought.get("interview", interview)
                if brought["events"]:
                    events += brought["events"]
                    seen(brought["events"])
        return Outcome(interview, tuple(events))


def _config(audit_id: str, run_id: UUID | None) -> RunnableConfig:
    config: RunnableConfig = {"configurable": {"thread_id": audit_id}, "recursion_limit": STEPS_PER_TURN, "run_name": "turn"}
    return {**config, "run_id": run_id} if run_id else config
