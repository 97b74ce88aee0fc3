"""Explain: answer a person's question from the playbook, with its passages named."""

import re
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.assessment import Intent
from app.interview.context import Context
from app.interview.events import Cited, Explained
from app.interview.speaking import explained
from app.interview.turn import Turn, go

PASSAGES = 2
_WHY = re.compile(r"\bwhy (?:do|are|would|did|is) (?:you|that|this)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?:more|longer|questions)|how long\b.*\b(?:take|left)", re.IGNORECASE)


async def explain(state: Turn, runtime: Runtime[Context]) -> Command[Literal["ask"]]:
    """Answer from the open question's own reason or from the playbook; say so when it has nothing."""
    context, pending = runtime.context, state.interview.pending
    question = (state.read.question if state.read else None) or state.text
    if pending and pending.why and _WHY.search(question):
        return go("ask", events=[Explained(text=pending.why)])
    found = await context.playbook.search(question, limit=PASSAGES)
    if not found:
        return go("ask", events=_uncovered(state, question, context))
    passages = [hit.passage for hit in found]
    cited = tuple(Cited(id=p.id, title=f"{p.document}: {p.section}", text=p.text) for p in passages)
    text = await explained(state, context.view(state.interview), question, [p.text for p in passages], context.voice)
    return go("ask", events=[Explained(text=text or passages[0].text, passages=cited)])


def _uncovered(turn: Turn, question: str, context: Context) -> list[Explained]:
    """Say that the playbook has nothing; how much is left the progress says, and a question in passing, inside an answer, may go by."""
    asks = turn.read is not None and turn.read.intent is Intent.QUESTION
    return [Explained(text=context.words.say("interview.not_covered"))] if asks and not _HOW_MANY.search(question) else []
