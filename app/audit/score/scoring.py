"""The arithmetic of the score: unknown is never 0 and never ready. Documented in knowledge/en/guidance/scoring.md."""

from collections.abc import Iterable, Mapping, Sequence
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
    """Where a score falls, lowest first; what a band is called is `score.band` in the words."""

    STALLED = "stalled"
    AT_RISK = "at_risk"
    GETTING_THERE = "getting_there"
    READY = "ready"
    NOT_SCORED = "not_scored"


_BANDS = ((75, Band.READY), (50, Band.GETTING_THERE), (25, Band.AT_RISK))
"""The least score of each band, and below them all: stalled."""


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


class ChecklistLine(Value):
    """One line of the checklist, answered by its gap's core criterion."""

    gap: str
    text: str
    answer: Answer


class Score(Value):
    """The whole result, computed from ratings alone."""

    overall: Range
    gaps: tuple[GapScore, ...]
    known: int
    total: int
    checklist: tuple[ChecklistLine, ...]
    at_risk: bool
    """Whether two or more lines of the checklist are a no."""
    band: Band

    @property
    def noes(self) -> int:
        """How many lines of the checklist are a no."""
        return _noes(self.checklist)


def weighted_mean(pairs: Iterable[tuple[float, int]]) -> float | None:
    """Return the mean of (points, weight); None where there is nothing to weigh."""
    weighed = list(pairs)
    weights = sum(weight for _, weight in weighed)
    return sum(points * weight for points, weight in weighed) / weights if weights else None


def points_of(gap: Gap, ratings: Mapping[str, Rating], *, unknown_at: int | None) -> list[tuple[float, int]]:
    """Return (points, weight) of each criterion that counts: an unknown at the level given, or left out; n/a always out."""
    levels = [(unknown_at if (rating := ratings[c.id]).level is None else rating.level, c.weight) for c in applying(gap, ratings)]
    return [(POINTS_PER_LEVEL * level, weight) for level, weight in levels if level is not None]


def applying(gap: Gap, ratings: Mapping[str, Rating]) -> list[Criterion]:
    """Return the criteria of a gap that apply."""
    return [c for c in gap.criteria if ratings[c.id].standing != "not_applicable"]


def score_gap(gap: Gap, ratings: Mapping[str, Rating]) -> GapScore:
    """Score one gap: the weighted mean of the known criteria's points, level × 25."""
    known = points_of(gap, ratings, unknown_at=None)
    return GapScore(
        gap=gap.id,
        score=Range(
            value=weighted_mean(known),
            low=weighted_mean(points_of(gap, ratings, unknown_at=0)) or 0.0,
            high=weighted_mean(points_of(gap, ratings, unknown_at=TOP_LEVEL)) or 0.0,
        ),
        known=len(known),
        total=len(applying(gap, ratings)),
    )


def answer_of(rating: Rating) -> Answer:
    """Answer a checklist line from its core criterion: level 3 or 4 is yes, 0 to 2 is no."""
    if rating.standing == "not_applicable":
        return "n/a"
    if rating.level is None:
        return "unknown"
    return "yes" if rating.level >= READY_LEVEL else "no"


def band_of(value: float | None, noes: int) -> Band:
    """Name a score's band: none above at risk with two no, not ready with one."""
    if value is None:
        return Band.NOT_SCORED
    band = next((band for least, band in _BANDS if value >= least), Band.STALLED)
    if noes >= AT_RISK_NOES and band in (Band.READY, Band.GETTING_THERE):
        return Band.AT_RISK
    if noes and band is Band.READY:
        return Band.GETTING_THERE
    return band


def score(rubric: Rubric, ratings: Mapping[str, Rating]) -> Score:
    """Score an audit: the mean of the five gaps, unknown and n/a kept out and shown as coverage."""
    gaps = tuple(score_gap(gap, ratings) for gap in rubric.gaps)
    overall = _mean_of([gap.score for gap in gaps if gap.total])
    checklist = tuple(ChecklistLine(gap=c.gap, text=c.checklist, answer=answer_of(ratings[c.id])) for c in rubric.core)
    return Score(
        overall=overall,
        gaps=gaps,
        known=sum(gap.known for gap in gaps),
        total=sum(gap.total for gap in gaps),
        checklist=checklist,
        at_risk=_noes(checklist) >= AT_RISK_NOES,
        band=band_of(overall.value, _noes(checklist)),
    )


def _mean_of(scores: Sequence[Range]) -> Range:
    return Range(
        value=weighted_mean((one.value, 1) for one in scores if one.value is not None),
        low=weighted_mean((one.low, 1) for one in scores) or 0.0,
        high=weighted_mean((one.high, 1) for one in scores) or 0.0,
    )


def _noes(checklist: Sequence[ChecklistLine]) -> int:
    return sum(line.answer == "no" for line in checklist)
