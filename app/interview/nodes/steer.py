"""Steer: everything that moves the conversation and no rating: skip, back, pause, finish, restart, off topic, attacks."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.assessment import Intent
from app.interview.context import Context
from app.interview.entries import Scribe
from app.interview.events import AskedContradiction, AskedCover, AskedCriterion, AskedSummary, Paused, Said
from app.interview.questions import change_question, restart_question
from app.interview.state import Interview
from app.interview.turn import Turn, go

After = Command[Literal["ask", "conclude", "__end__"]]


async def steer(state: Turn, runtime: Runtime[Context]) -> After:
    """Do what the person wants; the open question comes back afterwards unless they moved past it."""
    context, interview, say = runtime.context, state.interview, runtime.context.words.say
    match state.read.intent if state.read else None:
        case Intent.SKIP if interview.pending is None:
            return go("ask", events=[Said(text=say("interview.nothing_to_skip"))])
        case Intent.SKIP:
            return go("ask", _skipped(state, context))
        case Intent.BACK:
            return _back(interview, context)
        case Intent.PAUSE:
            return go("__end__", interview.changed(phase="paused"), [Paused(text=say("interview.paused"))])
        case Intent.FINISH:
            return go("conclude")
        case Intent.RESTART:
            asked = restart_question(context.view(interview), context.words)
            return go("__end__", interview.changed(pending=asked), [asked])
        case Intent.ATTACK:
            return go("ask", events=[Said(text=say("interview.attack"))])
        case _:
            return go("ask", events=[Said(text=say("interview.off_topic"))])


def _back(interview: Interview, context: Context) -> After:
    """Ask about the latest answer again."""
    if not interview.ledger:
        return go("ask", events=[Said(text=context.words.say("interview.nothing_to_go_back"))])
    asked = change_question(context.view(interview), interview.ledger[-1].criterion, context.words)
    return go("__end__", interview.changed(pending=asked), [asked])


def _skipped(turn: Turn, context: Context) -> Interview:
    """Move past the open question; only a criterion's own question leaves a line in the ledger."""
    interview = turn.interview
    match interview.pending:
        case AskedSummary(gap=gap):
            return interview.changed(pending=None, confirmed=(*interview.confirmed, gap))
        case AskedCover():
            return interview.changed(pending=None, cover_asked=True)
        case AskedContradiction():
            return interview.changed(pending=None, clashes=interview.clashes[1:])
        case AskedCriterion(criterion=criterion):
            scribe = Scribe(turn, context)
            scribe.write(criterion, "skipped", turn.text, "encoder")
            return interview.changed(pending=None, ledger=scribe.ledger)
        case _:
            return interview.changed(pending=None)
