"""The interview: begin, reply, hand over, resume. One turn is one transaction; what two people say at once is never lost or mixed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID
from weakref import WeakValueDictionary

from app.access.permission import Act
from app.access.principal import Principal, Visitor
from app.audit.again.snapshot import Snapshot
from app.audit.model import Value
from app.audit.rubric import Rubric
from app.errors import BusyError, OvertakenError
from app.interview.events import Depth, Event, Finished, TurnBegan
from app.interview.interviewer import Interviewer, Outcome, Seen
from app.interview.messages import Handover, Message, handed_to
from app.interview.state import Interview
from app.interview.view import View, names_in
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer
from app.observability.turns import turn_of
from app.storage.audits import Audits
from app.storage.outbox import OutboxEntry
from app.storage.records import SavedAudit
from app.use.permitted import permitted
from app.use.reports import TO_WORD, Reports
from app.use.running import Running
from app.use.written import at_the_door, write_down

ATTEMPTS = 2
"""How often a message is taken where the audit was changed in the meantime: once more, on what it then is."""
Run = Callable[[UUID | None], Awaitable[Outcome]]
"""Runs one turn; it is told the id that its trace is to have."""


class Beginning(Value):
    """How an audit begins."""

    depth: Depth = "full"
    who: str = ""
    """Who answers, where they gave a name."""
    follows: str | None = None
    """The id of an earlier audit of the same project that it begins from."""


class Interviews:
    """Holds audits' conversations, many at once; turns of one audit wait for each other, across processes too."""

    def __init__(
        self,
        *,
        audits: Audits,
        interviewer: Interviewer,
        reports: Reports,
        rubric: Rubric,
        tracer: Tracer,
        metrics: Metrics,
        running: Running,
        clock: Callable[[], datetime],
        turn_seconds: float,
    ) -> None:
        """Take what a turn needs; `turn_seconds` is how long one may wait for a model."""
        self._audits = audits
        self._interviewer = interviewer
        self._reports = reports
        self._rubric = rubric
        self._tracer = tracer
        self._metrics = metrics
        self._running = running
        self._clock = clock
        self._turn_seconds = turn_seconds
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def exists(self, audit_id: str) -> bool:
        """Say whether there is an audit of this id, whoever it belongs to."""
        return await self._audits.by_id(audit_id) is not None

    async def begin(self, principal: Principal, audit_id: str, how: Beginning | None = None) -> list[Event]:
        """Begin an audit and return the greeting and the opening question; one that exists is resumed instead.

        Raises:
            NotAllowedError: it exists and is not theirs.
        """
        how = how or Beginning()
        async with self._lock(audit_id):
            if await self.exists(audit_id):
                return await self.resume(principal, audit_id)
            follows = await self._reports.snapshot(principal, how.follows) if how.follows else None
            owner = principal.id if isinstance(principal, Visitor) else None

            async def run(run_id: UUID | None) -> Outcome:
                outcome = await self._first(audit_id, how, follows, run_id)
                written = write_down(outcome, None, self._clock(), run_id, self._rubric)
                await self._audits.add(audit_id, owner, written.standing, written.state, written.turn)
                return outcome

            try:
                outcome = await self._traced(audit_id, 0, (), run)
            except OvertakenError:  # another process was asked the same a moment ago
                return await self.resume(principal, audit_id)
        return list(outcome.events)

    async def take(self, principal: Principal, audit_id: str, message: Message, seen: Seen | None = None) -> list[Event]:
        """Take one message and return what happens; `seen` is told the events of each step, and each piece of one, as they come.

        Raises:
            NoSuchAuditError: there is no audit of this id.
            NotAllowedError: it is not theirs.
            BusyError: somebody else changed it again and again meanwhile; the message was not taken.
        """
        message = at_the_door(message)
        tell = seen or (lambda _events: None)
        async with self._lock(audit_id):
            for _ in range(ATTEMPTS):
                saved = await permitted(self._audits, principal, Act.ANSWER, audit_id)
                tell([TurnBegan(number=saved.record.version + 1)])
                with suppress(OvertakenError):
                    return await self._turn(saved, message, tell)
        raise BusyError(audit_id)

    async def reply(
        self, principal: Principal, audit_id: str, message: Message | None, how: Beginning | None = None
    ) -> AsyncGenerator[Sequence[Event]]:
        """Take one message and yield the events of each step as it comes. Whoever stops listening does not stop the turn: it is saved.

        An audit that is not there yet is begun first, as `how` says; without a message that is all.
        Raises what `begin` and `take` raise.
        """
        events: asyncio.Queue[Sequence[Event] | None] = asyncio.Queue()
        turn = self._running.start(self._begun_and_taken(principal, audit_id, message, how, events.put_nowait))
        turn.add_done_callback(lambda _done: events.put_nowait(None))
        while (brought := await events.get()) is not None:
            yield brought
        await turn

    async def _begun_and_taken(
        self, principal: Principal, audit_id: str, message: Message | None, how: Beginning | None, tell: Seen
    ) -> None:
        if how is not None:
            begun = await self.begin(principal, audit_id, how)
            tell(begun[:1] if message else begun)  # who has answered already is not asked to begin
        if message is not None:
            await self.take(principal, audit_id, message, tell)

    async def resume(self, principal: Principal, audit_id: str) -> list[Event]:
        """Return where an audit stands: the open question again, or that it is finished. Raises as `view` does."""
        return self._interviewer.reopened((await self.view(principal, audit_id)).interview)

    async def view(self, principal: Principal, audit_id: str) -> View:
        """Return what is saved of an audit.

        Raises:
            NoSuchAuditError: there is no audit of this id.
            NotAllowedError: it is not theirs.
        """
        saved = await permitted(self._audits, principal, Act.READ, audit_id)
        return View(Interview.model_validate_json(saved.state), self._rubric)

    async def last_finished_by(self, principal: Principal) -> str | None:
        """Return the id of the audit that a visitor finished last: another can follow it."""
        record = await self._audits.latest_finished_of(principal.id) if isinstance(principal, Visitor) else None
        return record.id if record else None

    async def open_audit_of(self, visitor: Visitor) -> str | None:
        """Return the id of the open audit that a visitor worked on last; one without an answer does not count."""
        record = await self._audits.latest_of(visitor.id)
        return record.id if record else None

    async def _first(self, audit_id: str, how: Beginning, follows: Snapshot | None, run_id: UUID | None) -> Outcome:
        begun = await self._interviewer.begin(audit_id, how.depth, follows=follows, run_id=run_id)
        if not how.who:
            return begun
        handed = await self._interviewer.take(begun.interview, handed_to(how.who))
        return Outcome(handed.interview, (*begun.events[:1], *handed.events))

    async def _turn(self, saved: SavedAudit, message: Message, seen: Seen) -> list[Event]:
        interview, record = Interview.model_validate_json(saved.state), saved.record
        names = View(interview, self._rubric).names + (names_in(message.who) if isinstance(message, Handover) else ())

        async def run(run_id: UUID | None) -> Outcome:
            outcome = await self._interviewer.take(interview, message, seen=seen, run_id=run_id)
            finished = any(isinstance(event, Finished) for event in outcome.events)
            to_do = (OutboxEntry(kind=TO_WORD, audit_id=record.id),) if finished and self._reports.words_by_model else ()
            written = write_down(outcome, message, self._clock(), run_id, self._rubric)
            await self._audits.save_turn(record.id, record.version, written.standing, written.state, written.turn, outbox=to_do)
            for entry in to_do:
                self._running.start(self._reports.take_up(entry))
            return outcome

        return list((await self._traced(record.id, interview.turn + 1, names, run)).events)

    async def _traced(self, audit_id: str, turn: int, names: Sequence[str], run: Run) -> Outcome:
        """Run one turn where it is traced, timed and counted."""
        with turn_of(audit_id, turn, self._turn_seconds) as at_hand, self._tracer.turn(audit_id, turn, names) as run_id:
            failed = True
            try:
                outcome = await run(run_id)
                failed = False
            finally:
                self._metrics.turn(at_hand, failed=failed)
        return outcome

    def _lock(self, audit_id: str) -> asyncio.Lock:
        return self._locks.setdefault(audit_id, asyncio.Lock())
