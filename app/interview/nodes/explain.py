"""Explain: answer a person's question from the playbook, with its passages named."""

import re
from typing import Any

from langgraph.runtime import Runtime

from app.audit.ledger.assessment import Intent
from app.interview import wording
from app.interview.events import Cited, Explained
from app.interview.speaking import explained
from app.interview.state import Context, InterviewState, View, emitted

PASSAGES = 2
_WHY = re.compile(r"\bwhy (?:do|are|would|did|is) (?:you|that|this)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?:more|longer|questions)|how long\b.*\b(?:take|left)", re.IGNORECASE)


async def explain(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Answer from the open question's own reason or from the playbook; say so when it has nothing."""
    view = View(state, runtime.context.rubric)
    question = view.assessment.question or view.message.text
    pending = view.pending
    if pending and pending.why and _WHY.search(question):
        return {"events": emitted(Explained(text=pending.why))}
    found = await runtime.context.playbook.search(question, limit=PASSAGES)
    if _HOW_MANY.search(question) and not found:
        return {"events": []}
    if not found and view.assessment.intent is not Intent.QUESTION:
        return {"events": []}  # a question in passing, inside an answer
    if not found:
        return {"events": emitted(Explained(text=wording.NOT_COVERED))}
    passages = [hit.passage for hit in found]
    cited = tuple(Cited(id=p.id, title=f"{p.document}: {p.section}", text=p.text) for p in passages)
    text = await explained(view, question, [p.text for p in passages], runtime.context.voice)
    return {"events": emitted(Explained(text=text or passages[0].text, passages=cited))}
