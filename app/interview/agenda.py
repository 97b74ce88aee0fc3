"""Which criterion next, when to probe, when to stop: pure."""

from dataclasses import dataclass
from typing import Literal

from app.audit.evidence import Rating
from app.interview.state import View

SURE = 0.62
"""A rating at least this confident is not probed."""
RUNNER_UP = 0.22
"""The neighbouring level must have at least this probability to be worth a probe."""
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


def boundary_to_probe(rating: Rating, probed: list[int]) -> int | None:
    """Return the boundary between the two levels the reading cannot tell apart, or None when it is settled enough.

    A claim that stayed without a detail after its follow-up is asked about with yes or no, and is never rated otherwise.
    """
    if rating.standing == "bare" and not probed:
        return MIDDLE
    entry = rating.quotes[-1] if rating.quotes else None
    if rating.level is None or entry is None or entry.distribution is None or entry.read_by == "tap":
        return None
    if rating.confidence >= SURE or len(probed) >= MOST_PROBES:
        return None
    chances = entry.distribution
    neighbours = [n for n in (rating.level - 1, rating.level + 1) if 0 <= n < len(chances)]
    rival = max(neighbours, key=lambda n: chances[n])
    boundary = min(rating.level, rival)
    return boundary if chances[rival] >= RUNNER_UP and boundary not in probed else None


def is_settled(view: View, criterion: str) -> bool:
    """Say whether nothing more is to be asked about a criterion."""
    return view.ratings[criterion].standing != "open" and unsettled_step(view, criterion) is None


def unsettled_step(view: View, criterion: str) -> Step | None:
    """Return the follow-up or probe that an answered criterion still needs."""
    rating, asks = view.ratings[criterion], view.asks(criterion)
    if rating.standing == "bare" and not asks.get("followup"):
        return Step("followup", criterion)
    boundary = boundary_to_probe(rating, asks.get("probes", []))
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
        if view.ratings[criterion].standing == "open":
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
