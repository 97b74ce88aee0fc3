"""Which criterion next, when to probe, when to stop: pure."""

from dataclasses import dataclass
from typing import Literal

from app.audit.ledger.evidence import Distribution, Rating
from app.audit.rubric import READY_LEVEL, TOP_LEVEL, Criterion
from app.interview.state import View

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
class Step:
    """What to do next."""

    asks: Literal["opening", "criterion", "followup", "probe", "summary", "contradiction", "cover", "conclude"]
    criterion: str | None = None
    boundary: int | None = None
    gap: str | None = None


def boundary_to_probe(criterion: Criterion, rating: Rating, probed: list[int]) -> int | None:
    """Return the boundary between two levels that is most in doubt, or None when the rating is settled enough.

    The doubt is the probability that the level lies on the other side than the reading says; it counts more where a line of
    the checklist hangs on it. A claim that stayed without a detail after its follow-up is asked about with yes or no, and is
    never rated otherwise.
    """
    if rating.standing == "bare" and not probed:
        return MIDDLE
    entry = rating.quotes[-1] if rating.quotes else None
    if rating.level is None or entry is None or entry.distribution is None or entry.read_by == "tap" or rating.carried:
        return None
    if len(probed) >= MOST_PROBES:
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


def unsettled_step(view: View, criterion: str) -> Step | None:
    """Return the follow-up or probe that an answered criterion still needs."""
    rating, asks = view.own[criterion], view.asks(criterion)
    if rating.standing == "bare" and not asks.get("followup"):
        return Step("followup", criterion)
    boundary = boundary_to_probe(view.rubric.criteria[criterion], rating, asks.get("probes", []))
    return None if boundary is None else Step("probe", criterion, boundary)


def _order(view: View) -> list[str]:
    """Core criteria first; then gap by gap, the heavier and the less certain first."""
    criteria = [view.rubric.criteria[c] for c in view.scope]
    gaps: list[str] = [gap.id for gap in view.rubric.gaps]
    return [
        c.id
        for c in sorted(
            criteria,
            key=lambda c: (not c.core, 0 if c.core else gaps.index(c.gap), -c.weight, view.ratings[c.id].confidence),
        )
    ]


def next_step(view: View) -> Step:
    """Choose what to ask next, or to conclude."""
    if view.state.get("turn", 0) == 0:
        return Step("opening")
    if view.state.get("clashes"):
        return Step("contradiction", view.state["clashes"][0]["criterion"])
    topic = view.state.get("topic")
    if topic in view.scope and (step := unsettled_step(view, topic)):
        return step
    order = _order(view)
    if view.state["depth"] == "full" and (gap := _gap_to_confirm(view)):
        return Step("summary", gap=gap)
    for criterion in order:
        if is_open(view, criterion):
            return Step("criterion", criterion)
        if step := unsettled_step(view, criterion):
            return step
    if not view.state.get("cover_asked") and not (view.profile.company or view.profile.project):
        return Step("cover")
    return Step("conclude")


def _gap_to_confirm(view: View) -> str | None:
    for gap in view.rubric.gaps:
        rated = [c.id for c in gap.criteria if view.ratings[c.id].level is not None]
        done = all(is_settled(view, c.id) for c in gap.criteria)
        if done and rated and gap.id not in view.state.get("confirmed", []):
            return gap.id
    return None


def minutes_left(view: View) -> int:
    """Estimate the minutes to the report, at least one while anything is open."""
    return max(1, round(sum(not is_settled(view, c) for c in view.scope) * MINUTES_PER_CRITERION))
