"""The command's exit code and what it writes."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals import __main__ as command
from evals.figures import Figure
from evals.run import BASELINES, Floor, Options, Result, broken, floors_of


def result(value: float) -> Result:
    return Result("reading", {"kappa": Figure(value, value - 0.1, value + 0.1, 10)}, [{"id": "a"}], {"seed": 7})


async def poor(_options: Options) -> Result:
    return result(0.1)


async def good(_options: Options) -> Result:
    return result(0.99)


def test_a_broken_floor_fails_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = StringIO()
    monkeypatch.setitem(command.SUITES, "reading", poor)
    written = tmp_path / "result.json"
    assert command.main(["reading", "--json", str(written)], Console(file=said, width=120)) == command.FLOOR_BROKEN
    assert "broken" in said.getvalue()
    read = json.loads(written.read_text())
    assert read["suite"] == "reading"
    assert read["figures"]["kappa"] == {"value": 0.1, "low": 0.0, "high": 0.2, "n": 10}
    assert read["cases"] == [{"id": "a"}]
    monkeypatch.setitem(command.SUITES, "reading", good)
    assert command.main(["reading"], Console(file=said)) == 0


def test_bad_cases_are_named_without_a_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("not json\n")
    assert command.main(["reading", "--cases", str(cases)]) == command.BAD_CASES
    assert "cases.jsonl" in capsys.readouterr().err


def test_a_floor_bounds_from_below_or_from_above() -> None:
    assert broken(result(0.5), {"kappa": Floor(at_least=0.6)}) == ["kappa"]
    assert broken(result(0.5), {"kappa": Floor(at_most=0.4)}) == ["kappa"]
    assert broken(result(0.5), {"kappa": Floor(at_least=0.5), "kappa.data": Floor(at_least=1)}) == []


def test_every_baseline_belongs_to_a_suite_and_names_figures_that_were_measured() -> None:
    for path in BASELINES.glob("*.json"):
        assert path.stem in command.SUITES
        assert set(floors_of(path.stem)) <= set(json.loads(path.read_text())["measured"])


async def test_a_small_file_of_answers_is_read(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    lines = [
        {"id": "1", "criterion": "data.pipeline", "label": 0, "text": "Somebody exports a spreadsheet by hand."},
        {"id": "2", "criterion": "data.pipeline", "label": "unknown", "text": "I don't know."},
    ]
    cases.write_text("\n".join(json.dumps(line) for line in lines))
    made = await command.SUITES["reading"](Options(cases=cases))
    assert made.figures["exact"].n == 1
    assert made.figures["special_recall"].n == 1
    assert [case["id"] for case in made.cases] == ["1", "2"]
    assert {"commit", "fingerprints", "seed", "seconds"} <= set(made.run)
