"""The circuit breaker: an endpoint that failed is spared for a while, and tried again in the background, on nobody's turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.errors import Reason

FAILURES = 2
"""Faults in a row that open it; a refused key opens it at once."""
FIRST_SECONDS, MOST_SECONDS = 15.0, 300.0
"""How long the endpoint is spared: at first, and at most after doubling."""
SHORT_WAIT = 2.0
"""Seconds: a provider that asks for no more is waited for within the turn."""
_AT_ONCE: tuple[Reason, ...] = ("unauthorised",)
_FAULTS: tuple[Reason, ...] = (*_AT_ONCE, "unreachable", "timed_out", "server_error", "rejected", "rate_limited")
"""Faults of the endpoint; that an answer is malformed or refused says nothing about the next one."""


@dataclass
class Breaker:
    """Closed lets calls through; open does not; due is open with its time over."""

    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _opened: int = 0
    _until: float | None = None

    @property
    def state(self) -> Literal["closed", "open", "due"]:
        """Where it stands now."""
        if self._until is None:
            return "closed"
        return "open" if self.clock() < self._until else "due"

    def succeeded(self) -> None:
        """Close it."""
        self._failures, self._opened, self._until = 0, 0, None

    def failed(self, reason: Reason, wait_seconds: float | None = None) -> None:
        """Count a fault; open it, for as long as the provider asks to wait if it does."""
        if reason not in _FAULTS:
            return
        self._failures += 1
        long_wait = wait_seconds if (wait_seconds or 0.0) > SHORT_WAIT else None
        if reason in _AT_ONCE or self._failures >= FAILURES or long_wait:
            self._open(long_wait)

    def hold(self, seconds: float) -> None:
        """Spare the endpoint because its provider says that nothing is left until then."""
        self._until = self.clock() + seconds

    def spare_again(self) -> None:
        """Begin the waiting anew, so that a trial in the background happens once."""
        self._until = self.clock() + FIRST_SECONDS

    def _open(self, wait_seconds: float | None) -> None:
        seconds = min(MOST_SECONDS, FIRST_SECONDS * 2**self._opened)
        self._opened += 1
        self._until = self.clock() + (seconds if wait_seconds is None else wait_seconds)
