"""Assess: have the message read, and say where the turn goes by what the person wants."""

from collections.abc import Mapping
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.audit.ledger.assessment import Assessment, Intent, Scene
from app.interview.choices import PlainChoice
from app.interview.context import Context
from app.interview.events import (
    Asked,
    AskedChange,
    AskedContradiction,
    AskedCover,
    AskedCriterion,
    AskedFollowup,
    AskedProbe,
    AskedReason,
    AskedRestart,
    AskedSummary,
    Said,
)
from app.interview.turn import Turn, go
from app.interview.view import View

After = Command[Literal["take_reply", "record", "keep_words", "explain", "correct", "steer", "ask"]]
Way = Literal["record", "keep_words", "explain", "correct", "steer"]
_MOVES_ON = (Intent.QUESTION, Intent.SKIP, Intent.PAUSE, Intent.FINISH, Intent.BACK, Intent.RESTART)


async def assess(state: Turn, runtime: Runtime[Context]) -> After:
    """Read the message and choose the way: a reply that is as plain as a tap needs no reading."""
    context, pending, text = runtime.context, state.interview.pending, state.text
    if plain := await _plain_words(pending, text, context):
        return go("take_reply", reply=plain)
    view = context.view(state.interview)
    read = await context.assessor.assess(
        text, asked_of(pending), words_so_far(view, pending), state.interview.topic, scene_of(view, pending)
    )
    interview = state.interview.changed(language=read.language)
    if pending and (plain := _plain_reading(read, pending)):
        return go("take_reply", interview, read=read, reply=plain)
    kept_verbatim = isinstance(pending, AskedReason | AskedCover)
    if read.unread and not kept_verbatim:
        return go("ask", events=[Said(text=_unread(pending, context))])
    if isinstance(pending, AskedSummary) and read.intent is Intent.ANSWER and not read.findings and not read.question:
        return go("take_reply", reply=PlainChoice(kind="yes"))
    return go(way_of(read.intent, kept_verbatim=kept_verbatim), interview, read=read)


async def _plain_words(pending: Asked | None, text: str, context: Context) -> PlainChoice | None:
    """Return what the words come to that answer a yes-or-no question, or the question which of two holds, and nothing else."""
    match pending:
        case AskedProbe():
            return _likeliest(await context.assessor.polarity(pending.text, text), ("yes", "no", "unknown"))
        case AskedSummary() | AskedRestart():
            return _likeliest(await context.assessor.polarity(pending.text, text), ("yes", "no"))
        case AskedContradiction():
            which = await context.assessor.which(text)
            return PlainChoice(kind="later" if which == "later" else "earlier") if which else None
        case _:
            return None


def _likeliest(chances: Mapping[str, float], wanted: tuple[Literal["yes", "no", "unknown"], ...]) -> PlainChoice | None:
    best = max(chances, key=chances.__getitem__)
    return next((PlainChoice(kind=kind) for kind in wanted if kind == best), None)


def _plain_reading(read: Assessment, pending: Asked) -> PlainChoice | None:
    """Return a yes or a no that only the assessor could tell, unless what it found says something else."""
    if read.yes_no is None or read.intent not in (Intent.ANSWER, Intent.CORRECT):
        return None
    said = PlainChoice(kind=read.yes_no)
    match pending:
        case AskedSummary() | AskedRestart():
            return None if read.findings else said
        case AskedProbe(criterion=criterion, boundary=boundary):
            found = next((f for f in read.findings if f.criterion == criterion and not f.needs_followup), None)
            return said if found is None or (found.level > boundary) == (read.yes_no == "yes") else None
        case _:
            return None


def asked_of(pending: Asked | None) -> str | None:
    """Return the criterion that a message is an answer on."""
    answerable = isinstance(pending, AskedCriterion | AskedFollowup | AskedProbe | AskedChange | AskedContradiction)
    return pending.about if pending and answerable else None


def words_so_far(view: View, pending: Asked | None) -> list[str]:
    """Return what was said on the open criterion, so that a detail is read together with what it belongs to."""
    if not isinstance(pending, AskedFollowup | AskedProbe):
        return []
    return [entry.quote for entry in view.ratings[pending.criterion].quotes if entry.read_by in ("encoder", "model")]


def scene_of(view: View, pending: Asked | None) -> Scene:
    """Return what an assessor may know of the conversation beside the message."""
    known = ((c, rating.level) for c, rating in view.ratings.items() if rating.level is not None)
    return Scene(
        question=pending.text if pending and not isinstance(pending, AskedSummary) else "",
        settled=tuple(f"{criterion}: {level}" for criterion, level in known),
        lately=view.interview.lately,
        prompts=view.interview.prompts,
    )


def way_of(intent: Intent, *, kept_verbatim: bool) -> Way:
    """Go by what the person wants. What is kept word by word is never judged: a name can look like anything."""
    if kept_verbatim and intent not in _MOVES_ON:
        return "keep_words"
    match intent:
        case Intent.QUESTION:
            return "explain"
        case Intent.ANSWER | Intent.UNKNOWN | Intent.NOT_APPLICABLE:
            return "record"
        case Intent.CORRECT:
            return "correct"
        case _:
            return "steer"


def _unread(pending: Asked | None, context: Context) -> str:
    taps = pending is not None and bool(pending.choices)
    return context.words.say("interview.refused.unread_tap") if taps else context.words.say("interview.refused.unread")
