"""Retrieval: whether a question finds the passages that answer it, and nothing where the playbook has no answer."""

import time
from dataclasses import asdict, dataclass

from evals.figures import Figure, defined, figure, mean, percentile
from evals.run import DATASETS, CasesError, Options, Result, by_id, read_cases, run_record, thrown_away

CASES = DATASETS / "retrieval.jsonl"
LIMIT = 5


@dataclass(frozen=True)
class Search:
    """A query, what should be found and what was, best first."""

    id: str
    expected: list[str]
    actual: list[str]
    ms: float

    def recall(self, k: int) -> float:
        """Return the share of the expected passages among the first k, of as many as fit there."""
        return len(set(self.expected) & set(self.actual[:k])) / min(k, len(self.expected))

    @property
    def reciprocal_rank(self) -> float:
        return next((1 / rank for rank, found in enumerate(self.actual, 1) if found in self.expected), 0.0)


def figures_of(searches: list[Search], seed: int) -> dict[str, Figure]:
    """Compute every figure of measures.md."""
    answered = [s for s in searches if s.expected]
    return defined(
        {
            "recall_at_1": figure([s.recall(1) for s in answered], mean, seed),
            "recall_at_5": figure([s.recall(LIMIT) for s in answered], mean, seed),
            "mrr": figure([s.reciprocal_rank for s in answered], mean, seed),
            "no_answer_accuracy": figure([float(not s.actual) for s in searches if not s.expected], mean, seed),
            "ms_p50": figure([s.ms for s in searches], lambda ms: percentile(ms, 50), seed),
        }
    )


async def measure(options: Options) -> Result:
    """Measure the search of the playbook."""
    started, path = time.perf_counter(), options.cases or CASES
    cases = read_cases(path)
    searches = []
    async with thrown_away(options) as program:
        ids = {passage.id for passage in program.parts.knowledge.passages}
        await program.parts.playbook.search("warm up")
        for case in cases:
            if not isinstance(case.get("query"), str) or not isinstance(case.get("expected"), list):
                raise CasesError(f"{path}: {case['id']}: expected a query and a list of passages")
            if strangers := set(case["expected"]) - ids:
                raise CasesError(f"{path}: {case['id']}: there is no passage {', '.join(sorted(strangers))}")
            began = time.perf_counter()
            found = await program.parts.playbook.search(case["query"], limit=LIMIT)
            ms = 1000 * (time.perf_counter() - began)
            searches.append(Search(case["id"], case["expected"], [hit.passage.id for hit in found], ms))
        figures = figures_of(searches, options.seed)
        run = run_record(program, path, options.seed, started)
    return Result("retrieval", figures, [asdict(s) for s in searches], run, inputs=by_id(cases))
