"""Record: write what was heard into the ledger, bounded by the rules, and read it back."""

from typing import Any

from langgraph.runtime import Runtime

from app.audit.ledger.assessment import Assessment, Finding, Intent
from app.audit.ledger.evidence import ReadBy
from app.interview import wording
from app.interview.entries import DECIDED, Scribe
from app.interview.events import Asked, Event, Said
from app.interview.nodes.take_tap import answer_probe, confirmed, restarted, settle_clash, unsure_probe
from app.interview.state import Clash, Context, InterviewState, View, emitted

CLASH_LEVELS = 2
"""Statements this many levels apart contradict each other."""
CLASH_SURE = 0.6
PLAINLY_SAID = 0.8
"""What an answer to another question says in passing is believed from this probability; less sure, it is asked in its turn."""


def record(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Write the answer to the open question, and everything else that the message reveals."""
    scribe = Scribe(state, runtime.context)
    view, read, pending = scribe.view, scribe.view.assessment, scribe.view.pending
    events: list[Event] = []
    asked = pending.criterion if pending and pending.asks in ("criterion", "followup", "probe", "change", "contradiction") else None
    if asked and pending:
        events += _answer(scribe, read, pending, asked)
    sure = PLAINLY_SAID if asked else 0.0
    heard = [finding for finding in read.findings if finding.criterion != asked and finding.about >= sure]
    clashes = _clashes(view, heard, state)
    new = [f for f in heard if is_news(view, f)]
    told = [scribe.read_back(scribe.write_finding(f)) for f in new]
    if told and not asked:
        events.append(Said(text=wording.HEARD))
    elif not asked and state["phase"] != "finished":
        events.append(Said(text=wording.NOTHING_HEARD))
    events += told
    return {
        "ledger": scribe.ledger,
        "profile": view.profile.merged(read.profile).model_dump(mode="json"),
        "clashes": [*(c for c in state.get("clashes", []) if c["criterion"] != asked), *clashes],
        "topic": asked or (new[-1].criterion if new else state.get("topic")),
        "pending": None,
        "events": emitted(*events),
        "route": "explain" if read.question else "next",
    }


def _answer(scribe: Scribe, read: Assessment, pending: Asked, asked: str) -> list[Event]:
    text = scribe.view.message.text
    finding = next((f for f in read.findings if f.criterion == asked), None)
    adds = pending.asks in ("followup", "probe")
    reader: ReadBy = "encoder" if read.assessed_by == "encoder" else "model"
    if read.intent is Intent.NOT_APPLICABLE:
        entry = scribe.write(asked, "not_applicable", text, reader, note=text)
    elif read.intent is Intent.UNKNOWN and pending.asks == "followup":
        latest = scribe.latest(asked)
        entry = scribe.write(asked, "unknown", text, reader, adds=latest is not None)
    elif read.intent is Intent.UNKNOWN or finding is None:
        entry = scribe.write(asked, "unknown", text, reader)
    elif adds and finding.needs_followup >= DECIDED and (kept := unsure_probe(scribe, asked, text)):
        entry = kept
    else:
        entry = scribe.write_finding(finding, adds=adds)
    return [] if entry.standing == "bare" else [scribe.read_back(entry)]


def is_news(view: View, finding: Finding) -> bool:
    """Say whether the one who answers had not said anything on this yet; what an earlier audit holds gives way to a sure reading."""
    own = view.own[finding.criterion]
    return own.standing in ("open", "skipped") or (own.carried and finding.confidence >= CLASH_SURE)


def _clashes(view: View, heard: list[Finding], state: InterviewState) -> list[Clash]:
    """Find what contradicts an earlier answer; each criterion is put to the person once."""
    settled = {*state.get("settled_clashes", []), *(clash["criterion"] for clash in state.get("clashes", []))}
    found = []
    for finding in heard:
        rating = view.own[finding.criterion]
        if rating.level is None or rating.carried or finding.criterion in settled or finding.confidence < CLASH_SURE:
            continue
        if abs(rating.level - finding.level) >= CLASH_LEVELS and rating.quotes:
            found.append(Clash(criterion=finding.criterion, earlier=rating.quotes[-1].number, finding=finding.model_dump(mode="json")))
    return found


def record_probe(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Take a yes, a no or a don't know to a boundary probe."""
    view = View(state, runtime.context.rubric)
    pending, answer = view.pending, state["route"].removeprefix("probe:")
    assert pending is not None and pending.criterion is not None  # noqa: S101 - assess looked at it
    if answer != "unknown":
        return answer_probe(state, runtime.context, pending, above=answer == "yes", quote=view.message.text)
    scribe = Scribe(state, runtime.context)
    unsure_probe(scribe, pending.criterion, view.message.text)
    return {"ledger": scribe.ledger, "pending": None, "topic": pending.criterion}


def record_confirmation(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Take a typed yes or no to a summary or a restart."""
    view = View(state, runtime.context.rubric)
    pending, yes = view.pending, state["route"].endswith("yes")
    assert pending is not None  # noqa: S101 - assess looked at it
    if pending.asks == "restart":
        return restarted(state) if yes else {"pending": None, "events": emitted(Said(text=wording.KEPT))}
    if yes:
        return confirmed(state, runtime.context, pending, view.message.text)
    return {"pending": None, "route": "change:"}


def record_clash(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Take which of two statements holds."""
    return settle_clash(state, runtime.context, state["route"].removeprefix("clash:"))


def record_reason(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Take the reason why a criterion does not apply."""
    scribe = Scribe(state, runtime.context)
    pending, reason = scribe.view.pending, scribe.view.message.text
    assert pending is not None and pending.criterion is not None  # noqa: S101 - every reason belongs to a criterion
    entry = scribe.write(pending.criterion, "not_applicable", reason, "encoder", adds=True, note=reason)
    return {"ledger": scribe.ledger, "pending": None, "topic": pending.criterion, "events": emitted(scribe.read_back(entry))}


def record_cover(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Take the name for the cover."""
    view = View(state, runtime.context.rubric)
    name = " ".join(view.message.text.split())[:80].rstrip(".")
    return {"pending": None, "cover_asked": True, "profile": view.profile.model_copy(update={"project": name}).model_dump(mode="json")}
