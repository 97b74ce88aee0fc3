"""Traces to LangSmith: one a turn, with its nodes, reading and retrieval below it. The only importer of langsmith."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, ParamSpec, TypeVar, cast

import langsmith as ls

P = ParamSpec("P")
R = TypeVar("R")
RunType = Literal["chain", "retriever", "tool", "llm"]
FLUSH_SECONDS = 5.0
QUEUE_SIZE = "1000"
"""Runs kept while the endpoint does not answer; beyond it they are dropped, so that memory stays flat."""


def traced(name: str, run_type: RunType) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Record calls as a run below the current turn; without tracing the call goes straight through."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast("Callable[P, R]", ls.traceable(name=name, run_type=run_type)(function))

    return decorate


class Tracer:
    """Opens the trace of each turn. Without a client it makes sure that nothing is sent."""

    def __init__(self, client: ls.Client | None = None, project: str = "fivegap", metadata: dict[str, Any] | None = None) -> None:
        self._client = client
        self._project = project
        self._metadata = metadata or {}

    @property
    def on(self) -> bool:
        """Whether traces are sent."""
        return self._client is not None

    @contextmanager
    def turn(self, audit_id: str, turn: int) -> Iterator[None]:
        """Trace what happens inside as one run, grouped by audit as a thread."""
        if self._client is None:
            with ls.tracing_context(enabled=False):
                yield
            return
        metadata = {**self._metadata, "thread_id": audit_id, "turn": turn}
        with ls.tracing_context(enabled=True, client=self._client, project_name=self._project, metadata=metadata):
            yield

    def flush(self) -> None:
        """Send what is queued, waiting at most five seconds."""
        if self._client is not None:
            self._client.flush(timeout=FLUSH_SECONDS)


def langsmith_tracer(
    *, api_key: str, endpoint: str | None, project: str, metadata: dict[str, Any], content: bool, info: dict[str, Any] | None = None
) -> Tracer:
    """Build a tracer that sends to LangSmith.

    What people say stays out of the traces unless `content` is on: then inputs and outputs go along.
    """
    import os

    # The client reads these two only from the environment; a daemon thread lets the process exit when the endpoint is dead.
    os.environ.setdefault("LANGSMITH_USE_DAEMON", "true")
    os.environ.setdefault("LANGSMITH_TRACING_QUEUE_MAX_SIZE", QUEUE_SIZE)
    client = ls.Client(
        api_url=endpoint,
        api_key=api_key,
        hide_inputs=not content,
        hide_outputs=not content,
        info=info,
        timeout_ms=3_000,
    )
    return Tracer(client, project, metadata)


def note(**fields: Any) -> None:
    """Add fields to the metadata of the run that this code is traced as; without tracing nothing happens."""
    if run := ls.get_current_run_tree():
        run.add_metadata(fields)
