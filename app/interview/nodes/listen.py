"""Listen: take in what a person sent, refuse what cannot be read, and say where the turn goes."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.words import Words
from app.interview.asked import Asked
from app.interview.choices import AnyChoice, ChangeChoice, PlainChoice
from app.interview.context import Context
from app.interview.entries import beginning
from app.interview.events import Said
from app.interview.messages import Handover, Tap, Typed
from app.interview.state import Interview
from app.interview.turn import Turn, go

LONGEST = 8_000
"""Characters of one message that are read."""
LETTERS_AT_LEAST = 0.5
"""Share of letters and digits among the characters of a message that can be an answer."""
DIFFERENT_AT_LEAST = 0.3
"""Share of different words; of 2,490 labelled answers and sentences none has less than 0.68."""

After = Command[Literal["take_tap", "assess", "deepen", "hand_over", "ask"]]


async def listen(state: Turn, runtime: Runtime[Context]) -> After:
    """Start a turn: count it, look at the message and choose its way."""
    context, interview = runtime.context, state.interview
    if interview.phase == "new":
        return go("ask", _begun(interview, context))
    interview = interview.changed(turn=interview.turn + 1, phase="open" if interview.phase == "paused" else interview.phase)
    match state.message:
        case Typed(text=text, question_id=seen):
            overtaken = seen and interview.pending and seen != interview.pending.question_id
            refusal = context.words.say("interview.refused.overtaken") if overtaken else refused(text, context.words)
            return go("ask", interview, [Said(text=refusal)]) if refusal else go("assess", interview)
        case Tap(choice=choice, question_id=question_id):
            return _tapped(interview, choice, question_id, context)
        case Handover():
            return go("hand_over", interview)
        case None:
            return go("ask", interview)


def _begun(interview: Interview, context: Context) -> Interview:
    prompts = context.choose_prompts(interview.audit_id)
    return beginning(interview).changed(phase="open", started_at=context.clock(), prompts=prompts)


def _tapped(interview: Interview, choice: AnyChoice, question_id: str | None, context: Context) -> After:
    """A change can be asked for at any time; every other choice belongs to the open question, or to the end of the audit."""
    pending = interview.pending
    if isinstance(choice, ChangeChoice) or (pending and belongs(choice, question_id, pending)):
        return go("take_tap", interview)
    if pending is None and choice == PlainChoice(kind="deepen"):
        return go("deepen", interview)
    return go("ask", interview, [Said(text=context.words.say("interview.refused.stale"))])


def belongs(choice: AnyChoice, question_id: str | None, asked: Asked) -> bool:
    """Say whether a choice is one of a question's."""
    return question_id == asked.question_id and any(choice == offered.value for offered in asked.choices)


def refused(text: str, words: Words) -> str | None:
    """Return why a text cannot be read, in words for the person, or None."""
    if not text.strip():
        return words.say("interview.refused.empty")
    if len(text) > LONGEST:
        return words.say("interview.refused.too_long", length=len(text), limit=LONGEST)
    return None if has_words(text) else words.say("interview.refused.wordless")


def has_words(text: str) -> bool:
    """Say whether a text can be an answer: it is mostly letters and digits, and no endless repetition."""
    marks = [character for character in text if not character.isspace()]
    words = text.lower().split()
    return sum(map(str.isalnum, marks)) >= len(marks) * LETTERS_AT_LEAST and len(set(words)) >= len(words) * DIFFERENT_AT_LEAST
