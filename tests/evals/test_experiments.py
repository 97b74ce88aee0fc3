"""Datasets in LangSmith are created once, then only what changed is sent; a run becomes an experiment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import langsmith as ls
import pytest

from evals import __main__ as command
from evals.experiments import Synced, example_id, sync, upload
from evals.figures import Figure
from evals.run import Result
from tests.evals.langsmith_server import LangSmithServer


@pytest.fixture
def server() -> Iterator[LangSmithServer]:
    with LangSmithServer() as running:
        yield running


@pytest.fixture
def client(server: LangSmithServer) -> ls.Client:
    return ls.Client(api_url=server.url, api_key="not a real key")


def result(**texts: str) -> Result:
    cases = [{"id": name, "expected": 2, "actual": 3} for name in texts]
    inputs = {name: {"id": name, "text": text} for name, text in texts.items()}
    return Result("reading", {"kappa": Figure(0.5, 0.4, 0.6, 2)}, cases, {"commit": "abc", "seed": 7}, inputs=inputs)


def test_a_dataset_is_created_and_later_only_what_changed_is_sent(server: LangSmithServer, client: ls.Client) -> None:
    assert sync(client, result(a="by hand", b="automated")) == Synced("fivegap-reading", 2, 0, 0, 0)
    assert sync(client, result(a="by hand", b="automated")) == Synced("fivegap-reading", 0, 0, 0, 2)
    assert len(server.tags) == 1
    assert sync(client, result(a="by hand, weekly", c="new")) == Synced("fivegap-reading", 1, 1, 1, 0)
    assert {e["metadata"]["case"] for e in server.examples.values()} == {"a", "c"}
    assert server.examples[str(example_id("reading", "a"))]["inputs"]["text"] == "by hand, weekly"
    assert len(set(server.tags)) == 2


def test_a_run_is_an_experiment_with_how_far_off_each_case_is(server: LangSmithServer, client: ls.Client) -> None:
    upload(client, result(a="by hand", b="automated"))
    assert server.sessions[0]["name"].startswith("reading-abc")
    assert server.sessions[0]["reference_dataset_id"] in server.datasets
    roots = [run for run in server.runs.values() if run.get("reference_example_id")]
    assert {run["outputs"]["actual"] for run in roots} == {3}
    assert len(roots) == 2
    assert [feedback["score"] for feedback in server.feedback if feedback["key"] == "distance"] == [1, 1]


def test_without_a_key_nothing_is_sent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("LANGSMITH_API_KEY", raising=False)
    assert command.main(["safety", "--langsmith"]) == command.BAD_CASES
    assert "LANGSMITH_API_KEY" in capsys.readouterr().err


def test_cases_marked_langsmith_are_kept_there_when_asked_for(server: LangSmithServer) -> None:
    tracked = {"LANGSMITH_TRACING": "true", "LANGSMITH_TEST_TRACKING": "true", "LANGSMITH_API_KEY": "not a real key"}
    environment = {**os.environ, **tracked, "LANGSMITH_ENDPOINT": server.url}
    command_line = [sys.executable, "-m", "pytest", "-k", "data.pipeline", "tests/evals/test_reading_cases.py"]
    ran = subprocess.run(command_line, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [dataset["name"] for dataset in server.datasets.values()] == ["fivegap-reading-cases"]
    assert any(feedback["key"] == "distance" for feedback in server.feedback)
