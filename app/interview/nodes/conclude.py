"""Conclude: close the interview; the report follows from what is saved."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.words import Words
from app.interview.agenda import is_settled
from app.interview.context import Context
from app.interview.events import Finished, Said
from app.interview.nodes.ask import progress
from app.interview.turn import Turn, go
from app.interview.view import View


async def conclude(state: Turn, runtime: Runtime[Context]) -> Command[Literal["__end__"]]:
    """Say that the report is ready; after a later correction, that it has changed."""
    interview, words, view = state.interview, runtime.context.words, runtime.context.view(state.interview)
    can_deepen = interview.depth == "quick" or not _is_complete(view)
    if interview.phase != "finished":
        ended = Finished(text=_ended(view, words), can_deepen=can_deepen)
        return go("__end__", interview.changed(phase="finished", pending=None), [progress(view, None), ended])
    changed = any(entry.turn == interview.turn for entry in view.ledger)
    updated = Finished(text=words.say("interview.finished.updated"), can_deepen=can_deepen)
    return go("__end__", interview.changed(pending=None), [updated if changed else Said(text=words.say("interview.finished.after"))])


def _is_complete(view: View) -> bool:
    return all(is_settled(view, criterion) for criterion in view.scope)


def _ended(view: View, words: Words) -> str:
    if not _is_complete(view):
        return words.say("interview.finished.early")
    return words.say("interview.finished.quick") if view.interview.depth == "quick" else words.say("interview.finished.complete")
