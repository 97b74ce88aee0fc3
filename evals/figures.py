"""Figures with their n and a 95 % interval, and the statistics that they are made of."""

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

LEVELS = 5
DRAWS = 1000
"""Bootstrap samples an interval rests on."""
BINS = 10
Pair = tuple[int, int]
"""An expected and an actual level."""
T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """A measured value, its 95 % interval and how many cases it rests on."""

    value: float
    low: float
    high: float
    n: int

    def as_json(self) -> dict[str, float | int]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4), "n": self.n}


def figure(cases: Sequence[T], statistic: Callable[[Sequence[T]], float | None], seed: int, n: int | None = None) -> Figure | None:
    """Compute a statistic over cases with its bootstrap interval; None where it is not defined.

    `n` is given where a case holds several things that are counted.
    """
    value = statistic(cases) if cases else None
    if value is None:
        return None
    draw = random.Random(seed)
    drawn = (statistic(draw.choices(cases, k=len(cases))) for _ in range(DRAWS))
    sample = sorted(one for one in drawn if one is not None)
    edge = int(0.025 * len(sample))
    return Figure(value, sample[edge], sample[-1 - edge], len(cases) if n is None else n)


def defined(figures: dict[str, Figure | None]) -> dict[str, Figure]:
    """Keep the figures that could be measured on these cases."""
    return {name: one for name, one in figures.items() if one is not None}


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def share(counts: Sequence[tuple[int, int]]) -> float | None:
    """Pool (hits, of) pairs into one share."""
    of = sum(n for _, n in counts)
    return sum(hits for hits, _ in counts) / of if of else None


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Return the percentile, interpolated between neighbours."""
    if len(values) < 2:
        return values[0] if values else None
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa with quadratic weights over levels 0 to 4; None where all cases share one level."""
    seen = [[0] * LEVELS for _ in range(LEVELS)]
    for expected, actual in pairs:
        seen[expected][actual] += 1
    rows, columns = [sum(row) for row in seen], [sum(column) for column in zip(*seen, strict=True)]
    cells = [(i, j) for i in range(LEVELS) for j in range(LEVELS)]
    apart = sum((i - j) ** 2 * seen[i][j] for i, j in cells)
    by_chance = sum((i - j) ** 2 * rows[i] * columns[j] for i, j in cells) / max(1, len(pairs))
    return 1 - apart / by_chance if by_chance else None


def pooled_kappa(cases: Sequence[Sequence[Pair]]) -> float | None:
    """Return kappa over all the pairs of several cases together."""
    return kappa([pair for pairs in cases for pair in pairs])


@dataclass(frozen=True)
class Bin:
    """The cases whose confidence lies in one tenth."""

    low: float
    n: int
    confidence: float
    right: float


def reliability(told: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Group (confidence, right) pairs by tenths of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in told:
        bins.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, right))
    return [
        Bin(number / BINS, len(mine), sum(c for c, _ in mine) / len(mine), sum(right for _, right in mine) / len(mine))
        for number, mine in sorted(bins.items())
    ]


def calibration_error(told: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error: the mean distance of confidence and share right, weighted by bin size."""
    return sum(b.n * abs(b.confidence - b.right) for b in reliability(told)) / len(told) if told else None
