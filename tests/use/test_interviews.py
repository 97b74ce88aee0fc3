"""Turns as use cases: who may take one, what happens when two are taken at once, and what is saved of each."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.access.principal import OPERATOR, Visitor
from app.errors import BusyError, NoSuchAuditError, NotAllowedError, OvertakenError
from app.interview.asked import Question
from app.interview.events import Event, Finished, ReadBack, Said, TurnBegan
from app.interview.interviewer import Outcome
from app.interview.messages import Typed, handed_to
from app.storage.audits import Audits
from app.storage.outbox import Outbox, OutboxEntry
from app.use.interviews import Beginning, Interviews
from app.use.reports import TO_WORD
from app.use.written import write_down
from evals.program import Program

ANNA, BOB = Visitor(id=str(uuid4())), Visitor(id=str(uuid4()))
OPENING = "We pilot an assistant that drafts replies to insurance claims."


async def begun(program: Program, visitor: Visitor = ANNA) -> str:
    audit = str(uuid4())
    await program.use.interviews.begin(visitor, audit)
    return audit


def other_process(program: Program) -> Interviews:
    """Return the same use case as another process on the same database has it: with locks of its own."""
    return Interviews(
        audits=Audits(program.parts.database),
        interviewer=program.use.interviews._interviewer,
        reports=program.use.reports,
        rubric=program.parts.knowledge.rubric,
        tracer=program.parts.tracer,
        metrics=program.parts.metrics,
        running=program.use.interviews._running,
        clock=program.parts.clock,
        turn_seconds=12,
    )


async def test_nobody_but_its_owner_and_the_operator_takes_a_turn(program: Program) -> None:
    audit = await begun(program)
    with pytest.raises(NotAllowedError):
        await program.use.interviews.take(BOB, audit, Typed(text=OPENING))
    with pytest.raises(NotAllowedError):
        await program.use.interviews.view(BOB, audit)
    with pytest.raises(NotAllowedError):
        await program.use.interviews.begin(BOB, audit)
    with pytest.raises(NoSuchAuditError):
        await program.use.interviews.take(ANNA, str(uuid4()), Typed(text=OPENING))
    assert (await program.view(audit)).interview.turn == 0
    await program.use.interviews.take(ANNA, audit, Typed(text=OPENING))
    await program.use.interviews.take(OPERATOR, audit, Typed(text="By hand."))
    assert (await program.view(audit)).interview.turn == 2


async def test_an_audit_that_exists_is_resumed_and_not_begun_again(program: Program) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    events = await program.use.interviews.begin(ANNA, audit)
    assert isinstance(events[0], Said)
    assert "Welcome back" in events[0].text
    assert (await program.view(audit)).interview.turn == 1


async def test_who_answers_can_be_said_in_the_beginning(program: Program) -> None:
    audit = str(uuid4())
    events = await program.use.interviews.begin(ANNA, audit, Beginning(who="Ana Ruiz, InfoSec"))
    assert "Ana Ruiz, InfoSec" in "".join(e.text for e in events if isinstance(e, Said))
    assert (await program.view(audit)).speaker == "Ana Ruiz, InfoSec"
    assert any(isinstance(e, Question) for e in events)


async def test_a_turn_that_was_overtaken_is_run_again_on_what_then_holds(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    other, take = other_process(program), Interviews._turn
    seen: list[Event] = []

    async def overtaken_once(self: Interviews, *of: object) -> list[Event]:
        if self is program.use.interviews:
            monkeypatch.setattr(Interviews, "_turn", take)
            saved = of[0]
            await other.take(OPERATOR, audit, Typed(text="Nobody keeps traces, we looked once and gave up."))
            return await take(self, saved, *of[1:])  # type: ignore[arg-type]
        return await take(self, *of)  # type: ignore[arg-type]

    monkeypatch.setattr(Interviews, "_turn", overtaken_once)
    await program.use.interviews.take(ANNA, audit, Typed(text="Files are copied by hand every Monday."), seen.extend)
    assert [event.number for event in seen if isinstance(event, TurnBegan)] == [3, 4]
    view = await program.view(audit)
    said = {entry.quote for entry in view.ledger}
    assert view.interview.turn == 3
    assert any("by hand" in quote for quote in said), "neither answer is lost"
    assert any("Nobody keeps traces" in quote for quote in said)


async def test_who_is_overtaken_again_and_again_is_told_and_nothing_is_lost(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = await begun(program)

    async def always(*_of: object, **_more: object) -> None:
        raise OvertakenError(audit, 1)

    monkeypatch.setattr(Audits, "save_turn", always)
    with pytest.raises(BusyError):
        await program.say(audit, OPENING)
    assert (await program.view(audit)).interview.turn == 0


async def test_many_turns_at_once_are_all_taken_one_after_the_other(program: Program) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    await asyncio.gather(*(program.take(audit, handed_to(f"Person {n}")) for n in range(6)))
    view = await program.view(audit)
    assert view.interview.turn == 7
    assert sorted(view.interview.speakers) == [f"Person {n}" for n in range(6)]


async def test_a_turn_is_saved_though_nobody_listens_to_its_end(program: Program) -> None:
    audit = await begun(program)
    steps = program.use.interviews.reply(ANNA, audit, Typed(text=OPENING))
    await anext(steps)
    await steps.aclose()
    await program.use.interviews._running.close()
    assert (await program.view(audit)).interview.turn == 1


async def test_what_a_store_refuses_is_taken_out_at_the_door(program: Program) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    await program.say(audit, "Files are copied\0 by hand \ud800every Monday.")
    await program.take(audit, handed_to("An\0a"))
    view = await program.view(audit)
    assert view.speaker == "Ana"
    assert "\0" not in "".join(entry.quote for entry in view.ledger)
    transcript = await program.use.transcripts.of(ANNA, audit)
    assert transcript.turns[2].said == Typed(text="Files are copied by hand �every Monday.")


async def test_the_transcript_holds_every_turn_with_what_came_back(program: Program) -> None:
    audit = await begun(program)
    events = await program.say(audit, OPENING)
    transcript = await program.use.transcripts.of(ANNA, audit)
    assert [turn.number for turn in transcript.turns] == [1, 2]
    assert [turn.said for turn in transcript.turns] == [None, Typed(text=OPENING)]
    assert transcript.turns[1].events == tuple(events)
    assert transcript.turns[1].at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def test_an_erased_audit_is_gone_for_everybody(program: Program) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    with pytest.raises(NotAllowedError):
        await program.use.transcripts.erase(BOB, audit)
    await program.use.transcripts.erase(ANNA, audit)
    for gone in (program.view(audit), program.report(audit), program.use.transcripts.of(ANNA, audit), program.say(audit, "hello")):
        with pytest.raises(NoSuchAuditError):
            await gone
    assert await program.use.interviews.open_audit_of(ANNA) is None


async def test_a_visitor_comes_back_to_the_audit_that_is_open_and_follows_the_one_that_is_finished(program: Program) -> None:
    visitor = Visitor(id=str(uuid4()))
    audit = await begun(program, visitor)
    assert await program.use.interviews.open_audit_of(visitor) is None, "nothing was answered yet"
    await program.say(audit, OPENING)
    assert await program.use.interviews.open_audit_of(visitor) == audit
    assert await program.use.interviews.last_finished_by(visitor) is None
    events = await program.say(audit, "finish")
    assert any(isinstance(event, Finished) for event in events)
    assert await program.use.interviews.last_finished_by(visitor) == audit
    later = str(uuid4())
    with pytest.raises(NotAllowedError):
        await program.use.interviews.begin(BOB, later, Beginning(follows=audit))
    events = await program.use.interviews.begin(visitor, later, Beginning(follows=audit))
    assert isinstance(events[0], Said)
    assert "Welcome back" in events[0].text


async def test_an_answer_is_read_back(program: Program) -> None:
    audit = await begun(program)
    await program.say(audit, OPENING)
    events = await program.say(audit, "Every file is copied by hand, each Monday, by an intern with a spreadsheet.")
    assert any(isinstance(event, ReadBack) for event in events)


async def test_the_first_words_begin_an_audit_and_are_taken_though_nobody_waits(program: Program) -> None:
    audit = str(uuid4())
    steps = program.use.interviews.reply(ANNA, audit, Typed(text=OPENING), Beginning())
    await anext(steps)
    await steps.aclose()
    await program.use.interviews._running.close()
    transcript = await program.use.transcripts.of(ANNA, audit)
    assert [turn.said for turn in transcript.turns] == [None, Typed(text=OPENING)]


async def test_what_cannot_be_worded_does_not_stand_in_the_way_and_waits_for_a_model(program: Program) -> None:
    outbox, audit = Outbox(program.parts.database), await begun(program)
    entry = OutboxEntry(kind=TO_WORD, audit_id=audit)
    interview = (await program.view(audit)).interview
    written = write_down(Outcome(interview, ()), None, program.parts.clock(), None, program.parts.knowledge.rubric)
    await Audits(program.parts.database).save_turn(audit, 1, written.standing, written.state, written.turn, outbox=[entry])
    await program.use.reports.catch_up()
    assert [one.id for one in await outbox.waiting(TO_WORD, 5)] == [entry.id], "there is no model here"
