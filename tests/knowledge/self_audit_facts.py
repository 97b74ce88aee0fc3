"""Checks the facts of our own audit against the repository; lives here because the installed program has none around it."""

import json
import re
from pathlib import Path

from app.knowledge.self_audit import FigureFact, FileFact, Item

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def broken_facts(item: Item) -> list[str]:
    """Name every fact of an answer that does not hold, and every number in its words that no fact carries."""
    found = [_broken_file(fact) if isinstance(fact, FileFact) else _broken_figure(fact) for fact in item.facts]
    bare = sorted(set(NUMBER.findall(item.says)) - _numbers(item))
    return [f"{item.criterion}: {problem}" for problem in [*filter(None, found), *(f"no fact carries {number}" for number in bare)]]


def _numbers(item: Item) -> set[str]:
    """Collect the numbers that an answer's facts prove."""
    proved: set[str] = set()
    for fact in item.facts:
        if isinstance(fact, FileFact):
            proved |= {*NUMBER.findall(fact.contains or ""), str(fact.lines_at_least)}
        else:
            proved.add(f"{fact.at_most if fact.at_least is None else fact.at_least:g}")
    return proved


def _broken_file(fact: FileFact) -> str | None:
    path = ROOT / fact.file
    if not path.is_file():
        return f"there is no {fact.file}"
    text = path.read_text(encoding="utf-8")
    if fact.contains and fact.contains not in text:
        return f"{fact.file} does not contain {fact.contains!r}"
    if fact.lines_at_least and (have := len(text.splitlines())) < fact.lines_at_least:
        return f"{fact.file} has {have} lines, fewer than {fact.lines_at_least}"
    return None


def _broken_figure(fact: FigureFact) -> str | None:
    path = ROOT / "evals" / "baselines" / fact.baseline
    if not path.is_file():
        return f"there is no {fact.baseline}"
    baseline = json.loads(path.read_text(encoding="utf-8"))
    value = baseline["measured"].get(fact.figure)
    if value is None:
        return f"{fact.baseline} has no {fact.figure}"
    if not _within(fact, value):
        return f"{fact.figure} is {value}, not {_bound_of(fact)}"
    floor = baseline["floors"].get(fact.figure, {})
    if fact.guarded and not _within(fact, floor.get("at_least" if fact.at_most is None else "at_most")):
        return f"no floor keeps {_bound_of(fact)}"
    return None


def _within(fact: FigureFact, value: float | None) -> bool:
    if value is None:
        return False
    return (fact.at_least is None or value >= fact.at_least) and (fact.at_most is None or value <= fact.at_most)


def _bound_of(fact: FigureFact) -> str:
    bound = f"at most {fact.at_most:g}" if fact.at_least is None else f"at least {fact.at_least:g}"
    return f"{fact.figure} {bound}"
