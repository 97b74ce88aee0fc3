"""Levers: for each criterion the next fact or proof that would move the score, and by how much; and the bottleneck."""

from collections.abc import Mapping

from app.audit.grammar import within
from app.audit.ledger.evidence import Rating
from app.audit.model import Value
from app.audit.rubric import READY_LEVEL, TOP_LEVEL, Gap, Rubric
from app.audit.score.scoring import POINTS_PER_LEVEL, Score, answer_of, score


class Lever(Value):
    """What one level more on a criterion is worth."""

    criterion: str
    from_level: int | None
    to_level: int
    points: float
    """Points of the overall score, 0 to 100, that the move adds; for an unknown: up to how much is open."""
    fact: str
    """The question whose yes would be the next level."""
    proof: str


class Bottleneck(Value):
    """The gap that holds the project back most, and why."""

    gap: str
    why: str
    missing: float
    """Points that the gap leaves on the table, 0 to 100."""


def with_level(ratings: Mapping[str, Rating], criterion: str, level: int) -> dict[str, Rating]:
    """Return the ratings as they would be with one criterion at another level."""
    moved = ratings[criterion].model_copy(update={"standing": "rated", "level": level})
    return {**ratings, criterion: moved}


def levers(rubric: Rubric, ratings: Mapping[str, Rating]) -> tuple[Lever, ...]:
    """List what would move the score, most points first; criteria at the top or not applicable have no lever."""
    now = score(rubric, ratings).overall
    found = []
    for criterion in rubric.criteria.values():
        rating = ratings[criterion.id]
        if rating.standing == "not_applicable" or rating.level == TOP_LEVEL:
            continue
        to_level = READY_LEVEL if rating.level is None else rating.level + 1
        then = score(rubric, with_level(ratings, criterion.id, to_level)).overall
        # For an unknown the mean may fall when it becomes known; what it is worth is how far it lifts the worst case.
        points = then.low - now.low if rating.level is None else (then.value or 0.0) - (now.value or 0.0)
        found.append(
            Lever(
                criterion=criterion.id,
                from_level=rating.level,
                to_level=to_level,
                points=points,
                fact=criterion.probes[to_level - 1],
                proof=criterion.proof[0],
            )
        )
    return tuple(sorted(found, key=lambda lever: -lever.points))


def _missing(gap: Gap, ratings: Mapping[str, Rating]) -> float:
    known = [c for c in gap.criteria if ratings[c.id].known]
    weights = sum(c.weight for c in known)
    lost = sum(c.weight * POINTS_PER_LEVEL * (TOP_LEVEL - (ratings[c.id].level or 0)) for c in known)
    return lost / weights if weights else 0.0


def bottleneck(rubric: Rubric, ratings: Mapping[str, Rating], result: Score) -> Bottleneck | None:
    """Name the gap with the most missing points, a "no" on its checklist line first; None when nothing is known.

    A gap whose checklist line is a no blocks the way to production, so it goes before one that merely scores low.
    """
    rated = [gap for gap in rubric.gaps if any(ratings[c.id].known for c in gap.criteria)]
    if not rated:
        return None
    worst = max(rated, key=lambda gap: (_missing(gap, ratings), answer_of(ratings[gap.core.id]) == "no"))
    missing = _missing(worst, ratings)
    if not missing:
        return None
    lowest = min((c for c in worst.criteria if ratings[c.id].known), key=lambda c: (ratings[c.id].level or 0, -c.weight))
    says = lowest.levels[ratings[lowest.id].level or 0]
    value = next(g.score.value for g in result.gaps if g.gap == worst.id) or 0.0
    says = says[:1].lower() + says[1:]
    if value < READY_LEVEL * POINTS_PER_LEVEL:
        why = f"{worst.name}, with {value:.0f} of 100, holds the project back most. Its weakest point is {lowest.name.lower()}: {says}"
    else:
        most = f"{within(worst.name)}, with {value:.0f} of 100"
        why = f"Nothing holds the project back. Most is left to gain in {most}, at {lowest.name.lower()}"
    return Bottleneck(gap=worst.id, why=why.rstrip(".") + ".", missing=missing)
