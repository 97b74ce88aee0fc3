"""One held-out answer of each criterion, read as the program reads it; with a LangSmith key each case is kept there as a test run.

LANGSMITH_TRACING=true LANGSMITH_TEST_TRACKING=true LANGSMITH_API_KEY=… pytest --force-enable-socket tests/evals/test_reading_cases.py
"""

import json

import pytest
from langsmith import testing

from app.assessors.by_encoder import EncoderAssessor
from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import Knowledge
from evals.suites.reading import CASES

CLEAR = [case for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()) if case["label"] in (0, 4)]
ONE_EACH = list({case["criterion"]: case for case in CLEAR}.values())
MOST_OFF = 2
"""Levels: nothing and proven are never taken for one another."""


@pytest.fixture(scope="module")
def reader(encoder: Encoder, knowledge: Knowledge) -> EncoderAssessor:
    return EncoderAssessor(encoder, knowledge.rubric, Executor())


@pytest.mark.langsmith(test_suite_name="fivegap-reading-cases")
@pytest.mark.parametrize("case", ONE_EACH, ids=[case["id"] for case in ONE_EACH])
def test_a_clear_answer_is_read_on_its_own_side(case: dict[str, str | int], reader: EncoderAssessor) -> None:
    testing.log_inputs({"criterion": case["criterion"], "text": case["text"]})
    testing.log_reference_outputs({"label": case["label"]})
    finding = reader.read(str(case["criterion"]), str(case["text"]))
    testing.log_outputs({"level": finding.level, "confidence": finding.confidence})
    testing.log_feedback(key="distance", score=abs(finding.level - int(case["label"])))
    assert abs(finding.level - int(case["label"])) <= MOST_OFF
