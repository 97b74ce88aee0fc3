"""Levers: for each criterion the next fact or proof that would move the score, and by how much; and the bottleneck."""

from collections.abc import Mapping

from app.audit.grammar import within
from app.audit.ledger.evidence import Rating
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.rubric import READY_LEVEL, TOP_LEVEL, Gap, Rubric
from app.audit.score.scoring import POINTS_PER_LEVEL, Score, score
from app.audit.words import Words

_FULL = POINTS_PER_LEVEL * TOP_LEVEL
"""Points of a gap in which everything is proven."""


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


def bottleneck(methodology: Methodology, ratings: Mapping[str, Rating], result: Score) -> Bottleneck | None:
    """Name the gap with the most missing points; None where nothing is known, or nothing is missing.

    Of gaps that miss as much, one whose checklist line is a no comes first: it blocks the way to production.
    """
    rubric = methodology.rubric
    missing = {found.gap: _FULL - found.score.value for found in result.gaps if found.score.value is not None}
    refused = {line.gap for line in result.checklist if line.answer == "no"}
    worst = max(missing, key=lambda gap: (missing[gap], gap in refused), default=None)
    if worst is None or not missing[worst]:
        return None
    why = _why(rubric.gap(worst), ratings, _FULL - missing[worst], methodology.words)
    return Bottleneck(gap=worst, why=why, missing=missing[worst])


def _why(gap: Gap, ratings: Mapping[str, Rating], value: float, words: Words) -> str:
    """Say what holds a gap back: its lowest criterion, of two as low the core one; or that it is only what is left to gain."""
    known = [(level, criterion) for criterion in gap.criteria if (level := ratings[criterion.id].level) is not None]
    level, lowest = min(known, key=lambda one: (one[0], not one[1].core))
    if value >= READY_LEVEL * POINTS_PER_LEVEL:
        return words.say("score.bottleneck.most_to_gain", gap=within(gap.name), score=value, name=within(lowest.name))
    statement = within(lowest.levels[level].rstrip("."))
    return words.say("score.bottleneck.holds_back", gap=gap.name, score=value, name=within(lowest.name), statement=statement)
