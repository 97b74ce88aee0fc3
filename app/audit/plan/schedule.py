"""When each task of a sprint runs: one after the other for each owner, and after what it needs."""

from collections import defaultdict
from collections.abc import Sequence

from app.audit.model import Value


class Stretch(Value):
    """A piece of work that takes some days of the calendar."""

    owner: str
    days: float
    after: tuple[int, ...] = ()
    """Positions of earlier stretches that have to end first."""


def schedule(stretches: Sequence[Stretch], length: int) -> list[tuple[int, int]]:
    """Return the first and last day of each stretch, 1 to `length`.

    An owner with more work than the sprint has days does it all within the sprint, each stretch shortened alike;
    so does everybody where a chain of dependencies is longer than the sprint.
    """
    load: dict[str, float] = defaultdict(float)
    for stretch in stretches:
        load[stretch.owner] += stretch.days
    free: dict[str, float] = defaultdict(float)
    spans: list[tuple[float, float]] = []
    for stretch in stretches:
        starts = max([free[stretch.owner], *(spans[n][1] for n in stretch.after)])
        ends = starts + stretch.days * length / max(length, load[stretch.owner])
        free[stretch.owner] = ends
        spans.append((starts, ends))
    longest = max([length, *(end for _, end in spans)])
    return [_days(start * length / longest, end * length / longest, length) for start, end in spans]


def _days(start: float, end: float, length: int) -> tuple[int, int]:
    """Round to whole days, so that what follows on begins the day after; very short work still has a day."""
    first = min(round(start) + 1, length)
    return first, max(first, min(round(end), length))
