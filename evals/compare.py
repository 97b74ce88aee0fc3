"""`python -m evals compare RUN_A RUN_B`: what changed between two results, figure by figure and case by case."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from evals.run import CasesError

Verdict = Literal["better", "worse", "other"]
Told = Mapping[str, tuple[Any, Any]]
"""What was expected and what was told, by case, or by case and criterion."""
MOST_SHOWN = 60
"""Changed cases a suite; the rest is counted."""
_COLOURS = {"better": "green", "worse": "red", "other": "yellow"}


@dataclass(frozen=True)
class Change:
    """One case that the two runs told differently."""

    suite: str
    case: str
    expected: Any
    before: Any
    after: Any

    @property
    def verdict(self) -> Verdict:
        """Whether the second run is nearer to what was expected."""
        first, second = distance(self.expected, self.before), distance(self.expected, self.after)
        return "better" if second < first else "worse" if second > first else "other"


def distance(expected: Any, actual: Any) -> float:
    """Return how far off an answer is: levels apart, passages not found, and 4, the most levels apart, for anything else that differs.

    Answers by criterion count together: the mean of theirs.
    """
    if isinstance(expected, dict) and isinstance(actual, dict) and expected:
        return sum(distance(expected[name], actual.get(name)) for name in expected) / len(expected)
    if isinstance(expected, int) and isinstance(actual, int):
        return abs(int(expected) - int(actual))
    if isinstance(expected, list) and isinstance(actual, list):
        return len(set(expected) - set(actual)) if expected else len(actual)
    return 0.0 if expected == actual else 4.0


def read_run(path: Path) -> dict[str, dict[str, Any]]:
    """Return a result file's suites by name. Raises CasesError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        suites = found["suites"] if found["suite"] == "all" else [found]
        return {suite["suite"]: suite for suite in suites}
    except OSError as error:
        raise CasesError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CasesError(f"{path}: this is not a result of `python -m evals`") from error


def _answers(suite: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for case in suite["cases"]:
        expected, actual = case.get("expected"), case.get("actual")
        if isinstance(expected, dict) and isinstance(actual, dict):
            for name in expected:
                yield f"{case['id']} {name}", (expected[name], actual.get(name))
        elif "expected" in case:
            yield case["id"], (expected, actual)
        heard, reveals = case.get("heard", {}), case.get("reveals", {})
        for name in [*reveals, *(c for c in heard if c not in reveals)]:
            yield f"{case['id']} {name}", (reveals.get(name), heard.get(name))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the cases of a suite that both runs measured and told differently, the worse ones first."""
    first, second = dict(_answers(before)), dict(_answers(after))
    both = {case["id"] for case in before["cases"]} & {case["id"] for case in after["cases"]}
    found = []
    for name in [*second, *(name for name in first if name not in second)]:
        expected, was = first.get(name, (None, None))
        wanted, told = second.get(name, (None, None))
        if name.partition(" ")[0] in both and was != told:
            found.append(Change(after["suite"], name, wanted if name in second else expected, was, told))
    order = ("worse", "other", "better")
    return sorted(found, key=lambda change: order.index(change.verdict))


def compare(paths: tuple[Path, Path], out: Console) -> int:
    """Print both runs' figures side by side, then the cases that changed; return how many got worse."""
    one, other = (read_run(path) for path in paths)
    both = [name for name in one if name in other]
    if not both:
        raise CasesError(f"{paths[0]} and {paths[1]} have no suite in common")
    out.print(_figures({name: (one[name], other[name]) for name in both}))
    worse = 0
    for name in both:
        found = changes(one[name], other[name])
        counts = Counter(change.verdict for change in found)
        worse += counts["worse"]
        out.print(f"\n[bold]{name}[/]: {counts['worse']} worse, {counts['better']} better, {counts['other']} otherwise different")
        for change in found[:MOST_SHOWN]:
            colour = _COLOURS[change.verdict]
            out.print(
                f"  [{colour}]{change.verdict:6}[/] {change.case}: expected {change.expected}, was {change.before}, is {change.after}"
            )
        if len(found) > MOST_SHOWN:
            out.print(f"  … and {len(found) - MOST_SHOWN} more")
    return worse


def _figures(suites: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("suite", "figure"):
        table.add_column(heading)
    for heading in ("first", "second", "change"):
        table.add_column(heading, justify="right")
    for name, (before, after) in suites.items():
        for key, second in after["figures"].items():
            first = before["figures"].get(key)
            change = "" if first is None else f"{second['value'] - first['value']:+.3f}"
            table.add_row(name, key, "" if first is None else f"{first['value']:.3f}", f"{second['value']:.3f}", change)
    return table
