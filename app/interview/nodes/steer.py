"""Steer: everything that moves the conversation and no rating: skip, back, pause, finish, restart, off topic, attacks."""

from typing import Any

from langgraph.runtime import Runtime

from app.audit.ledger.assessment import Intent
from app.interview import wording
from app.interview.entries import Scribe
from app.interview.events import Asked, Paused, Said
from app.interview.state import Context, InterviewState, View, emitted


def steer(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Do what the person wants; the open question comes back afterwards unless they moved past it."""
    view = View(state, runtime.context.rubric)
    match view.assessment.intent:
        case Intent.SKIP:
            return _skip(state, runtime.context, view)
        case Intent.BACK:
            latest = view.ledger[-1] if view.ledger else None
            if latest is None:
                return {"events": emitted(Said(text=wording.NOTHING_TO_GO_BACK))}
            return {"route": f"change:{latest.criterion}"}
        case Intent.PAUSE:
            return {"phase": "paused", "events": emitted(Paused(text=wording.PAUSED)), "route": "paused"}
        case Intent.FINISH:
            return {"route": "conclude"}
        case Intent.RESTART:
            asked = Asked(question_id=f"{state['turn']}-restart", asks="restart", text=wording.RESTART, choices=(wording.YES, wording.NO))
            return {"pending": asked.model_dump(mode="json"), "events": emitted(asked), "route": "asked"}
        case Intent.ATTACK:
            return {"events": emitted(Said(text=wording.ATTACK))}
        case _:
            return {"events": emitted(Said(text=wording.OFF_TOPIC))}


def _skip(state: InterviewState, context: Context, view: View) -> dict[str, Any]:
    pending = view.pending
    if pending is None or pending.asks in ("opening", "restart"):
        return {"events": emitted(Said(text=wording.NOTHING_TO_SKIP))} if pending is None else {"pending": None}
    if pending.asks == "summary":
        return {"pending": None, "confirmed": [*state.get("confirmed", []), pending.gap]}
    if pending.asks == "cover":
        return {"pending": None, "cover_asked": True}
    if pending.asks == "contradiction":
        return {"pending": None, "clashes": state["clashes"][1:]}
    if pending.asks != "criterion" or pending.criterion is None:
        return {"pending": None}
    scribe = Scribe(state, context)
    scribe.write(pending.criterion, "skipped", view.message.text, "encoder")
    return {"ledger": scribe.ledger, "pending": None}
