"""Reading one answer: agreement with the labels, special labels apart, time on one core, calibration."""

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.assessors.by_encoder import EncoderAssessor
from app.audit.ledger.assessment import Finding, Intent
from app.audit.rubric import GAP_IDS, READY_LEVEL
from app.observability.turns import turn_of
from evals.figures import Figure, calibration_error, defined, figure, kappa, mean, percentile, reliability
from evals.program import Program
from evals.run import DATASETS, CasesError, Options, Result, by_id, read_cases, run_record, thrown_away

CASES = DATASETS / "reading.jsonl"
SPECIAL = ("unknown", "needs_followup")
DECIDED = 0.5
WARM_UP = 5
"""Readings before the clock counts."""


@dataclass(frozen=True)
class Read:
    """A case and what the reader made of it."""

    id: str
    gap: str
    expected: int | str
    actual: int | str
    level: int
    """The best single level, special labels set aside."""
    confidence: float
    ms: float


def special_of(finding: Finding) -> str | None:
    """Return the special label that a reading decides for, or None."""
    label, chance = max((("unknown", finding.unknown), ("needs_followup", finding.needs_followup)), key=lambda told: told[1])
    return label if chance >= DECIDED else None


def check(program: Program, cases: list[dict[str, Any]], path: Path) -> None:
    """Refuse cases that cannot be measured. Raises CasesError."""
    for case in cases:
        known = case.get("criterion") in program.parts.knowledge.rubric.criteria
        if not known or case.get("label") not in (0, 1, 2, 3, 4, *SPECIAL) or not isinstance(case.get("text"), str):
            raise CasesError(f"{path}: {case['id']}: expected a criterion of the rubric, a label and a text")


async def _read(program: Program, case: dict[str, Any]) -> Finding:
    """Read one case with the program's assessor: the answer alone, given only its criterion's question."""
    criterion, text, assessor = case["criterion"], case["text"], program.parts.assessor
    if isinstance(assessor, EncoderAssessor):
        return assessor.read(criterion, text)
    with turn_of(case["id"], 1, program.parts.settings.turn_seconds) as turn:
        read = await assessor.assess(text, criterion)
    program.parts.metrics.turn(turn)
    found = next((finding for finding in read.findings if finding.criterion == criterion), None)
    if found is None or read.intent is Intent.UNKNOWN:
        even = {"distribution": (0.2, 0.2, 0.2, 0.2, 0.2), "quote": text, "criterion": criterion}
        return Finding.model_validate((found.model_dump() if found else even) | {"unknown": 1.0, "needs_followup": 0.0})
    return found


async def read_all(program: Program, cases: list[dict[str, Any]]) -> list[Read]:
    """Read every case, one after the other."""
    if program.parts.model is None:
        for case in cases[:WARM_UP]:
            await _read(program, case)
    made = []
    for case in cases:
        started = time.perf_counter()
        finding = await _read(program, case)
        ms = 1000 * (time.perf_counter() - started)
        actual = special_of(finding) or finding.level
        gap = case["criterion"].partition(".")[0]
        made.append(Read(case["id"], gap, case["label"], actual, finding.level, finding.confidence, ms))
    return made


def figures_of(reads: list[Read], seed: int) -> dict[str, Figure]:
    """Compute every figure of measures.md."""
    levels = [r for r in reads if isinstance(r.expected, int)]
    special = [r for r in reads if isinstance(r.expected, str)]
    pairs = [(int(r.expected), r.level) for r in levels]
    told = [(r.confidence, r.level == r.expected) for r in levels]
    of_gap = {gap: [pair for pair, r in zip(pairs, levels, strict=True) if r.gap == gap] for gap in GAP_IDS}
    times = [r.ms for r in reads]
    return defined(
        {"kappa": figure(pairs, kappa, seed)}
        | {f"kappa.{gap}": figure(mine, kappa, seed) for gap, mine in of_gap.items()}
        | {
            "exact": figure([float(e == a) for e, a in pairs], mean, seed),
            "adjacent": figure([float(abs(e - a) <= 1) for e, a in pairs], mean, seed),
            "ready_agreement": figure([float((e >= READY_LEVEL) == (a >= READY_LEVEL)) for e, a in pairs], mean, seed),
            "special_recall": figure([float(r.actual == r.expected) for r in special], mean, seed),
            "special_recall.either": figure([float(r.actual in SPECIAL) for r in special], mean, seed),
            "special_false_alarms": figure([float(r.actual in SPECIAL) for r in levels], mean, seed),
            "calibration_error": figure(told, calibration_error, seed),
            "ms_p50": figure(times, lambda t: percentile(t, 50), seed),
            "ms_p95": figure(times, lambda t: percentile(t, 95), seed),
        }
    )


async def measure(options: Options) -> Result:
    """Measure the reading of single answers."""
    started, path = time.perf_counter(), options.cases or CASES
    cases = read_cases(path)
    async with thrown_away(options) as program:
        check(program, cases, path)
        reads = await read_all(program, cases)
        figures = figures_of(reads, options.seed)
        run = run_record(program, path, options.seed, started)
    told = [(r.confidence, r.level == r.expected) for r in reads if isinstance(r.expected, int)]
    tables = {"reliability": [asdict(one) for one in reliability(told)]}
    return Result("reading", figures, [asdict(r) for r in reads], run, tables, inputs=by_id(cases))
