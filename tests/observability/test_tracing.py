"""Traces against a real server on loopback: no mock of the client."""

import time
from collections.abc import Iterator

import pytest

from app.bootstrap import choose_tracer
from app.encoder.model import Encoder
from app.interview.messages import Typed
from app.knowledge.load import Knowledge
from app.observability.tracing import Tracer, langsmith_tracer
from app.settings import Settings
from tests.observability.audits import hold
from tests.observability.recorder import INFO, Recorder

SAID = (Typed(text="We pilot a claims assistant. Files are copied by hand."), Typed(text="What is drift detection?"))


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


def tracer_to(url: str, *, content: bool = False) -> Tracer:
    metadata = {"rubric": "r1", "assessor": "encoder x"}
    return langsmith_tracer(api_key="lsv2_secret", endpoint=url, project="audit", metadata=metadata, content=content, info=INFO)


async def test_each_turn_is_one_trace_with_its_parts_below_it(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder
) -> None:
    audit = await hold(settings, encoder, knowledge, tracer_to(recorder.url), SAID)
    runs = list(recorder.runs.values())
    roots = [run for run in runs if not run.get("parent_run_id")]
    assert [run["name"] for run in roots] == ["turn"] * 3
    assert {run["extra"]["metadata"]["thread_id"] for run in runs} == {audit}
    assert all(run["extra"]["metadata"]["rubric"] == "r1" for run in roots)
    names = {run["name"] for run in runs}
    assert {"listen", "assess", "read message", "explain", "search playbook", "ask"} <= names
    by_id = recorder.runs
    search = next(run for run in runs if run["name"] == "search playbook")
    assert search["run_type"] == "retriever"
    assert by_id[search["parent_run_id"]]["name"] == "explain"


async def test_what_people_say_stays_out_of_the_traces(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder
) -> None:
    await hold(settings, encoder, knowledge, tracer_to(recorder.url), SAID)
    sent = "\n".join(recorder.raw)
    assert recorder.runs
    assert "claims assistant" not in sent
    assert "copied by hand" not in sent
    assert "lsv2_secret" not in sent


async def test_content_goes_along_when_it_is_switched_on(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder
) -> None:
    await hold(settings, encoder, knowledge, tracer_to(recorder.url, content=True), SAID)
    assert "claims assistant" in "\n".join(recorder.raw)


async def test_without_a_key_nothing_is_sent(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", recorder.url)
    chosen = Settings(var=settings.var)
    assert chosen.langsmith_tracing
    tracer = choose_tracer(chosen, {})
    assert not tracer.on
    await hold(chosen, encoder, knowledge, tracer, SAID)
    assert recorder.raw == []


async def test_an_unreachable_endpoint_neither_slows_nor_breaks_a_turn(settings: Settings, encoder: Encoder, knowledge: Knowledge) -> None:
    begun = time.monotonic()
    await hold(settings, encoder, knowledge, tracer_to("http://127.0.0.1:9"), SAID)
    assert time.monotonic() - begun < 12  # the flush at the end may wait its five seconds; a turn may not
