"""What every suite shares: the program on a throwaway store, the cases, the result with its run record, and the floors."""

import hashlib
import json
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.observability.tracing import Tracer
from app.settings import Settings
from evals.figures import Figure
from evals.program import Program, running

HERE = Path(__file__).parent
DATASETS = HERE / "datasets"
RUNS = HERE / "runs"
"""Where `python -m evals all` leaves its record; not committed."""
BASELINES = HERE / "baselines"


DAY_USD = 200.0
"""What an evaluation by a language model may cost in all."""


class CasesError(ValueError):
    """A file of cases is missing or bad; the message names it and the line."""


@dataclass(frozen=True)
class Options:
    """What a person chose on the command line."""

    cases: Path | None = None
    """A file of cases or a folder of personas; the committed ones when not given."""
    seed: int = 7
    assessor: str = "encoder"
    depth: str = "full"
    sessions: int = 50
    turns: int = 8


@dataclass(frozen=True)
class Result:
    """One suite's figures, its cases one by one, and how they came about."""

    suite: str
    figures: Mapping[str, Figure]
    cases: Sequence[Mapping[str, Any]]
    run: Mapping[str, Any]
    tables: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The cases as they were read, by id."""

    def as_json(self) -> dict[str, Any]:
        """Return what `--json` writes."""
        figures = {name: one.as_json() for name, one in self.figures.items()}
        return {"suite": self.suite, "figures": figures, "cases": list(self.cases), "run": dict(self.run)} | (
            {"tables": dict(self.tables)} if self.tables else {}
        )


@dataclass(frozen=True)
class Floor:
    """What a figure must not fall below, or rise above."""

    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


def settings_in(folder: Path, assessor: str = "encoder") -> Settings:
    """Return settings that store under `folder` and reach nothing outside, unless the language model that is configured is to read.

    Raises:
        CasesError: it is to read, and none is configured.
    """
    by_model = assessor == "llm"
    chosen = Settings(
        var=folder, chroma_url=None, langsmith_tracing=False, assessor="auto" if by_model else "encoder", budget_day_usd=DAY_USD
    )
    if by_model and not chosen.has_model:
        raise CasesError("--assessor llm needs a language model: set OPENAI_API_KEY or OPENAI_BASE_URL")
    return chosen


@asynccontextmanager
async def thrown_away(options: Options) -> AsyncIterator[Program]:
    """Build the program on a store that is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(settings_in(Path(folder) / "var", options.assessor), tracer=Tracer()) as program:
            yield program


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read a file of cases, one JSON object a line.

    Raises:
        CasesError: there is no such file, or a line is not a case.
    """
    found = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                case = json.loads(line)
                if not isinstance(case, dict) or "id" not in case:
                    raise CasesError(f"{path}: line {number} is not a case with an id")
                found.append(case)
    except OSError as error:
        raise CasesError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise error if isinstance(error, CasesError) else CasesError(f"{path}: {error}") from error
    return found


def by_id(cases: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return cases by id."""
    return {case["id"]: case for case in cases}


def commit() -> str:
    """Return the commit of the working tree, with + when files differ from it; "unknown" outside of a repository."""
    try:
        head, changed = (
            subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603, S607
            for words in (["rev-parse", "--short=12", "HEAD"], ["status", "--porcelain", "--untracked-files=no"])
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def fingerprint_of(cases: Path) -> str:
    """Return 12 hex digits over a file, or over all files of a folder; "none" where there is no file."""
    files = sorted(path for path in cases.rglob("*") if path.is_file()) if cases.is_dir() else [cases]
    if not files or not files[0].exists():
        return "none"
    return hashlib.sha256(b"\n".join(path.read_bytes() for path in files)).hexdigest()[:12]


def run_record(program: Program, cases: Path | None, seed: int, started: float) -> dict[str, Any]:
    """Say what was measured, so that the run can be repeated; `started` is a reading of `time.perf_counter`."""
    fingerprints = {"rubric": program.parts.knowledge.rubric.version, "assessor": program.parts.assessor.fingerprint}
    fingerprints |= {"encoder": program.parts.encoder.fingerprint, "prompts": program.parts.prompts.fingerprint}
    fingerprints |= {"cases": fingerprint_of(cases)} if cases else {}
    seconds = round(time.perf_counter() - started, 1)
    used = {"cost_usd": round(program.parts.metrics.cost_usd, 4), "fallbacks": program.parts.metrics.fallbacks()}
    return {"commit": commit(), "fingerprints": fingerprints, "seed": seed, "seconds": seconds} | used


def floors_of(suite: str, folder: Path = BASELINES) -> dict[str, Floor]:
    """Read a suite's floors; a suite without a baseline has none."""
    path = folder / f"{suite}.json"
    if not path.exists():
        return {}
    floors = json.loads(path.read_text(encoding="utf-8"))["floors"]
    return {name: Floor(**bounds) for name, bounds in floors.items()}


def broken(result: Result, floors: Mapping[str, Floor]) -> list[str]:
    """Name the figures that break their floor; a figure that these cases do not give breaks none."""
    return [name for name, floor in floors.items() if name in result.figures and not floor.holds(result.figures[name].value)]
