"""The arithmetic of the score: unknown is never 0 and never ready. Documented in knowledge/en/guidance/scoring.md."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal

from app.audit.ledger.evidence import Rating
from app.audit.model import Value
from app.audit.rubric import READY_LEVEL, TOP_LEVEL, Criterion, Gap, Rubric

POINTS_PER_LEVEL = 25
AT_RISK_NOES = 2
"""Two or more no on the checklist: on the path to the cancelled projects (source: the article's checklist)."""

Answer = Literal["yes", "no", "unknown", "n/a"]


class Band(StrEnum):
    """What a score is called, lowest first."""

    STALLED = "Stalled"
    AT_RISK = "At risk"
    GETTING_THERE = "Getting there"
    READY = "Ready"
    NOT_SCORED = "Not scored yet"


_BANDS = ((75.0, Band.READY), (50.0, Band.GETTING_THERE), (25.0, Band.AT_RISK), (0.0, Band.STALLED))


class Range(Value):
    """A score from 0 to 100 with what it could be, were every unknown at level 0 or at level 4."""

    value: float | None
    low: float
    high: float


class GapScore(Value):
    """One gap's score and how much of it is known."""

    gap: str
    score: Range
    known: int
    total: int
    """Criteria that apply."""


class Line(Value):
    """One line of the checklist."""

    gap: str
    text: str
    answer: Answer


class Score(Value):
    """The whole result, computed from ratings alone."""

    overall: Range
    gaps: tuple[GapScore, ...]
    known: int
    total: int
    checklist: tuple[Line, ...]
    at_risk: bool
    band: Band


def _mean(pairs: Iterable[tuple[float, int]]) -> float | None:
    """Weighted mean of (points, weight); None when there is nothing to weigh."""
    listed = list(pairs)
    weights = sum(weight for _, weight in listed)
    return sum(points * weight for points, weight in listed) / weights if weights else None


def _applies(ratings: Mapping[str, Rating], criteria: Iterable[Criterion]) -> list[Criterion]:
    return [c for c in criteria if ratings[c.id].standing != "not_applicable"]


def _points(rating: Rating, otherwise: int) -> float:
    return POINTS_PER_LEVEL * (otherwise if rating.level is None else rating.level)


def score_gap(gap: Gap, ratings: Mapping[str, Rating]) -> GapScore:
    """Score one gap: the weighted mean of the known criteria's points, level × 25."""
    applies = _applies(ratings, gap.criteria)
    known = [c for c in applies if ratings[c.id].known]
    return GapScore(
        gap=gap.id,
        score=Range(
            value=_mean((_points(ratings[c.id], 0), c.weight) for c in known),
            low=_mean((_points(ratings[c.id], 0), c.weight) for c in applies) or 0.0,
            high=_mean((_points(ratings[c.id], TOP_LEVEL), c.weight) for c in applies) or 0.0,
        ),
        known=len(known),
        total=len(applies),
    )


def answer_of(rating: Rating) -> Answer:
    """Answer a checklist line from its core criterion: level 3 or 4 is yes, 0 to 2 is no."""
    if rating.standing == "not_applicable":
        return "n/a"
    if rating.level is None:
        return "unknown"
    return "yes" if rating.level >= READY_LEVEL else "no"


def band_of(value: float | None, noes: int) -> Band:
    """Name a score: none above "At risk" with two no, not "Ready" with one."""
    if value is None:
        return Band.NOT_SCORED
    band = next(name for least, name in _BANDS if value >= least)
    if noes >= AT_RISK_NOES and band in (Band.READY, Band.GETTING_THERE):
        return Band.AT_RISK
    if noes and band is Band.READY:
        return Band.GETTING_THERE
    return band


def score(rubric: Rubric, ratings: Mapping[str, Rating]) -> Score:
    """Score an audit: the mean of the five gaps, unknown and n/a kept out and shown as coverage."""
    gaps = tuple(score_gap(gap, ratings) for gap in rubric.gaps)
    counted = [g for g in gaps if g.total]
    overall = Range(
        value=_mean((g.score.value, 1) for g in counted if g.score.value is not None),
        low=_mean((g.score.low, 1) for g in counted) or 0.0,
        high=_mean((g.score.high, 1) for g in counted) or 0.0,
    )
    checklist = tuple(Line(gap=c.gap, text=c.checklist, answer=answer_of(ratings[c.id])) for c in rubric.core)
    noes = sum(line.answer == "no" for line in checklist)
    return Score(
        overall=overall,
        gaps=gaps,
        known=sum(g.known for g in gaps),
        total=sum(g.total for g in gaps),
        checklist=checklist,
        at_risk=noes >= AT_RISK_NOES,
        band=band_of(overall.value, noes),
    )
