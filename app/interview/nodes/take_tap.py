"""Take a tap: a choice says exactly what it means, so nothing has to be read."""

from typing import Any

from langgraph.runtime import Runtime

from app.audit.again.snapshot import carried_on
from app.audit.ledger.assessment import Finding
from app.audit.ledger.ceilings import narrowed
from app.audit.ledger.evidence import Entry
from app.interview import wording
from app.interview.entries import Scribe, beginning
from app.interview.events import Asked, Event, Said
from app.interview.state import Context, InterviewState, View, emitted

PROBE_UNKNOWN_LESS_SURE = 0.8


def take_tap(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Do what the tapped choice says."""
    view = View(state, runtime.context.rubric)
    choice, pending = view.message.choice or "", view.pending
    if choice.startswith("change:"):
        return {"pending": None, "topic": None, "route": choice}
    assert pending is not None  # noqa: S101 - listen sent the turn here because the choice belongs to the open question
    match pending.asks:
        case "summary":
            return confirmed(state, runtime.context, pending, _label(pending, choice))
        case "restart":
            return restarted(state) if choice == "yes" else {"events": emitted(Said(text=wording.KEPT)), "pending": None}
        case "cover":
            return {"cover_asked": True, "pending": None}
        case "reason":
            return {"pending": None}
        case "contradiction":
            return settle_clash(state, runtime.context, choice)
        case "probe" if choice in ("yes", "no"):
            return answer_probe(state, runtime.context, pending, above=choice == "yes", quote=_label(pending, choice))
        case _:
            return _take_standing(state, runtime.context, pending, choice)


def _label(pending: Asked, choice: str) -> str:
    return next(c.label for c in pending.choices if c.value == choice)


def _take_standing(state: InterviewState, context: Context, pending: Asked, choice: str) -> dict[str, Any]:
    scribe = Scribe(state, context)
    criterion = pending.criterion
    if criterion is None:
        return {"pending": None}
    label = _label(pending, choice)
    if pending.asks == "probe":
        entry = unsure_probe(scribe, criterion, label)
        return {"ledger": scribe.ledger, "pending": None, "topic": criterion} if entry is None else _noted(scribe, entry)
    if choice.startswith("level:"):
        entry = scribe.write(criterion, "rated", label, "tap", level=int(choice.removeprefix("level:")))
    elif choice == wording.AS_BEFORE.value:
        entry = _as_before(scribe, criterion, label)
    elif choice == "unknown":
        entry = scribe.write(criterion, "unknown", label, "tap")
    elif choice == "not_applicable":
        scribe.write(criterion, "not_applicable", label, "tap")
        return _ask_reason(state, scribe, criterion)
    else:
        entry = scribe.write(criterion, "skipped", label, "tap")
    return _noted(scribe, entry)


def _as_before(scribe: Scribe, criterion: str, label: str) -> Entry:
    """Write down that a criterion stands where it stood in the earlier audit, on the words that were given then."""
    before = scribe.view.before
    assert before is not None  # noqa: S101 - the choice is offered in an audit that follows another only
    scribe.ledger += [entry.model_dump(mode="json") for entry in carried_on(before, criterion, len(scribe.ledger))]
    return scribe.write(criterion, "rated", label, "tap", adds=True, level=before.stood[criterion].level)


def confirmed(state: InterviewState, context: Context, pending: Asked, quote: str) -> dict[str, Any]:
    """Note that a gap is right as summed up; what stands from an earlier audit is thereby said again today."""
    scribe = Scribe(state, context)
    gap = context.rubric.gap(pending.gap or "")
    for rating in (scribe.view.own[c.id] for c in gap.criteria):
        if rating.carried:
            note = rating.note if rating.standing == "not_applicable" else ""
            scribe.write(
                rating.criterion,
                rating.quotes[-1].standing,
                quote,
                "tap",
                adds=True,
                level=rating.level,
                confidence=rating.confidence,
                note=note,
            )
    return {"ledger": scribe.ledger, "pending": None, "confirmed": [*state.get("confirmed", []), gap.id]}


def _ask_reason(state: InterviewState, scribe: Scribe, criterion: str) -> dict[str, Any]:
    """Ask why a criterion does not apply: it leaves the score, so the report has to say why."""
    about = scribe.view.rubric.criteria[criterion]
    asked = Asked(
        question_id=f"{state['turn']}-reason",
        asks="reason",
        text=wording.REASON.format(name=f"“{about.name.lower()}”"),
        criterion=criterion,
        gap=about.gap,
        choices=(wording.SKIP,),
    )
    return {"ledger": scribe.ledger, "pending": asked.model_dump(mode="json"), "events": emitted(asked), "route": "asked"}


def _noted(scribe: Scribe, entry: Entry, *more: Event) -> dict[str, Any]:
    return {"ledger": scribe.ledger, "pending": None, "topic": entry.criterion, "events": emitted(scribe.read_back(entry), *more)}


def unsure_probe(scribe: Scribe, criterion: str, quote: str) -> Entry | None:
    """Keep the rating when the person cannot say, and be less sure of it."""
    latest = scribe.latest(criterion)
    if latest is None or latest.level is None:
        return None
    return scribe.write(
        criterion,
        "rated",
        quote,
        "probe",
        adds=True,
        level=latest.level,
        confidence=latest.confidence * PROBE_UNKNOWN_LESS_SURE,
        distribution=latest.distribution,
        note=latest.note,
    )


def answer_probe(state: InterviewState, context: Context, pending: Asked, *, above: bool, quote: str) -> dict[str, Any]:
    """Narrow the rating to one side of the boundary that the probe decides."""
    scribe = Scribe(state, context)
    assert pending.criterion is not None and pending.boundary is not None  # noqa: S101 - every probe has both
    latest = scribe.latest(pending.criterion)
    before = latest.distribution if latest and latest.distribution else (0.2, 0.2, 0.2, 0.2, 0.2)
    after = narrowed(before, pending.boundary, above=above)
    found = Finding(criterion=pending.criterion, quote=quote, distribution=after)
    entry = scribe.write(
        pending.criterion, "rated", quote, "probe", adds=True, level=found.level, confidence=found.confidence, distribution=after
    )
    return _noted(scribe, entry)


def settle_clash(state: InterviewState, context: Context, choice: str) -> dict[str, Any]:
    """Keep the statement that the person says holds; the other stays in the history."""
    scribe = Scribe(state, context)
    clash, *rest = state["clashes"]
    done = {"clashes": rest, "settled_clashes": [*state.get("settled_clashes", []), clash["criterion"]]}
    if choice != "later":
        return done | {"pending": None, "events": emitted(Said(text=wording.KEPT))}
    entry = scribe.write_finding(Finding.model_validate(clash["finding"]))
    return done | _noted(scribe, entry)


def restarted(state: InterviewState) -> dict[str, Any]:
    """Clear the audit for a fresh start; one that follows another begins where that one ended."""
    return beginning(state) | {
        "turn": 0,
        "phase": "open",
        "asked": {},
        "confirmed": [],
        "clashes": [],
        "settled_clashes": [],
        "pending": None,
        "topic": None,
        "cover_asked": False,
        "events": emitted(Said(text=wording.RESTARTED)),
    }
