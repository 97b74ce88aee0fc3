"""Traces: one a turn, with its nodes, reading and retrieval below it. Only this folder imports langsmith."""

import os
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar, cast
from uuid import UUID

import langsmith as ls

from app.observability.feedback import FeedbackSender
from app.observability.otel import flush_spans, span_provider
from app.observability.redaction import names_in, redact_value, redacted

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

P = ParamSpec("P")
R = TypeVar("R")
RunType = Literal["chain", "retriever", "tool", "llm"]
Destination = Literal["langsmith", "otel", "both"]
_MODES: dict[Destination, Literal["langsmith", "otel", "hybrid"]] = {"langsmith": "langsmith", "otel": "otel", "both": "hybrid"}
FLUSH_SECONDS = 5.0
QUEUE_SIZE = "1000"
"""Runs kept while the endpoint does not answer; beyond it they are dropped, so that memory stays flat."""
LONGEST_COMMENT = 2_000

AUDITS_KNOWN = 1_000
NAMES_KNOWN = 200
"""Names remembered of one audit, so that who was introduced in one answer is not named by the next."""

Names = dict[str, None]
"""Names in the order in which they became known."""
_names: ContextVar[Names | None] = ContextVar("names", default=None)
"""The names known in the audit that is being traced; runs are made in its context, so redaction finds them here."""


def traced(name: str, run_type: RunType, *, unseen: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Record calls as a run below the current turn, without the argument `unseen`; without tracing the call goes straight through."""

    def seen(inputs: dict[str, Any]) -> dict[str, Any]:
        return {argument: value for argument, value in inputs.items() if argument != unseen}

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast("Callable[P, R]", ls.traceable(name=name, run_type=run_type, process_inputs=seen)(function))

    return decorate


class Tracer:
    """Opens the trace of each turn. Without a client it makes sure that nothing is sent."""

    def __init__(
        self,
        client: ls.Client | None = None,
        project: str = "fivegap",
        metadata: dict[str, Any] | None = None,
        *,
        feedback: FeedbackSender | None = None,
        spans: "TracerProvider | None" = None,
        content: bool = False,
        redaction: bool = True,
    ) -> None:
        self._client = client
        self._project = project
        self._metadata = metadata or {}
        self._feedback = feedback
        self._spans = spans
        self._content = content
        self._redaction = redaction
        self._known: OrderedDict[str, Names] = OrderedDict()

    @property
    def on(self) -> bool:
        """Whether traces are sent."""
        return self._client is not None

    @contextmanager
    def turn(self, audit_id: str, turn: int, names: Sequence[str] = ()) -> Iterator[UUID | None]:
        """Trace what happens inside as one run, grouped by audit as a thread; yield the id that the run is to have.

        `names` are known to belong to the audit and are taken out of what is sent.
        """
        if self._client is None:
            with ls.tracing_context(enabled=False):
                yield None
            return
        metadata = {**self._metadata, "thread_id": audit_id, "turn": turn}
        token = _names.set(self._names_of(audit_id, names))
        try:
            with ls.tracing_context(enabled=True, client=self._client, project_name=self._project, metadata=metadata):
                yield ls.uuid7()  # LangSmith sorts by the time in it
        finally:
            _names.reset(token)

    def _names_of(self, audit_id: str, names: Sequence[str]) -> Names:
        known = self._known.pop(audit_id, {})
        known.update(dict.fromkeys(names))
        self._known[audit_id] = known
        if len(self._known) > AUDITS_KNOWN:
            self._known.popitem(last=False)
        return known

    def feedback(self, run_id: UUID, key: str, score: float, comment: str | None = None, names: Sequence[str] = ()) -> None:
        """Send feedback on a turn's run in the background; the comment goes along only where content does."""
        if self._feedback is None:
            return
        said = comment[:LONGEST_COMMENT] if comment and self._content else None
        if said and self._redaction:
            said = redacted(said, names)
        self._feedback.send(run_id, key, score, said)

    def flush(self) -> None:
        """Send what is queued, waiting at most five seconds."""
        if self._client is None:
            return
        ends = time.monotonic() + FLUSH_SECONDS
        if self._feedback is not None:
            self._feedback.wait(FLUSH_SECONDS)
        self._client.flush(timeout=max(0.0, ends - time.monotonic()))
        if self._spans is not None:
            flush_spans(self._spans, max(0.0, ends - time.monotonic()))


def _scrubber(*, content: bool, redaction: bool) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    """Make the function that everything passes before it leaves: inputs, outputs, metadata, and an error as {"error": text}."""
    if content and not redaction:
        return None

    def scrub(value: dict[str, Any]) -> dict[str, Any]:
        if not content and value.keys() == {"error"}:
            # An error quotes what it could not read; without content only its kind is told.
            kind = re.match(r"[\w.]+", str(value["error"]))
            value = {"error": kind[0] if kind else "error"}
        return _redacted(value) if redaction else value

    return scrub


def _redacted(value: dict[str, Any]) -> dict[str, Any]:
    known = _names.get()
    if known is not None and len(known) < NAMES_KNOWN:
        known.update(dict.fromkeys(names_in(value)))
    return cast("dict[str, Any]", redact_value(value, tuple(known or ())))


def langsmith_tracer(
    *,
    api_key: str | None,
    endpoint: str | None,
    project: str,
    metadata: dict[str, Any],
    content: bool,
    redaction: bool = True,
    sampling: float = 1.0,
    to: Destination = "langsmith",
    otlp_endpoint: str = "",
    info: dict[str, Any] | None = None,
) -> Tracer:
    """Build a tracer that sends a share `sampling` of the turns to LangSmith, to an OpenTelemetry collector, or to both.

    What people say stays out of the traces unless `content` is on: then inputs and outputs go along, redacted
    unless `redaction` is off.

    Raises:
        TracingError: OpenTelemetry is asked for and its packages are not installed.
    """
    # The client reads these two only from the environment; a daemon thread lets the process exit when the endpoint is dead.
    os.environ.setdefault("LANGSMITH_USE_DAEMON", "true")
    os.environ.setdefault("LANGSMITH_TRACING_QUEUE_MAX_SIZE", QUEUE_SIZE)
    spans = span_provider(otlp_endpoint, project) if to != "langsmith" else None
    client = ls.Client(
        api_url=endpoint,
        api_key=api_key,
        anonymizer=_scrubber(content=content, redaction=redaction),
        hide_inputs=not content,
        hide_outputs=not content,
        tracing_sampling_rate=sampling,
        tracing_mode=_MODES[to],
        otel_tracer_provider=spans,
        info=info,
        timeout_ms=3_000,
    )
    feedback = FeedbackSender(client, project) if to != "otel" else None
    return Tracer(client, project, metadata, feedback=feedback, spans=spans, content=content, redaction=redaction)


def note(**fields: Any) -> None:
    """Add fields to the metadata of the run that this code is traced as; without tracing nothing happens."""
    if run := ls.get_current_run_tree():
        run.add_metadata(fields)
