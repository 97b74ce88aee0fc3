"""Hand over: somebody else answers from here on."""

from typing import Any, cast

from langgraph.runtime import Runtime

from app.audit.ledger.evidence import RESPONDENT
from app.interview import wording
from app.interview.agenda import next_step
from app.interview.events import Said, handed_to
from app.interview.state import Context, InterviewState, View, emitted


def hand_over(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Note who answers now, and go on with what is to be asked of them; a question to who answered before is dropped."""
    view = View(state, runtime.context.rubric)
    who = handed_to(view.message.text).text or RESPONDENT
    if who == view.speaker:
        return {}
    said = [wording.HANDED_BACK if who == RESPONDENT else wording.HANDED_OVER.format(who=who)]
    pending = state.get("pending")
    update: dict[str, Any] = {
        "speaker": who,
        "speakers": [*dict.fromkeys([*state.get("speakers", []), *([who] if who != RESPONDENT else [])])],
        "topic": None,
        "clashes": [],
        "pending": pending if pending and not pending["criterion"] else None,
    }
    if state["phase"] == "finished":
        asks_nothing = next_step(View(cast("InterviewState", {**state, **update}), runtime.context.rubric)).asks in ("conclude", "cover")
        update["phase"] = "finished" if asks_nothing else "open"
        said += [wording.ALL_ASKED] if asks_nothing else []
    return update | {"events": emitted(*(Said(text=text) for text in said))}
