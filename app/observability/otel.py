"""Traces as OpenTelemetry spans: an exporter of our own, so that no other library's spans leave through it."""

import threading
from typing import TYPE_CHECKING

from app.errors import TracingError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

SEND_SECONDS = 3.0
MISSING = "traces to OpenTelemetry need a package that is not installed: pip install 'fivegap[otel]'"


def span_provider(endpoint: str, service: str) -> "TracerProvider":
    """Build a provider that sends spans to `endpoint`/v1/traces; headers are taken from OTEL_EXPORTER_OTLP_HEADERS.

    It is never made the global one: other libraries write spans too, and theirs are not redacted.

    Raises:
        TracingError: OpenTelemetry's packages are not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TracingError(MISSING) from error
    # Left to itself it flushes at exit without an end, as long as the endpoint does not answer.
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: service}), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def flush_spans(provider: "TracerProvider", seconds: float) -> None:
    """Send what is queued, waiting at most so long: the provider's own time limit is not kept."""
    sending = threading.Thread(target=provider.force_flush, daemon=True)
    sending.start()
    sending.join(seconds)
