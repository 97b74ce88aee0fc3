"""What a plain reply does, tapped or typed: a yes, a no, which of two holds, a confirmation, a fresh start."""

from collections.abc import Sequence
from typing import NamedTuple

from app.audit.ledger.ceilings import narrowed
from app.audit.ledger.evidence import Distribution, Entry, level_of
from app.interview.context import Context
from app.interview.entries import Scribe, beginning
from app.interview.events import AskedProbe, AskedSummary, Event, Said
from app.interview.state import Interview
from app.interview.turn import Turn

PROBE_UNKNOWN_LESS_SURE = 0.8
EVEN: Distribution = (0.2, 0.2, 0.2, 0.2, 0.2)


class Done(NamedTuple):
    """An interview as it stands after what was done, and what there is to say of it."""

    interview: Interview
    events: Sequence[Event] = ()


def noted(scribe: Scribe, entry: Entry) -> Done:
    """Close the open question with an entry, and read it back."""
    interview = scribe.view.interview.changed(ledger=scribe.ledger, pending=None, topic=entry.criterion)
    return Done(interview, (scribe.read_back(entry),))


def probed(turn: Turn, context: Context, asked: AskedProbe, *, above: bool, quote: str) -> Done:
    """Narrow the rating to one side of the boundary that the probe decides."""
    scribe = Scribe(turn, context)
    latest = scribe.latest(asked.criterion)
    after = narrowed(latest.distribution if latest and latest.distribution else EVEN, asked.boundary, above=above)
    level = level_of(after)
    entry = scribe.write(asked.criterion, "rated", quote, "probe", adds=True, level=level, confidence=after[level], distribution=after)
    return noted(scribe, entry)


def unsure(scribe: Scribe, criterion: str, quote: str) -> Entry | None:
    """Keep the rating when the person cannot say, and be less sure of it; None where there is none to keep."""
    latest = scribe.latest(criterion)
    if latest is None or latest.level is None:
        return None
    return scribe.write(
        criterion,
        "rated",
        quote,
        "probe",
        adds=True,
        level=latest.level,
        confidence=latest.confidence * PROBE_UNKNOWN_LESS_SURE,
        distribution=latest.distribution,
        note=latest.note,
    )


def confirmed(turn: Turn, context: Context, asked: AskedSummary, quote: str) -> Done:
    """Note that a gap is right as summed up; what stands from an earlier audit is thereby said again today."""
    scribe = Scribe(turn, context)
    for rating in (scribe.view.own[c.id] for c in context.rubric.gap(asked.gap).criteria):
        if rating.carried:
            scribe.write(
                rating.criterion,
                rating.quotes[-1].standing,
                quote,
                "tap",
                adds=True,
                level=rating.level,
                confidence=rating.confidence,
                note=rating.note if rating.standing == "not_applicable" else "",
            )
    interview = turn.interview
    return Done(interview.changed(ledger=scribe.ledger, pending=None, confirmed=(*interview.confirmed, asked.gap)))


def settled(turn: Turn, context: Context, *, later: bool) -> Done:
    """Keep the statement that the person says holds; the other stays in the history."""
    scribe, interview = Scribe(turn, context), turn.interview
    clash, *rest = interview.clashes
    done = interview.changed(clashes=tuple(rest), settled_clashes=(*interview.settled_clashes, clash.criterion), pending=None)
    if not later:
        return Done(done, (Said(text=context.words.say("interview.kept")),))
    entry = scribe.write_finding(clash.finding, read_with=clash.read_with)
    return Done(done.changed(ledger=scribe.ledger, topic=entry.criterion), (scribe.read_back(entry),))


def restarted(turn: Turn, context: Context, *, yes: bool) -> Done:
    """Clear the audit for a fresh start, or leave it as it is; one that follows another begins where that one ended."""
    if not yes:
        return Done(turn.interview.changed(pending=None), (Said(text=context.words.say("interview.kept")),))
    cleared = beginning(turn.interview).changed(
        turn=0,
        phase="open",
        asked={},
        confirmed=(),
        clashes=(),
        settled_clashes=(),
        pending=None,
        topic=None,
        cover_asked=False,
    )
    return Done(cleared, (Said(text=context.words.say("interview.restart.done")),))
