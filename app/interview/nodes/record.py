"""Record: write what was heard into the ledger, bounded by the rules, and read it back."""

from collections.abc import Sequence
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.assessment import Assessment, Finding, Intent
from app.audit.ledger.evidence import Entry, ReadBy
from app.interview.context import Context
from app.interview.entries import DECIDED, Scribe
from app.interview.events import Asked, AskedFollowup, AskedProbe, Event, Said
from app.interview.nodes.assess import asked_of
from app.interview.replies import unsure
from app.interview.state import Clash
from app.interview.turn import Turn, go
from app.interview.view import View

CLASH_LEVELS = 2
"""Statements this many levels apart contradict each other."""
CLASH_SURE = 0.6
PLAINLY_SAID = 0.8
"""What an answer to another question says in passing is believed from this probability; less sure, it is asked in its turn."""


async def record(state: Turn, runtime: Runtime[Context]) -> Command[Literal["explain", "ask"]]:
    """Write the answer to the open question, and everything else that the message reveals."""
    scribe, read = Scribe(state, runtime.context), state.read
    assert read is not None  # noqa: S101 - assess read it
    view, interview, pending, asked = scribe.view, state.interview, state.interview.pending, asked_of(state.interview.pending)
    answered = _answer(scribe, read, pending, asked, state.text) if pending and asked else []
    sure = PLAINLY_SAID if asked else 0.0
    heard = [finding for finding in read.findings if finding.criterion != asked and finding.about >= sure]
    clashes = _clashes(view, heard, runtime.context.assessor.fingerprint)
    new = [finding for finding in heard if is_news(view, finding)]
    told = [scribe.read_back(scribe.write_finding(finding)) for finding in new]
    changed = interview.changed(
        ledger=scribe.ledger,
        profile=view.profile.merged(read.profile),
        clashes=(*(clash for clash in interview.clashes if clash.criterion != asked), *clashes),
        topic=asked or (new[-1].criterion if new else interview.topic),
        pending=None,
    )
    thanks = [] if asked else _thanks(runtime.context, finished=interview.phase == "finished", told=bool(told))
    return go("explain" if read.question else "ask", changed, [*answered, *thanks, *told])


def _thanks(context: Context, *, finished: bool, told: bool) -> list[Event]:
    """Say that the project was heard of; what it told of the criteria follows."""
    if told:
        return [Said(text=context.words.say("interview.heard.something"))]
    return [] if finished else [Said(text=context.words.say("interview.heard.nothing"))]


def _answer(scribe: Scribe, read: Assessment, pending: Asked, asked: str, text: str) -> list[Event]:
    """Write the answer to the open question, and read it back unless it is to be asked about."""
    entry = _answered(scribe, read, pending, asked, text)
    return [] if entry.standing == "bare" else [scribe.read_back(entry)]


def _answered(scribe: Scribe, read: Assessment, pending: Asked, asked: str, text: str) -> Entry:
    finding = next((f for f in read.findings if f.criterion == asked), None)
    reader: ReadBy = "encoder" if read.assessed_by == "encoder" else "model"
    adds = isinstance(pending, AskedFollowup | AskedProbe)
    if read.intent is Intent.NOT_APPLICABLE:
        return scribe.write(asked, "not_applicable", text, reader, note=text)
    if read.intent is Intent.UNKNOWN or finding is None:
        of_a_claim = read.intent is Intent.UNKNOWN and isinstance(pending, AskedFollowup)
        return scribe.write(asked, "unknown", text, reader, adds=of_a_claim)
    if adds and finding.needs_followup >= DECIDED and (kept := unsure(scribe, asked, text)):
        return kept
    return scribe.write_finding(finding, adds=adds)


def is_news(view: View, finding: Finding) -> bool:
    """Say whether the one who answers had not said anything on this yet; what an earlier audit holds gives way to a sure reading."""
    own = view.own[finding.criterion]
    return own.standing in ("open", "skipped") or (own.carried and finding.confidence >= CLASH_SURE)


def _clashes(view: View, heard: Sequence[Finding], read_with: str) -> list[Clash]:
    """Find what contradicts an earlier answer; each criterion is put to the person once."""
    interview, found = view.interview, []
    put = {*interview.settled_clashes, *(clash.criterion for clash in interview.clashes)}
    for finding in heard:
        rating = view.own[finding.criterion]
        if rating.level is None or rating.carried or finding.criterion in put or finding.confidence < CLASH_SURE:
            continue
        if abs(rating.level - finding.level) >= CLASH_LEVELS:
            found.append(Clash(criterion=finding.criterion, earlier=rating.quotes[-1].number, finding=finding, read_with=read_with))
    return found
