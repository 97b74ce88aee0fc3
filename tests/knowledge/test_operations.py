import json
from pathlib import Path

import pytest

from app.assessors.by_encoder import EncoderAssessor
from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import ROOT, Knowledge
from app.knowledge.operations import ReaderBaseline, load_reader_baseline
from app.knowledge.reading import read_yaml

READING = Path(__file__).resolve().parents[2] / "evals" / "datasets" / "reading.jsonl"


def test_the_confidence_that_drift_is_counted_from_is_the_one_that_these_weights_have(encoder: Encoder, knowledge: Knowledge) -> None:
    seen: list[float] = []
    assessor = EncoderAssessor(encoder, knowledge.rubric, Executor(), seen.extend)
    for case in map(json.loads, READING.read_text().splitlines()):
        if isinstance(case["label"], int):
            assessor.assess_now(case["text"], case["criterion"])
    kept = ReaderBaseline.model_validate(read_yaml(ROOT / "reader-baseline.yaml"))
    assert kept.weights == encoder.fingerprint
    assert kept.answers == len(seen)
    assert kept.mean_confidence == pytest.approx(sum(seen) / len(seen), abs=0.001)


def test_other_weights_have_no_baseline() -> None:
    assert load_reader_baseline("0" * 12) is None
