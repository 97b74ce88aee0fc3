"""What a trace tells about a model: which, how much, what it cost, with which prompt, and why it was done without."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.encoder.model import Encoder
from app.knowledge.load import Knowledge
from app.settings import Settings
from evals.endpoint import Endpoint, Fault, serving
from evals.program import running
from tests.observability.recorder import Recorder
from tests.observability.test_tracing import tracer_to


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as recording:
        yield recording


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as scripted:
        yield scripted


async def runs_of(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder, endpoint: Endpoint, fault: Fault | None = None
) -> dict[str, dict[str, Any]]:
    endpoint.fault = fault
    chosen = settings.model_copy(update={"openai_base_url": endpoint.url})
    async with running(chosen, encoder=encoder, knowledge=knowledge, tracer=tracer_to(recorder.url)) as program:
        await program.begin("audit")
        await program.say("audit", "We pilot a claims assistant.")
    return {run["name"]: run for run in recorder.runs.values()}


def metadata(run: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = run["extra"]["metadata"]
    return told


async def test_a_call_tells_its_model_tokens_cost_and_prompt(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder, endpoint: Endpoint
) -> None:
    runs = await runs_of(settings, encoder, knowledge, recorder, endpoint)
    call, stream = runs["call model"], runs["stream from model"]
    assert {call["run_type"], stream["run_type"]} == {"llm"}
    assert metadata(call)["ls_model_name"] == "gpt-6.1-terra"
    assert metadata(call)["prompt"] == "assess/read"
    assert len(metadata(call)["prompt_fingerprint"]) == 12
    assert metadata(call)["usage_metadata"]["input_tokens"] > 0
    assert metadata(call)["usage_metadata"]["total_cost"] == 0
    assert metadata(stream)["prompt"] == "interview/word"
    assert metadata(stream)["usage_metadata"]["output_tokens"] > 0
    assert {metadata(run)["thread_id"] for run in runs.values()} == {"audit"}
    by_id = recorder.runs
    assert by_id[call["parent_run_id"]]["name"] == "read message"
    assert by_id[stream["parent_run_id"]]["name"] == "ask"


async def test_a_fallback_tells_its_reason(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder, endpoint: Endpoint
) -> None:
    runs = await runs_of(settings, encoder, knowledge, recorder, endpoint, "refusal")
    assert metadata(runs["read message"])["fallback"] == "refused"
    assert metadata(runs["read message"])["assessed_by"] == "encoder"
    assert metadata(runs["call model"])["outcome"] == "refused"


async def test_no_word_of_the_person_is_in_it(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder, endpoint: Endpoint
) -> None:
    await runs_of(settings, encoder, knowledge, recorder, endpoint)
    await runs_of(settings, encoder, knowledge, recorder, endpoint, "wrong shape")
    assert "claims assistant" not in "\n".join(recorder.raw)
