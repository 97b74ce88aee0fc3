"""That what leaves is redacted, sampled and goes where it is meant to: against real servers on loopback."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import langsmith as ls
import pytest
from opentelemetry import trace

from app.bootstrap import choose_tracer
from app.encoder.model import Encoder
from app.errors import TracingError
from app.interview.messages import Typed, handed_to
from app.knowledge.load import Knowledge
from app.observability.tracing import Tracer, langsmith_tracer, traced
from app.settings import Settings
from tests.observability.audits import hold
from tests.observability.collector import Collector
from tests.observability.recorder import INFO, Recorder

OPENING = "I'm Anna Kowalska (anna@acme.io, +44 20 7946 0958). We pilot a claims assistant; files are copied by hand. password: hunter2"
SAID = (
    Typed(text=OPENING),
    Typed(text="Anna Kowalska copies them, mail anna@acme.io"),
    handed_to("Zoltan Verebes, InfoSec"),
    Typed(text="Nobody from security has looked at it, Verebes says."),
)
# Long enough not to come up in a random id by chance.
PRIVATE = ("Kowalska", "anna@acme.io", "7946 0958", "hunter2", "Zoltan", "Verebes")


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def otel_only(recorder: Recorder, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_ENDPOINT": recorder.url,
        "FIVEGAP_TRACE_TO": "otel",
        "FIVEGAP_TRACE_CONTENT": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as running:
        yield running


def tracer_to(url: str, **options: Any) -> Tracer:
    given: dict[str, Any] = {"api_key": "lsv2_secret", "project": "audit", "metadata": {}, "content": True, "info": INFO}
    return langsmith_tracer(endpoint=url, **{**given, **options})


@traced("read mail", "tool")
def fails(text: str) -> None:
    raise ValueError(f"could not read {text}")


async def test_with_content_on_private_things_still_stay_here(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder
) -> None:
    audit = await hold(settings, encoder, knowledge, tracer_to(recorder.url), SAID)
    sent = "\n".join(recorder.raw)
    assert "claims assistant" in sent
    assert "[email]" in sent
    assert [text for text in PRIVATE if text in sent] == []
    assert {run["extra"]["metadata"]["thread_id"] for run in recorder.runs.values()} == {audit}


def test_names_known_in_an_audit_are_taken_out_of_its_turns_only(recorder: Recorder) -> None:
    tracer = tracer_to(recorder.url, metadata={"owner": "Zephyr"})
    for audit, names in (("a", ["Zephyr"]), ("b", [])):
        with tracer.turn(audit, 1, names), pytest.raises(ValueError, match="zephyr"):
            fails("the zephyr files")
    tracer.flush()
    first, second = (f"{run['inputs']} {run['error']} {run['extra']['metadata']['owner']}" for run in recorder.runs.values())
    assert "phyr" not in first
    assert first.count("[name]") >= 3
    assert "zephyr" in second


def test_error_text_and_metadata_are_redacted_too(recorder: Recorder) -> None:
    tracer = tracer_to(recorder.url, metadata={"sent_by": "bob@acme.io"})
    with tracer.turn("a", 1), pytest.raises(ValueError, match="anna"):
        fails("anna@acme.io")
    tracer.flush()
    (run,) = recorder.runs.values()
    assert "could not read [email]" in run["error"]
    assert run["extra"]["metadata"]["sent_by"] == "[email]"
    assert "acme.io" not in "\n".join(recorder.raw)


@pytest.mark.parametrize("redaction", [True, False])
def test_without_content_an_error_tells_its_kind_only(recorder: Recorder, redaction: bool) -> None:
    tracer = tracer_to(recorder.url, content=False, redaction=redaction)
    with tracer.turn("a", 1), pytest.raises(ValueError, match="copied"):
        fails("files are copied by hand")
    tracer.flush()
    assert [run["error"] for run in recorder.runs.values()] == ["ValueError"]
    assert "copied by hand" not in "\n".join(recorder.raw)


def test_redaction_can_be_switched_off(recorder: Recorder) -> None:
    tracer = tracer_to(recorder.url, redaction=False)
    with tracer.turn("a", 1), pytest.raises(ValueError, match="anna"):
        fails("anna@acme.io")
    tracer.flush()
    assert "anna@acme.io" in "\n".join(recorder.raw)


def test_a_share_of_the_turns_is_traced_each_whole_or_not_at_all(recorder: Recorder) -> None:
    tracer = tracer_to(recorder.url, sampling=0.5, content=False)
    for turn in range(60):
        with tracer.turn("a", turn) as run_id, ls.trace("turn", run_id=run_id), pytest.raises(ValueError, match="x"):
            fails("x")
    tracer.flush()
    names = [run["name"] for run in recorder.runs.values()]
    assert 10 < names.count("turn") < 50
    assert names.count("turn") == names.count("read mail")


@pytest.mark.usefixtures("otel_only")
async def test_opentelemetry_alone_needs_no_key_and_tells_langsmith_nothing(
    encoder: Encoder, knowledge: Knowledge, recorder: Recorder, collector: Collector, tmp_path: Path
) -> None:
    settings = Settings(var=tmp_path / "var")
    tracer = choose_tracer(settings, {"rubric": "r1"})
    await hold(settings, encoder, knowledge, tracer, SAID)
    tracer.feedback(uuid4(), "helpful", 1)
    tracer.flush()
    assert recorder.raw == []
    assert set(collector.paths) == {"/v1/traces"}
    turns = [span for span in collector.spans if span.name == "turn"]
    assert len(turns) == 5
    assert {"listen", "assess", "read message"} <= {span.name for span in collector.spans}
    assert {span.trace_id for span in collector.spans} == {span.trace_id for span in turns}
    sent = "\n".join(collector.raw)
    assert "claims assistant" in sent
    assert [text for text in PRIVATE if text in sent] == []


def test_both_get_the_same_redacted_error(recorder: Recorder, collector: Collector) -> None:
    tracer = tracer_to(recorder.url, to="both", otlp_endpoint=collector.url)
    with tracer.turn("a", 1), pytest.raises(ValueError, match="anna"):
        fails("anna@acme.io")
    tracer.flush()
    for sent in ("\n".join(recorder.raw), "\n".join(collector.raw)):
        assert "could not read [email]" in sent
        assert "anna@acme.io" not in sent


def test_other_libraries_spans_do_not_leave_through_our_exporter(collector: Collector) -> None:
    tracer = tracer_to("http://127.0.0.1:9", to="otel", otlp_endpoint=collector.url)
    with trace.get_tracer("other").start_as_current_span("query with anna@acme.io"):
        pass
    tracer.flush()
    assert collector.spans == []


def test_a_missing_package_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(TracingError, match=r"fivegap\[otel\]"):
        tracer_to("http://127.0.0.1:9", to="otel", otlp_endpoint="http://127.0.0.1:9")


def test_a_dead_collector_holds_up_neither_a_turn_nor_the_end() -> None:
    tracer = tracer_to("http://127.0.0.1:9", to="otel", otlp_endpoint="http://127.0.0.1:9")
    begun = time.monotonic()
    with tracer.turn("a", 1), pytest.raises(ValueError, match="x"):
        fails("x")
    assert time.monotonic() - begun < 1
    tracer.flush()
    assert time.monotonic() - begun < 8
