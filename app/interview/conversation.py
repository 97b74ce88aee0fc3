"""The conversation as an interface holds it: start, reply, resume; one graph run per turn, one turn at a time per audit."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, cast
from uuid import UUID
from weakref import WeakValueDictionary

from langchain_core.runnables import RunnableConfig
from pydantic import TypeAdapter

from app.audit.again.snapshot import Snapshot
from app.interview import wording
from app.interview.errors import NoSuchAuditError
from app.interview.events import HAND_OVER, Depth, Event, Finished, Message, Said
from app.interview.graph import TurnGraph
from app.interview.nodes.ask import progress
from app.interview.state import Context, InterviewState, View, names_in
from app.observability.turns import Turn, turn_of

_EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
STEPS_PER_TURN = 12
"""A turn that needs more graph steps is a loop."""

RUNS_KEPT = 1_000
"""Audits whose last run is remembered."""

Trace = Callable[[str, int, Sequence[str]], AbstractContextManager[UUID | None]]
"""Opens the trace of a turn: (audit id, turn number, names known in the audit) → the id that its run is to have."""


def _untraced(audit_id: str, turn: int, names: Sequence[str]) -> AbstractContextManager[UUID | None]:
    return nullcontext()


Seen = Callable[[Sequence[Event]], None]
"""Is told events as they come."""


class Done(Protocol):
    """Is told of each turn that ended."""

    def __call__(self, turn: Turn, *, failed: bool) -> None: ...  # noqa: D102


class Register(Protocol):
    """Where it is noted which audits there are and where each stands."""

    async def add(self, audit_id: str, depth: str, visitor: str | None = None) -> object: ...  # noqa: D102

    async def update(self, audit_id: str, *, title: str, depth: str, phase: str, turns: int) -> None: ...  # noqa: D102


class Conversation:
    """Holds audits' conversations. Safe for many audits at once; turns of one audit wait for each other."""

    def __init__(
        self,
        graph: TurnGraph,
        context: Context,
        register: Register,
        trace: Trace = _untraced,
        *,
        turn_seconds: float = 12.0,
        done: Done = lambda _turn, *, failed: None,
    ) -> None:
        """Take what a turn needs; `turn_seconds` is how long one may wait for a model, and `done` is told of each that ended."""
        self._graph = graph
        self._context = context
        self._register = register
        self._trace = trace
        self._turn_seconds = turn_seconds
        self._done = done
        self._running: set[asyncio.Task[list[Event]]] = set()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._runs: OrderedDict[str, UUID] = OrderedDict()

    async def start(
        self, audit_id: str, depth: Depth = "full", visitor: str | None = None, *, follows: Snapshot | None = None
    ) -> list[Event]:
        """Begin an audit and return the greeting and the opening question; an audit that exists is resumed instead.

        `follows` is an earlier audit of the same project, which this one begins from and is compared with.
        """
        async with self._lock(audit_id):
            if await self._state(audit_id):
                return await self._reopened(audit_id)
            await self._register.add(audit_id, depth, visitor)
            before = follows.model_dump(mode="json") if follows else None
            return await self._turn(audit_id, {"audit_id": audit_id, "depth": depth, "phase": "new", "before": before}, 0, ())

    async def reply(self, audit_id: str, message: Message, seen: Seen | None = None) -> list[Event]:
        """Take one message and return what happens; `seen` is told the events of each step, and each piece of one, as they come.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        async with self._lock(audit_id):
            state = await self._existing(audit_id)
            names = View(state, self._context.rubric).names
            if message.choice == HAND_OVER:
                names += names_in(message.text)
            return await self._turn(audit_id, {"incoming": message.model_dump(mode="json")}, state["turn"] + 1, names, seen)

    async def stream(self, audit_id: str, message: Message) -> AsyncGenerator[Sequence[Event]]:
        """Take one message and yield the events of each step as it comes. Whoever stops listening does not stop the turn: it is saved.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        events: asyncio.Queue[Sequence[Event] | None] = asyncio.Queue()
        turn = asyncio.create_task(self.reply(audit_id, message, events.put_nowait))
        self._running.add(turn)
        turn.add_done_callback(self._running.discard)
        turn.add_done_callback(lambda _done: events.put_nowait(None))
        while (brought := await events.get()) is not None:
            yield brought
        await turn

    async def resume(self, audit_id: str) -> list[Event]:
        """Return where an audit stands: the open question again, or that it is finished.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        async with self._lock(audit_id):
            return await self._reopened(audit_id)

    async def view(self, audit_id: str) -> View:
        """Return what is saved of an audit.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        return View(await self._existing(audit_id), self._context.rubric)

    def last_run(self, audit_id: str) -> UUID | None:
        """Return the id of the run that the audit's last turn was traced as; None when it was not, or is long ago."""
        return self._runs.get(audit_id)

    async def _reopened(self, audit_id: str) -> list[Event]:
        view = View(await self._existing(audit_id), self._context.rubric)
        if view.state["phase"] == "finished":
            return [Finished(text=wording.AFTER_FINISH, can_deepen=any(r.standing == "open" for r in view.ratings.values()))]
        events: list[Event] = [Said(text=wording.WELCOME_BACK)]
        if view.pending:
            events += [view.pending, progress(view, view.pending.gap)]
        return events

    async def _turn(self, audit_id: str, update: dict[str, Any], turn: int, names: Sequence[str], seen: Seen | None = None) -> list[Event]:
        with turn_of(audit_id, turn, self._turn_seconds) as at_hand, self._trace(audit_id, turn, names) as run_id:
            self._remember(audit_id, run_id)
            try:
                state = await self._run(audit_id, update, run_id, seen or (lambda _events: None))
            except Exception:
                self._done(at_hand, failed=True)
                raise
            self._done(at_hand, failed=False)
        title = View(state, self._context.rubric).profile.title
        await self._register.update(audit_id, title=title, depth=state["depth"], phase=state["phase"], turns=state["turn"])
        return _EVENTS.validate_python(state["events"])

    async def _run(self, audit_id: str, update: dict[str, Any], run_id: UUID | None, seen: Seen) -> InterviewState:
        """Run the graph once, passing events on as the nodes bring them."""
        state: Any = None
        async for mode, data in self._graph.astream(
            cast("InterviewState", update),
            self._config(audit_id, run_id),
            context=self._context,
            durability="exit",
            stream_mode=["updates", "custom", "values"],
        ):
            if mode == "values":
                state = data
            elif mode == "custom":
                seen([cast("Event", data)])
            else:
                for brought in cast("dict[str, Any]", data).values():
                    if events := (brought or {}).get("events"):
                        seen(_EVENTS.validate_python(events))
        return cast("InterviewState", state)

    async def _state(self, audit_id: str) -> InterviewState | None:
        snapshot = await self._graph.aget_state(self._config(audit_id))
        return cast("InterviewState", snapshot.values) if snapshot.values else None

    async def _existing(self, audit_id: str) -> InterviewState:
        state = await self._state(audit_id)
        if state is None:
            raise NoSuchAuditError(audit_id)
        return state

    def _remember(self, audit_id: str, run_id: UUID | None) -> None:
        self._runs.pop(audit_id, None)
        if run_id is not None:
            self._runs[audit_id] = run_id
        if len(self._runs) > RUNS_KEPT:
            self._runs.popitem(last=False)

    def _config(self, audit_id: str, run_id: UUID | None = None) -> RunnableConfig:
        config: RunnableConfig = {"configurable": {"thread_id": audit_id}, "recursion_limit": STEPS_PER_TURN, "run_name": "turn"}
        return {**config, "run_id": run_id} if run_id else config

    def _lock(self, audit_id: str) -> asyncio.Lock:
        return self._locks.setdefault(audit_id, asyncio.Lock())
