"""Assess: have the message read, and say where the turn goes by what the person wants."""

from typing import Any

from langgraph.runtime import Runtime

from app.audit.ledger.assessment import Assessment, Intent, Scene
from app.interview.events import Asked
from app.interview.state import Context, InterviewState, View

_ANSWERABLE = ("criterion", "followup", "probe", "change", "contradiction")
_VERBATIM = ("reason", "cover")
"""What is kept word by word may be in any language, and is never judged: a name can look like anything."""
_MOVES_ON = (Intent.QUESTION, Intent.SKIP, Intent.PAUSE, Intent.FINISH, Intent.BACK, Intent.RESTART)


def words_so_far(view: View, pending: Asked | None) -> list[str]:
    """Return what was said on the open criterion, so that a detail is read together with what it belongs to."""
    if pending is None or pending.criterion is None or pending.asks not in ("followup", "probe"):
        return []
    return [entry.quote for entry in view.ratings[pending.criterion].quotes if entry.read_by in ("encoder", "model")]


async def assess(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Read the message and choose the route."""
    view = View(state, runtime.context.rubric)
    pending, text = view.pending, view.message.text
    if pending and pending.asks == "probe":
        said = await runtime.context.assessor.polarity(pending.text, text)
        best = max(said, key=said.__getitem__)
        if best != "neither":
            return {"route": f"probe:{best}"}
    elif pending and pending.asks in ("summary", "restart"):
        said = await runtime.context.assessor.polarity(pending.text, text)
        best = max(said, key=said.__getitem__)
        if best in ("yes", "no"):
            return {"route": f"confirm:{best}"}
    elif pending and pending.asks == "contradiction" and (statement := await runtime.context.assessor.which(text)):
        return {"route": f"clash:{statement}"}
    asked = pending.criterion if pending and pending.asks in _ANSWERABLE else None
    read = await runtime.context.assessor.assess(text, asked, words_so_far(view, pending), state.get("topic"), scene_of(view, pending))
    update = {"assessment": read.model_dump(mode="json"), "language": read.language}
    if pending and (plain := _plain_answer(read, pending)):
        return update | {"route": plain}
    if read.unread and not (pending and pending.asks in _VERBATIM):
        return {"route": "unread"}
    if pending and pending.asks == "summary" and read.intent is Intent.ANSWER and not read.findings and not read.question:
        return {"route": "confirm:yes"}
    return update | {"route": _route(read.intent, pending)}


def scene_of(view: View, pending: Asked | None) -> Scene:
    """Return what an assessor may know of the conversation beside the message."""
    known = ((c, rating.level) for c, rating in view.ratings.items() if rating.level is not None)
    return Scene(
        question=pending.text if pending and pending.asks != "summary" else "",
        settled=tuple(f"{criterion}: {level}" for criterion, level in known),
        lately=tuple(view.state.get("lately", [])),
        prompts=view.state.get("prompts"),
    )


def _plain_answer(read: Assessment, pending: Asked) -> str | None:
    """Return the route of a yes or a no that only the assessor could tell, unless what it found says something else."""
    if read.yes_no is None or read.intent not in (Intent.ANSWER, Intent.CORRECT):
        return None
    if pending.asks in ("summary", "restart"):
        return None if read.findings else f"confirm:{read.yes_no}"
    if pending.asks != "probe" or pending.boundary is None:
        return None
    found = next((f for f in read.findings if f.criterion == pending.criterion and not f.needs_followup), None)
    agrees = found is None or (found.level > pending.boundary) == (read.yes_no == "yes")
    return f"probe:{read.yes_no}" if agrees else None


def _route(intent: Intent, pending: Asked | None) -> str:
    if pending and pending.asks in _VERBATIM and intent not in _MOVES_ON:
        return pending.asks
    if intent is Intent.QUESTION:
        return "explain"
    if intent in (Intent.ANSWER, Intent.UNKNOWN, Intent.NOT_APPLICABLE):
        return "record"
    if intent is Intent.CORRECT:
        return "correct"
    return "steer"
