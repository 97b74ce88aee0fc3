"""`python -m evals <suite>`: measure, print each figure with n and interval, write JSON, and fail on a broken floor.

`python -m evals compare RUN_A RUN_B` shows case by case what changed between two such files; `python -m evals probing` how
questions and agreement trade off; `python -m evals samples` writes two sample reports.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals import probing, samples
from evals.compare import compare
from evals.experiments import client_from_environment, upload
from evals.run import RUNS, CasesError, Options, Result, broken, floors_of
from evals.suites import agreement, grounding, interviews, messages, reading, retrieval, safety, speed

SUITES: dict[str, Callable[[Options], Awaitable[Result]]] = {
    "reading": reading.measure,
    "agreement": agreement.measure,
    "messages": messages.measure,
    "interviews": interviews.measure,
    "retrieval": retrieval.measure,
    "grounding": grounding.measure,
    "safety": safety.measure,
    "speed": speed.measure,
}
IN_ALL = ("reading", "agreement", "messages", "interviews", "retrieval", "grounding", "safety")
FLOOR_BROKEN, BAD_CASES = 1, 2


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    suites = top.add_subparsers(dest="suite", required=True, metavar="SUITE")
    for name in (*SUITES, "all"):
        one = suites.add_parser(name, help="all but speed" if name == "all" else str(sys.modules[f"evals.suites.{name}"].__doc__))
        one.add_argument("--json", type=Path, metavar="FILE", help="write the result here")
        if name != "speed":
            one.add_argument("--langsmith", action="store_true", help="keep the cases and this run there; needs LANGSMITH_API_KEY")
        one.add_argument("--seed", type=int, default=Options.seed, help="for whatever is random (default %(default)s)")
        if name in ("reading", "messages", "retrieval", "safety"):
            one.add_argument("--cases", type=Path, metavar="FILE", help="cases to use instead of the committed ones")
        if name in ("interviews", "grounding", "speed"):
            one.add_argument("--personas", dest="cases", type=Path, metavar="DIR", help="personas to use instead of the committed ones")
        if name in ("reading", "messages", "interviews", "all"):
            one.add_argument("--assessor", choices=["encoder", "llm"], default="encoder", help="llm: OPENAI_API_KEY or OPENAI_BASE_URL")
        if name == "interviews":
            one.add_argument("--depth", choices=["quick", "full"], default="full")
        if name == "speed":
            one.add_argument("--sessions", type=int, default=Options.sessions, help="open at once (default %(default)s)")
            one.add_argument("--turns", type=int, default=Options.turns, help="timed in each session (default %(default)s)")
    two = suites.add_parser("compare", help="what changed between two results, case by case")
    two.add_argument("runs", type=Path, nargs=2, metavar="RUN", help="a file that --json or `all` wrote")
    made = suites.add_parser("samples", help="write the sample reports under docs/samples")
    made.add_argument("--out", type=Path, default=samples.FOLDER, metavar="DIR")
    tried = suites.add_parser("mutants", help="how many mutants of the domain and the interview the fast tests kill")
    tried.add_argument("--sample", type=int, metavar="N", help="so many at random instead of all")
    tried.add_argument("--seed", type=int, default=Options.seed)
    sweep = suites.add_parser("probing", help="how questions and agreement trade off")
    sweep.add_argument("--personas", type=Path, metavar="DIR", help="personas to use instead of the committed ones")
    sweep.add_argument("--seed", type=int, default=Options.seed)
    return top


def shown(results: Sequence[Result]) -> Table:
    """Lay figures out against their floors."""
    table = Table(box=None, pad_edge=False)
    for heading in ("suite", "figure"):
        table.add_column(heading)
    for heading in ("value", "95 % interval", "n", "floor"):
        table.add_column(heading, justify="right")
    for result in results:
        floors = floors_of(result.suite)
        failed = broken(result, floors)
        for name, one in result.figures.items():
            state = "[red]broken[/] " if name in failed else ""
            floor = f"{state}{floors[name]}" if name in floors else ""
            table.add_row(result.suite, name, f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}", str(one.n), floor)
    return table


def _options(chosen: argparse.Namespace) -> Options:
    fields = {name: value for name, value in vars(chosen).items() if name in Options.__dataclass_fields__ and value is not None}
    return Options(**fields)


def _record_of(results: Sequence[Result]) -> Path:
    """Name the file of a whole run by its time and commit."""
    return RUNS / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{results[0].run.get('commit', 'unknown')}.json"


def _write(result: dict[str, Any], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


async def _measure(names: Sequence[str], options: Options) -> list[Result]:
    return [await SUITES[name](options) for name in names]


def _samples(chosen: argparse.Namespace, out: Console) -> None:
    for path in samples.write_samples(chosen.out):
        out.print(path)


def _mutants(chosen: argparse.Namespace, out: Console) -> None:
    from evals.mutants import tally  # needs the group `mutants`

    tally.show(chosen.sample, chosen.seed, out)


TOOLS: dict[str, Callable[[argparse.Namespace, Console], object]] = {
    "compare": lambda chosen, out: compare(tuple(chosen.runs), out),
    "probing": lambda chosen, out: probing.show(asyncio.run(probing.curve(chosen.personas, chosen.seed)), out),
    "mutants": _mutants,
    "samples": _samples,
}
"""What measures nothing against a floor."""


def main(arguments: Sequence[str] | None = None, out: Console | None = None) -> int:
    """Run what was asked for; return the exit code: 1 when a floor is broken, 2 when the cases are bad."""
    chosen, out = parser().parse_args(arguments), out or Console(width=110)
    try:
        if chosen.suite in TOOLS:
            TOOLS[chosen.suite](chosen, out)
            return 0
        client = client_from_environment() if getattr(chosen, "langsmith", False) else None
        results = asyncio.run(_measure(IN_ALL if chosen.suite == "all" else (chosen.suite,), _options(chosen)))
    except CasesError as error:
        print(f"Error: {error}", file=sys.stderr)
        return BAD_CASES
    out.print(shown(results))
    for result in results:
        for name, table in result.tables.items() if len(results) == 1 else ():
            out.print(f"\n{name}:", table)
    for result in results:
        if client and result.inputs:
            out.print(f"LangSmith: {upload(client, result)}")
    if chosen.suite == "all":
        path = _write({"suite": "all", "suites": [r.as_json() for r in results]}, chosen.json or _record_of(results))
        out.print(f"\nrun record: {path}")
    elif chosen.json:
        _write(results[0].as_json(), chosen.json)
    return FLOOR_BROKEN if any(broken(result, floors_of(result.suite)) for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
