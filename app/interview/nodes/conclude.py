"""Conclude: close the interview; the report follows from what is saved."""

from typing import Any

from langgraph.runtime import Runtime

from app.interview import wording
from app.interview.agenda import is_settled
from app.interview.events import Event, Finished, Said
from app.interview.nodes.ask import progress
from app.interview.state import Context, InterviewState, View, emitted


def conclude(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Say that the report is ready; after a later correction, that it has changed."""
    view = View(state, runtime.context.rubric)
    quick = state["depth"] == "quick"
    complete = all(is_settled(view, criterion) for criterion in view.scope)
    if state["phase"] == "finished":
        changed = any(entry.turn == state["turn"] for entry in view.ledger)
        again = Finished(text=wording.UPDATED, can_deepen=quick or not complete) if changed else Said(text=wording.AFTER_FINISH)
        return {"events": emitted(again), "pending": None}
    text = (wording.QUICK_DONE if quick else wording.FINISHED) if complete else wording.FINISHED_EARLY
    events: list[Event] = [progress(view, None), Finished(text=text, can_deepen=quick or not complete)]
    return {"phase": "finished", "pending": None, "events": emitted(*events)}


def deepen(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Carry a finished audit on: a quick one into the full depth, an early stop to what is still open."""
    return {"depth": "full", "phase": "open", "pending": None}
