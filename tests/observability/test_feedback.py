"""What people think of a turn arrives as feedback on its run, and never holds anything up."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from app.encoder.model import Encoder
from app.knowledge.load import Knowledge
from app.observability.tracing import Tracer, langsmith_tracer
from app.settings import Settings
from evals.program import running
from tests.observability.recorder import INFO, SESSION, Recorder


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as recording:
        yield recording


def tracer_to(url: str, **options: Any) -> Tracer:
    return langsmith_tracer(api_key="lsv2_secret", endpoint=url, project="audit", metadata={}, info=INFO, **{"content": True, **options})


async def test_feedback_finds_the_run_of_its_turn(settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder) -> None:
    audit, tracer = str(uuid4()), tracer_to(recorder.url)
    async with running(settings, encoder=encoder, knowledge=knowledge, tracer=tracer) as program:
        await program.begin(audit)
        await program.say(audit, "We pilot a claims assistant.")
        first, second = await program.runs(audit)
        assert first
        assert second
        assert first != second
        tracer.feedback(second, "helpful", 0, "mail anna@acme.io, says Zephyr", ["Zephyr"])
    assert {recorder.runs[str(run)]["name"] for run in (first, second)} == {"turn"}
    (given,) = recorder.feedback
    assert (given["run_id"], given["key"], given["score"]) == (str(second), "helpful", 0)
    assert given["comment"] == "mail [email], says [name]"
    assert given["session_id"] == SESSION["id"]


@pytest.mark.parametrize("to", ["langsmith", "both"])
def test_without_content_the_score_goes_and_the_comment_stays(recorder: Recorder, to: Any) -> None:
    tracer = tracer_to(recorder.url, content=False, to=to, otlp_endpoint="http://127.0.0.1:9")
    tracer.feedback(uuid4(), "helpful", 1, "it was Bob")
    tracer.flush()
    assert [(one["score"], one.get("comment")) for one in recorder.feedback] == [(1, None)]


def test_turns_that_were_not_sampled_get_no_feedback(recorder: Recorder) -> None:
    tracer = tracer_to(recorder.url, sampling=0.0)
    tracer.feedback(uuid4(), "helpful", 1)
    tracer.flush()
    assert recorder.feedback == []


def test_a_dead_endpoint_neither_holds_up_nor_fails_the_one_who_gives_feedback() -> None:
    tracer = tracer_to("http://127.0.0.1:9", to="both", otlp_endpoint="http://127.0.0.1:9")
    begun = time.monotonic()
    for _ in range(20):
        tracer.feedback(uuid4(), "helpful", 1, "fine")
    assert time.monotonic() - begun < 0.5


async def test_without_tracing_no_run_is_remembered(settings: Settings, encoder: Encoder, knowledge: Knowledge) -> None:
    async with running(settings, encoder=encoder, knowledge=knowledge) as program:
        await program.begin("a")
        assert await program.runs("a") == [None]
