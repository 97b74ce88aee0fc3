"""Take a reply: words that were as plain as a tap."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.interview.context import Context
from app.interview.entries import Scribe
from app.interview.events import AskedProbe, AskedRestart, AskedSummary
from app.interview.questions import change_question
from app.interview.replies import Done, confirmed, probed, restarted, settled, unsure
from app.interview.turn import Turn, go


async def take_reply(state: Turn, runtime: Runtime[Context]) -> Command[Literal["ask", "__end__"]]:
    """Do what a yes, a no, a don't know, or a choice between two statements says to the open question."""
    context, asked = runtime.context, state.interview.pending
    kind = state.reply.kind if state.reply else None
    match asked:
        case AskedProbe() if kind == "unknown":
            return go("ask", *_unsure(state, context, asked))
        case AskedProbe():
            return go("ask", *probed(state, context, asked, above=kind == "yes", quote=state.text))
        case AskedRestart():
            return go("ask", *restarted(state, context, yes=kind == "yes"))
        case AskedSummary() if kind == "yes":
            return go("ask", *confirmed(state, context, asked, state.text))
        case AskedSummary():
            which = change_question(context.view(state.interview), None, context.words)
            return go("__end__", state.interview.changed(pending=which), [which])
        case _:
            return go("ask", *settled(state, context, later=kind == "later"))


def _unsure(turn: Turn, context: Context, asked: AskedProbe) -> Done:
    scribe = Scribe(turn, context)
    unsure(scribe, asked.criterion, turn.text)
    return Done(turn.interview.changed(ledger=scribe.ledger, pending=None, topic=asked.criterion))
