"""The queries on which the search's thresholds were chosen keep their figures; those it is measured on are others."""

import json
from pathlib import Path

import pytest

from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import Knowledge
from app.knowledge.playbook import Playbook

DEVELOPMENT = Path(__file__).parent / "development.jsonl"
MEASURED = Path(__file__).parents[2] / "evals" / "datasets" / "retrieval.jsonl"


def cases(path: Path) -> list[tuple[str, list[str]]]:
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(case["query"], case["expected"]) for case in read]


def test_no_query_is_both_developed_and_measured_on() -> None:
    assert not {query for query, _ in cases(DEVELOPMENT)} & {query for query, _ in cases(MEASURED)}


@pytest.mark.parametrize("path", [DEVELOPMENT, MEASURED], ids=["development", "measured"])
def test_every_expected_passage_exists(path: Path, knowledge: Knowledge) -> None:
    assert {i for _, expected in cases(path) for i in expected} <= {passage.id for passage in knowledge.passages}


async def test_the_development_queries_keep_their_figures(tmp_path: Path, knowledge: Knowledge, encoder: Encoder) -> None:
    playbook = Playbook(knowledge.passages, encoder, Executor(), questions=knowledge.questions, path=tmp_path)
    playbook.index()
    recalls, refusals = [], []
    for query, expected in cases(DEVELOPMENT):
        found = {hit.passage.id for hit in await playbook.search(query)}
        if expected:
            recalls.append(len(found & set(expected)) / len(expected))
        else:
            refusals.append(not found)
    assert sum(recalls) / len(recalls) >= 0.7
    assert sum(refusals) / len(refusals) >= 0.83
