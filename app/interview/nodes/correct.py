"""Correct: change an earlier answer; the history stays in the ledger."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.assessment import Finding
from app.interview.context import Context
from app.interview.entries import DECIDED, Scribe
from app.interview.events import Asked, AskedChange, AskedContradiction, AskedSummary
from app.interview.questions import change_question
from app.interview.turn import Turn, go

SURE_ENOUGH = 0.35


async def correct(state: Turn, runtime: Runtime[Context]) -> Command[Literal["ask", "__end__"]]:
    """Replace the rating that the message is about, or ask which one and what holds instead."""
    context, interview = runtime.context, state.interview
    findings = state.read.findings if state.read else ()
    scribe = Scribe(state, context)
    told = [scribe.read_back(scribe.write_finding(finding)) for finding in findings if _is_sure(finding)]
    if told:
        pending = _kept(interview.pending, {finding.criterion for finding in findings})
        return go("ask", interview.changed(ledger=scribe.ledger, pending=pending), told)
    asked = change_question(scribe.view, findings[0].criterion if findings else None, context.words)
    return go("__end__", interview.changed(pending=asked), [asked])


def _is_sure(finding: Finding) -> bool:
    return finding.confidence >= SURE_ENOUGH and finding.needs_followup < DECIDED


def _kept(pending: Asked | None, corrected: set[str]) -> Asked | None:
    """Keep the open question, unless it asked what the correction has just said."""
    if pending is None or pending.about in corrected or isinstance(pending, AskedChange | AskedSummary | AskedContradiction):
        return None
    return pending
