"""Listen: take in what a person sent, refuse what cannot be read, and say where the turn goes."""

from typing import Any

from langgraph.runtime import Runtime

from app.interview import wording
from app.interview.entries import beginning
from app.interview.events import HAND_OVER, Message, Said
from app.interview.state import Context, InterviewState, View, emitted

LONGEST = 8_000
"""Characters of one message that are read."""
LETTERS_AT_LEAST = 0.5
"""Share of letters and digits among the characters of a message that can be an answer."""
DIFFERENT_AT_LEAST = 0.3
"""Share of different words; of 2,490 labelled answers and sentences none has less than 0.68."""


def listen(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Start a turn: count it, look at the message and choose its route."""
    first = state.get("phase", "new") == "new"
    update: dict[str, Any] = {"events": None, "assessment": None, "route": "next"}
    if first:
        started = runtime.context.clock().isoformat()
        prompts = runtime.context.choose_prompts(state["audit_id"])
        return update | beginning(state) | {"turn": 0, "phase": "open", "started_at": started, "prompts": prompts}
    message = Message.model_validate(state["incoming"])
    update["turn"] = state["turn"] + 1
    if state["phase"] == "paused":
        update["phase"] = "open"
    if message.choice is not None:
        if message.choice == HAND_OVER:
            return update | {"route": HAND_OVER}
        return update | {"route": _route_of_tap(View(state, runtime.context.rubric), message)}
    refusal = refused(message.text)
    return update | {"route": "refused" if refusal else "assess"}


def refused(text: str) -> str | None:
    """Return why a text cannot be read, in words for the person, or None."""
    if not text.strip():
        return wording.EMPTY
    if len(text) > LONGEST:
        return wording.TOO_LONG.format(length=len(text), limit=LONGEST)
    return None if has_words(text) else wording.WORDLESS


def has_words(text: str) -> bool:
    """Say whether a text can be an answer: it is mostly letters and digits, and no endless repetition."""
    marks = [character for character in text if not character.isspace()]
    words = text.lower().split()
    return sum(map(str.isalnum, marks)) >= len(marks) * LETTERS_AT_LEAST and len(set(words)) >= len(words) * DIFFERENT_AT_LEAST


def refuse(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Say why the message was not read; the open question stays."""
    view = View(state, runtime.context.rubric)
    if state["route"] == "unread":
        taps = view.pending is not None and bool(view.pending.choices)
        return {"events": emitted(Said(text=wording.UNREAD_TAP if taps else wording.UNREAD))}
    return {"events": emitted(Said(text=refused(view.message.text) or wording.STALE))}


def _route_of_tap(view: View, message: Message) -> str:
    pending = view.pending
    if (message.choice or "").startswith("change:"):
        return "tap"
    if pending is None or message.question_id != pending.question_id:
        return "stale" if pending else "deepen" if message.choice == "deepen" else "stale"
    if message.choice in {choice.value for choice in pending.choices}:
        return "tap"
    return "stale"
