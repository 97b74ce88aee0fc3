"""Correct: change an earlier answer; the history stays in the ledger."""

from typing import Any

from langgraph.runtime import Runtime

from app.interview import wording
from app.interview.entries import DECIDED, Scribe
from app.interview.events import Asked, Choice, Event
from app.interview.state import Context, InterviewState, View, emitted

SURE_ENOUGH = 0.35


def correct(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Replace the rating that the message is about, or ask which one and what holds instead."""
    scribe = Scribe(state, runtime.context)
    view = scribe.view
    events: list[Event] = []
    for finding in view.assessment.findings:
        if finding.confidence < SURE_ENOUGH or finding.needs_followup >= DECIDED:
            continue
        events.append(scribe.read_back(scribe.write_finding(finding)))
    if events:
        return {"ledger": scribe.ledger, "events": emitted(*events), "route": "next", "topic": state.get("topic"), "pending": _kept(view)}
    about = view.assessment.findings[0].criterion if view.assessment.findings else ""
    return {"route": f"change:{about}"}


def _kept(view: View) -> dict[str, Any] | None:
    """Keep the open question, unless it asked what the correction has just said."""
    pending = view.pending
    said = {finding.criterion for finding in view.assessment.findings}
    if pending is None or pending.criterion in said or pending.asks in ("change", "summary", "contradiction"):
        return None
    return pending.model_dump(mode="json")


def ask_change(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Ask what holds instead; without a criterion, ask which answer is meant."""
    view = View(state, runtime.context.rubric)
    criterion = view.rubric.criteria.get(state["route"].removeprefix("change:"))
    question_id = f"{state['turn']}-change"
    if criterion is None:
        answered = [c for c in view.rubric.criteria.values() if view.ratings[c.id].standing != "open"]
        choices = tuple(Choice(value=f"change:{c.id}", label=c.name) for c in answered)
        asked = Asked(question_id=question_id, asks="change", text=wording.WHICH, choices=choices)
    else:
        asked = Asked(
            question_id=question_id,
            asks="change",
            text=f"{criterion.name}: what holds today? Tap it, or tell me in your own words.",
            why=criterion.question,
            criterion=criterion.id,
            gap=criterion.gap,
            choices=(*wording.level_choices(criterion), wording.DONT_KNOW, wording.NOT_APPLICABLE),
        )
    return {"pending": asked.model_dump(mode="json"), "events": emitted(asked), "route": "asked"}
