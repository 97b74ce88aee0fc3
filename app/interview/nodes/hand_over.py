"""Hand over: somebody else answers from here on."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.evidence import RESPONDENT
from app.interview.agenda import AskCover, Conclude, next_step
from app.interview.context import Context
from app.interview.events import Said
from app.interview.messages import Handover, handed_to
from app.interview.state import Interview
from app.interview.turn import Turn, go


async def hand_over(state: Turn, runtime: Runtime[Context]) -> Command[Literal["ask"]]:
    """Note who answers now, and go on with what is to be asked of them; a question to who answered before is dropped."""
    context, words = runtime.context, runtime.context.words
    assert isinstance(state.message, Handover)  # noqa: S101 - listen sends only these here
    who = handed_to(state.message.who).who or RESPONDENT
    if who == state.interview.speaker:
        return go("ask")
    interview = _handed(state.interview, who)
    handed = words.say("interview.hand_over.handed_back") if who == RESPONDENT else words.say("interview.hand_over.handed", who=who)
    said = [Said(text=handed)]
    if interview.phase == "finished":
        if isinstance(next_step(context.view(interview)), Conclude | AskCover):
            said.append(Said(text=words.say("interview.hand_over.all_asked")))
        else:
            interview = interview.changed(phase="open")
    return go("ask", interview, said)


def _handed(interview: Interview, who: str) -> Interview:
    named = () if who == RESPONDENT else (who,)
    return interview.changed(
        speaker=who,
        speakers=tuple(dict.fromkeys([*interview.speakers, *named])),
        topic=None,
        clashes=(),
        pending=interview.pending if interview.pending and not interview.pending.about else None,
    )
