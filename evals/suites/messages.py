"""Understanding a free message: what is wanted, which criteria it reveals, at which level, in whose words."""

import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.audit.ledger.assessment import Assessment, Intent
from app.audit.rubric import Rubric
from app.observability.turns import turn_of
from evals.figures import Figure, defined, figure, mean, pooled_kappa, share
from evals.run import DATASETS, CasesError, Options, Result, by_id, read_cases, run_record, thrown_away
from evals.suites.reading import special_of

CASES = DATASETS / "messages.jsonl"
_SAYS_NO_LEVEL = (Intent.UNKNOWN, Intent.NOT_APPLICABLE)


@dataclass(frozen=True)
class Understood:
    """A message and what was made of it."""

    id: str
    expected: str
    actual: str
    reveals: dict[str, int]
    heard: dict[str, int]
    quotes: int
    verbatim: int


def heard_in(read: Assessment, asked: str | None) -> dict[str, int]:
    """Return the levels that the program would record: special readings and an unknown for the question are none."""
    stated = {f.criterion: f.level for f in read.findings if special_of(f) is None}
    if read.intent in _SAYS_NO_LEVEL and asked:
        stated.pop(asked, None)
    return stated


def check(rubric: Rubric, cases: list[dict[str, Any]], path: Path) -> None:
    """Refuse cases that cannot be measured. Raises CasesError."""
    for case in cases:
        named = {*case.get("reveals", {})} | ({case["asked"]} if case.get("asked") else set())
        if named - set(rubric.criteria) or not isinstance(case.get("text"), str) or case.get("intent") not in [*Intent]:
            raise CasesError(f"{path}: {case['id']}: expected a text, an intent and criteria of the rubric")


def figures_of(told: list[Understood], seed: int) -> dict[str, Figure]:
    """Compute every figure of measures.md."""
    hits = [(len(u.reveals.keys() & u.heard.keys()), u) for u in told]
    pairs = [[(u.reveals[c], u.heard[c]) for c in u.reveals if c in u.heard] for u in told]
    return defined(
        {
            "intent_accuracy": figure([float(u.actual == u.expected) for u in told], mean, seed),
            "criteria_precision": figure([(n, len(u.heard)) for n, u in hits], share, seed, sum(len(u.heard) for u in told)),
            "criteria_recall": figure([(n, len(u.reveals)) for n, u in hits], share, seed, sum(len(u.reveals) for u in told)),
            "kappa": figure(pairs, pooled_kappa, seed, sum(map(len, pairs))),
            "verbatim": figure([(u.verbatim, u.quotes) for u in told], share, seed, sum(u.quotes for u in told)),
        }
    )


async def measure(options: Options) -> Result:
    """Measure the understanding of free messages."""
    started, path = time.perf_counter(), options.cases or CASES
    cases = read_cases(path)
    told = []
    async with thrown_away(options) as program:
        check(program.parts.knowledge.rubric, cases, path)
        for case in cases:
            asked, text = case.get("asked"), case["text"]
            with turn_of(case["id"], 1, program.parts.settings.turn_seconds) as turn:
                read = await program.parts.assessor.assess(text, asked)
            program.parts.metrics.turn(turn)
            verbatim = sum(f.quote in text for f in read.findings)
            heard = heard_in(read, asked)
            told.append(
                Understood(case["id"], case["intent"], str(read.intent), case.get("reveals", {}), heard, len(read.findings), verbatim)
            )
        figures = figures_of(told, options.seed)
        run = run_record(program, path, options.seed, started)
    confusion = Counter(f"{u.expected} → {u.actual}" for u in told)
    return Result("messages", figures, [asdict(u) for u in told], run, {"confusion": dict(sorted(confusion.items()))}, inputs=by_id(cases))
