"""Agreement between two people who rated the held-out answers, the second without seeing the first: the ceiling for any reader."""

import time
from collections.abc import Sequence
from typing import Any

from app.audit.rubric import GAP_IDS, READY_LEVEL
from evals.figures import Figure, defined, figure, kappa, mean
from evals.run import DATASETS, CasesError, Options, Result, by_id, read_cases, run_record, thrown_away
from evals.suites.reading import CASES as RATED
from evals.suites.reading import SPECIAL

CASES = DATASETS / "second-rating.jsonl"


def _levels(cases: Sequence[dict[str, Any]], gap: str = "") -> list[tuple[int, int]]:
    both = ((c["expected"], c["actual"]) for c in cases if c["criterion"].startswith(gap))
    return [(one, other) for one, other in both if isinstance(one, int) and isinstance(other, int)]


def figures_of(cases: Sequence[dict[str, Any]], seed: int) -> dict[str, Figure]:
    """Compute the figures of the reading suite between the raters; kappa where both gave a level."""
    pairs = _levels(cases)
    told = [case for case in cases if isinstance(case["expected"], int)]
    special = [case for case in cases if isinstance(case["expected"], str)]
    return defined(
        {"kappa": figure(pairs, kappa, seed)}
        | {f"kappa.{gap}": figure(_levels(cases, gap), kappa, seed) for gap in GAP_IDS}
        | {
            "exact": figure([float(one == other) for one, other in pairs], mean, seed),
            "adjacent": figure([float(abs(one - other) <= 1) for one, other in pairs], mean, seed),
            "ready_agreement": figure([float((one >= READY_LEVEL) == (other >= READY_LEVEL)) for one, other in pairs], mean, seed),
            "special_recall": figure([float(case["actual"] == case["expected"]) for case in special], mean, seed),
            "special_false_alarms": figure([float(case["actual"] in SPECIAL) for case in told], mean, seed),
        }
    )


async def measure(options: Options) -> Result:
    """Compare the second rating with the first. Raises CasesError when it names an answer that there is not."""
    started, path = time.perf_counter(), options.cases or CASES
    second, first = read_cases(path), by_id(read_cases(RATED))
    if strangers := [case["id"] for case in second if case["id"] not in first]:
        raise CasesError(f"{path}: {strangers[0]} is no held-out answer")
    cases = [
        {"id": c["id"], "criterion": first[c["id"]]["criterion"], "expected": first[c["id"]]["label"], "actual": c["label"]} for c in second
    ]
    async with thrown_away(options) as program:
        run = run_record(program, path, options.seed, started)
    return Result("agreement", figures_of(cases, options.seed), cases, run, inputs={c["id"]: first[c["id"]] for c in second})
