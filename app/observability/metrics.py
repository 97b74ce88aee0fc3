"""What the program counts about itself, for Prometheus: turns, model calls, tokens, cost, fallbacks, the reader's confidence."""

import logging
from collections import deque
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from app.observability.cost import Usage
from app.observability.turns import Turn

log = logging.getLogger(__name__)

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32)
ROLLING = 500
"""Readings that the mean confidence goes over."""


class Metrics:
    """The program's metrics, in a registry of their own."""

    def __init__(self, confidence_baseline: float | None = None) -> None:
        """Take the reader's mean confidence on its committed evaluation, which drift is counted from."""
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._baseline = confidence_baseline
        self._recent: deque[float] = deque(maxlen=ROLLING)
        own = self.registry
        self._turn = Histogram("fivegap_turn_seconds", "A turn, from the message to its last event", buckets=SECONDS, registry=own)
        self._failed = Counter("fivegap_turns_failed", "Turns that ended in an error", registry=own)
        labels = ("model", "outcome")
        self._model = Histogram("fivegap_model_seconds", "A model call", labels, buckets=SECONDS, registry=own)
        self._tokens = Counter("fivegap_model_tokens", "Tokens, as the provider counts them", ("model", "direction"), registry=own)
        self._cost = Counter("fivegap_model_cost_usd", "What model calls cost, by the price table", ("model",), registry=own)
        self._fallbacks = Counter("fivegap_fallbacks", "Times that a model was done without", ("reason",), registry=own)
        self._open = Gauge("fivegap_open_interviews", "Interviews that are not finished", registry=own)
        self._confidence = Gauge("fivegap_reader_confidence", f"Mean confidence of the last {ROLLING} readings", registry=own)
        self._drift = Gauge("fivegap_reader_confidence_drift", "That mean, less the one on the committed evaluation", registry=own)

    def turn(self, turn: Turn, *, failed: bool = False) -> None:
        """Count a turn and log it, without a word of it."""
        log.info(
            "turn",
            extra={
                "audit": turn.audit_id,
                "turn": turn.number,
                "ms": round(1000 * turn.seconds_taken),
                "failed": failed,
                "model_calls": turn.calls,
                "tokens_in": turn.usage.tokens_in,
                "tokens_out": turn.usage.tokens_out,
                "cost_usd": round(turn.cost_usd, 6),
                "fallbacks": turn.fallbacks,
            },
        )
        self._turn.observe(turn.seconds_taken)
        for reason in turn.fallbacks:
            self._fallbacks.labels(reason).inc()
        if failed:
            self._failed.inc()

    def model_call(self, model: str, outcome: str, seconds: float, usage: Usage, cost_usd: float) -> None:
        """Count a call to a model; `outcome` is `ok` or the reason why it failed."""
        self._model.labels(model, outcome).observe(seconds)
        self._tokens.labels(model, "in").inc(usage.tokens_in)
        self._tokens.labels(model, "out").inc(usage.tokens_out)
        self._cost.labels(model).inc(cost_usd)

    def readings(self, confidences: Sequence[float]) -> None:
        """Note how sure the embedded reader was of its levels."""
        self._recent.extend(confidences)
        if self._recent:
            self._confidence.set(self.confidence or 0.0)
            self._drift.set(self.drift or 0.0)

    @property
    def confidence(self) -> float | None:
        """The mean confidence of the last readings; None before the first."""
        return sum(self._recent) / len(self._recent) if self._recent else None

    @property
    def drift(self) -> float | None:
        """How far that mean is from the one on the committed evaluation; None where either is not known."""
        now = self.confidence
        return None if now is None or self._baseline is None else now - self._baseline

    def fallbacks(self) -> dict[str, int]:
        """Return how often a model was done without since the start, by reason."""
        samples = [sample for metric in self._fallbacks.collect() for sample in metric.samples if sample.name.endswith("_total")]
        return {sample.labels["reason"]: int(sample.value) for sample in samples}

    @property
    def model_calls(self) -> int:
        """How many calls were made to a model since the start, failed ones included."""
        samples = (sample for metric in self._model.collect() for sample in metric.samples)
        return int(sum(sample.value for sample in samples if sample.name.endswith("_count")))

    @property
    def cost_usd(self) -> float:
        """What model calls have cost since the start, in US dollars."""
        samples = (sample for metric in self._cost.collect() for sample in metric.samples)
        return sum(sample.value for sample in samples if sample.name.endswith("_total"))

    def exposition(self, open_interviews: int) -> bytes:
        """Write everything in Prometheus' text format."""
        self._open.set(open_interviews)
        return generate_latest(self.registry)
