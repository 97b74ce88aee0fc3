"""Two results side by side: what got worse is named case by case."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals import __main__ as command
from evals.compare import changes, compare


def reading(**actual: int | str) -> dict[str, Any]:
    cases = [{"id": name, "expected": 2, "actual": told} for name, told in actual.items()]
    return {"suite": "reading", "figures": {"kappa": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 3}}, "cases": cases}


def test_a_case_that_is_farther_off_is_worse_and_comes_first() -> None:
    found = changes(reading(a=2, b=0, c=1, same=3), reading(a="unknown", b=2, c=3, same=3))
    assert [(change.case, change.verdict) for change in found] == [("a", "worse"), ("c", "other"), ("b", "better")]


def test_each_criterion_of_an_interview_and_of_a_message_counts_by_itself() -> None:
    def interview(level: int) -> dict[str, Any]:
        return {"suite": "interviews", "figures": {}, "cases": [{"id": "p", "expected": {"x": 1, "y": 2}, "actual": {"x": 1, "y": level}}]}

    assert [change.case for change in changes(interview(2), interview(4))] == ["p y"]

    def message(heard: dict[str, int]) -> dict[str, Any]:
        case = {"id": "m", "expected": "answer", "actual": "answer", "reveals": {"x": 1}, "heard": heard}
        return {"suite": "messages", "figures": {}, "cases": [case]}

    found = changes(message({"x": 1}), message({"z": 1}))
    assert [(change.case, change.verdict) for change in found] == [("m x", "worse"), ("m z", "worse")]


def test_the_command_prints_both_figures_and_refuses_what_is_no_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.write_text(json.dumps(reading(a=2)))
    other.write_text(json.dumps({"suite": "all", "suites": [reading(a=4)]}))
    said = StringIO()
    assert compare((one, other), Console(file=said, width=120)) == 1
    assert "1 worse" in said.getvalue()
    assert "expected 2, was 2, is 4" in said.getvalue()
    other.write_text("[]")
    assert command.main(["compare", str(one), str(other)]) == command.BAD_CASES
    assert "other.json" in capsys.readouterr().err
