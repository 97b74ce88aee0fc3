"""Take a tap: a choice says exactly what it means, so nothing has to be read."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.again.snapshot import carried_on
from app.audit.ledger.evidence import Entry
from app.interview.choices import AnyChoice, ChangeChoice, LevelChoice, PlainChoice
from app.interview.context import Context
from app.interview.entries import Scribe
from app.interview.events import (
    Asked,
    AskedChange,
    AskedContradiction,
    AskedCover,
    AskedCriterion,
    AskedFollowup,
    AskedProbe,
    AskedRestart,
    AskedSummary,
)
from app.interview.messages import Tap
from app.interview.questions import change_question, reason_question
from app.interview.replies import Done, confirmed, noted, probed, restarted, settled, unsure
from app.interview.turn import Turn, go

After = Command[Literal["ask", "__end__"]]


async def take_tap(state: Turn, runtime: Runtime[Context]) -> After:
    """Do what the tapped choice says."""
    context, interview = runtime.context, state.interview
    assert isinstance(state.message, Tap)  # noqa: S101 - listen sends only taps here
    choice = state.message.choice
    if isinstance(choice, ChangeChoice):
        asked = change_question(context.view(interview), choice.criterion, context.words)
        return go("__end__", interview.changed(pending=asked, topic=None), [asked])
    match interview.pending:
        case AskedCriterion() | AskedFollowup() | AskedChange() as pending if pending.about:
            return _take_standing(state, context, pending.about, choice, label_of(pending, choice))
        case AskedProbe() as pending:
            return go("ask", *_probe(state, context, pending, choice))
        case AskedSummary() as pending:
            return go("ask", *confirmed(state, context, pending, label_of(pending, choice)))
        case AskedContradiction():
            return go("ask", *settled(state, context, later=choice == PlainChoice(kind="later")))
        case AskedRestart():
            return go("ask", *restarted(state, context, yes=choice == PlainChoice(kind="yes")))
        case AskedCover():
            return go("ask", interview.changed(pending=None, cover_asked=True))
        case _:
            return go("ask", interview.changed(pending=None))


def label_of(asked: Asked, choice: AnyChoice) -> str:
    """Return what the button said."""
    return next(offered.label for offered in asked.choices if offered.value == choice)


def _probe(turn: Turn, context: Context, asked: AskedProbe, choice: AnyChoice) -> Done:
    label = label_of(asked, choice)
    if choice != PlainChoice(kind="unknown"):
        return probed(turn, context, asked, above=choice == PlainChoice(kind="yes"), quote=label)
    scribe = Scribe(turn, context)
    entry = unsure(scribe, asked.criterion, label)
    return noted(scribe, entry) if entry else Done(turn.interview.changed(pending=None, topic=asked.criterion))


def _take_standing(turn: Turn, context: Context, criterion: str, choice: AnyChoice, label: str) -> After:
    """Write down the level that was chosen, or that there is none."""
    scribe = Scribe(turn, context)
    match choice:
        case LevelChoice(level=level):
            entry = scribe.write(criterion, "rated", label, "tap", level=level)
        case PlainChoice(kind="as_before"):
            entry = _as_before(scribe, criterion, label)
        case PlainChoice(kind="unknown"):
            entry = scribe.write(criterion, "unknown", label, "tap")
        case PlainChoice(kind="not_applicable"):
            scribe.write(criterion, "not_applicable", label, "tap")
            asked = reason_question(scribe.view, criterion, context.words)
            return go("__end__", turn.interview.changed(ledger=scribe.ledger, pending=asked), [asked])
        case _:
            entry = scribe.write(criterion, "skipped", label, "tap")
    return go("ask", *noted(scribe, entry))


def _as_before(scribe: Scribe, criterion: str, label: str) -> Entry:
    """Write down that a criterion stands where it stood in the earlier audit, on the words that were given then."""
    before = scribe.view.interview.before
    assert before is not None  # noqa: S101 - the choice is offered in an audit that follows another only
    scribe.carry_on(carried_on(before, criterion, len(scribe.ledger)))
    return scribe.write(criterion, "rated", label, "tap", adds=True, level=before.stood[criterion].level)
