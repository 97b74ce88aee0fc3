"""The turn at hand: whose it is, how long it may take, and what it has used; nodes and models below it look here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from app.observability.cost import Usage

MOST_CALLS = 2
"""Model calls of one turn: one before the person sees text, one after."""


@dataclass
class Turn:
    """One turn of one audit."""

    audit_id: str
    number: int
    seconds: float
    """How long the turn may take; what cannot be had from a model until then is done without."""
    started: float = field(default_factory=time.monotonic)
    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    cost_usd: float = 0.0
    fallbacks: list[str] = field(default_factory=list)
    """Why a model was done without, oldest first."""

    @property
    def seconds_left(self) -> float:
        """What is left of the turn's time."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    @property
    def seconds_taken(self) -> float:
        """How long the turn has taken so far."""
        return time.monotonic() - self.started


_CURRENT: ContextVar[Turn | None] = ContextVar("turn", default=None)


def current_turn() -> Turn | None:
    """Return the turn that this code runs in; None outside of one (evals of single answers, the doctor)."""
    return _CURRENT.get()


@contextmanager
def turn_of(audit_id: str, number: int, seconds: float) -> Iterator[Turn]:
    """Open a turn; everything that runs inside, in tasks and threads too, finds it with `current_turn`."""
    turn = Turn(audit_id, number, seconds)
    token = _CURRENT.set(turn)
    try:
        yield turn
    finally:
        _CURRENT.reset(token)
