"""Which criterion next, when to probe, when to stop: pure."""

from dataclasses import dataclass

from app.audit.ledger.evidence import Distribution, Rating
from app.audit.rubric import READY_LEVEL, TOP_LEVEL, Criterion
from app.interview.state import Clash
from app.interview.view import View

DOUBT = 0.25
"""A boundary is probed from this probability that the level lies on its other side (chosen on the curve of `python -m evals probing`)."""
DECIDES = 1.5
"""How much more the boundary of a checklist line counts than any other."""
MOST_PROBES = 2
MIDDLE = 1
"""Where a claim that stayed without a detail is probed first: between ad hoc and partial."""
MINUTES_PER_CRITERION = 0.7
"""Full depth: 21 criteria in about fifteen minutes."""


@dataclass(frozen=True)
class Opening:
    """Let them tell of the project."""


@dataclass(frozen=True)
class AskCriterion:
    """Ask a criterion's own question."""

    criterion: str


@dataclass(frozen=True)
class AskDetail:
    """Ask for the detail that a claim stayed without."""

    criterion: str


@dataclass(frozen=True)
class Probe:
    """Ask which side of a boundary the level lies on: between `boundary` and the next level."""

    criterion: str
    boundary: int


@dataclass(frozen=True)
class SumUp:
    """Have a gap confirmed."""

    gap: str


@dataclass(frozen=True)
class PutClash:
    """Put two statements that cannot both hold to the person."""

    clash: Clash


@dataclass(frozen=True)
class AskCover:
    """Ask what stands on the cover."""


@dataclass(frozen=True)
class Conclude:
    """Nothing is left to ask."""


Step = Opening | AskCriterion | AskDetail | Probe | SumUp | PutClash | AskCover | Conclude
"""What to do next."""


def boundary_to_probe(criterion: Criterion, rating: Rating, probed: tuple[int, ...]) -> int | None:
    """Return the boundary between two levels that is most in doubt, or None when the rating is settled enough.

    The doubt is the probability that the level lies on the other side than the reading says; it counts more where a line of
    the checklist hangs on it. A claim that stayed without a detail after its follow-up is asked about with yes or no, and is
    never rated otherwise.
    """
    if rating.standing == "bare":
        return None if probed else MIDDLE
    entry = rating.quotes[-1] if rating.level is not None else None
    if entry is None or entry.distribution is None or entry.read_by == "tap" or rating.carried or len(probed) >= MOST_PROBES:
        return None
    doubts = {boundary: _doubt(criterion, entry.distribution, boundary) for boundary in range(TOP_LEVEL) if boundary not in probed}
    worst = max(doubts, key=doubts.__getitem__)
    return worst if doubts[worst] >= DOUBT else None


def _doubt(criterion: Criterion, chances: Distribution, boundary: int) -> float:
    above = sum(chances[boundary + 1 :])
    decides = criterion.core and boundary == READY_LEVEL - 1
    return min(above, 1 - above) * (DECIDES if decides else 1.0)


def is_settled(view: View, criterion: str) -> bool:
    """Say whether nothing more is to be asked about a criterion."""
    return not is_open(view, criterion) and unsettled_step(view, criterion) is None


def is_open(view: View, criterion: str) -> bool:
    """Say whether the one who answers now is to be asked: nobody was yet, or those who were could not say."""
    standing = view.ratings[criterion].standing
    return standing == "open" or (standing in ("unknown", "skipped", "bare") and view.own[criterion].standing == "open")


def unsettled_step(view: View, criterion: str) -> AskDetail | Probe | None:
    """Return the follow-up or probe that an answered criterion still needs."""
    rating, asks = view.own[criterion], view.asks(criterion)
    if rating.standing == "bare" and not asks.followup:
        return AskDetail(criterion)
    boundary = boundary_to_probe(view.rubric.criteria[criterion], rating, asks.probes)
    return None if boundary is None else Probe(criterion, boundary)


def _in_order(view: View) -> list[str]:
    """The core criteria first; then gap by gap. Within each, the less certain first."""
    gaps = [str(gap.id) for gap in view.rubric.gaps]

    def place(criterion: Criterion) -> tuple[int, float]:
        return 0 if criterion.core else 1 + gaps.index(criterion.gap), view.ratings[criterion.id].confidence

    return [criterion.id for criterion in sorted((view.rubric.criteria[c] for c in view.scope), key=place)]


def next_step(view: View) -> Step:
    """Choose what to ask next, or to conclude."""
    interview = view.interview
    if interview.turn == 0:
        return Opening()
    if interview.clashes:
        return PutClash(interview.clashes[0])
    if interview.topic in view.scope and (step := unsettled_step(view, interview.topic)):
        return step
    if interview.depth == "full" and (gap := _gap_to_confirm(view)):
        return SumUp(gap)
    for criterion in _in_order(view):
        if is_open(view, criterion):
            return AskCriterion(criterion)
        if step := unsettled_step(view, criterion):
            return step
    named = view.profile.company or view.profile.project
    return Conclude() if named or interview.cover_asked else AskCover()


def _gap_to_confirm(view: View) -> str | None:
    for gap in view.rubric.gaps:
        rated = any(view.ratings[c.id].level is not None for c in gap.criteria)
        if rated and gap.id not in view.interview.confirmed and all(is_settled(view, c.id) for c in gap.criteria):
            return gap.id
    return None


def minutes_left(view: View) -> int:
    """Estimate the minutes to the report, at least one while anything is open."""
    return max(1, round(sum(not is_settled(view, c) for c in view.scope) * MINUTES_PER_CRITERION))
