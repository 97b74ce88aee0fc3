"""All that an interface ever sees of the conversation."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.interview.asked import OpenQuestion

Depth = Literal["quick", "full"]


class Said(Value):
    """Plain words of the assistant."""

    kind: Literal["said"] = "said"
    text: str


class Piece(Value):
    """A sentence of what is being worded; the whole comes with the next `Asked` or `Explained`, which may replace it."""

    kind: Literal["piece"] = "piece"
    text: str


class TurnBegan(Value):
    """A turn begins; what was shown of an earlier try at it no longer holds, as the audit was changed meanwhile."""

    kind: Literal["turn_began"] = "turn_began"
    number: int
    """Its place in the audit, from 1."""


class ReadBack(Value):
    """How an answer was understood, with a way to change it."""

    kind: Literal["read_back"] = "read_back"
    entry: int
    criterion: str
    name: str
    level: int | None
    text: str
    note: str = ""


class Cited(Value):
    """A passage of the playbook that an explanation rests on."""

    id: str
    title: str
    text: str


class Explained(Value):
    """An answer to the person's question from the playbook."""

    kind: Literal["explained"] = "explained"
    text: str
    passages: tuple[Cited, ...] = ()


class GapProgress(Value):
    """How far one gap is."""

    gap: str
    name: str
    settled: int
    total: int


class Progressed(Value):
    """How far the interview is."""

    kind: Literal["progressed"] = "progressed"
    gap: str | None
    settled: int
    total: int
    minutes_left: int
    gaps: tuple[GapProgress, ...]


class Paused(Value):
    """The person takes a break; everything is saved."""

    kind: Literal["paused"] = "paused"
    text: str


class Finished(Value):
    """The audit has a report."""

    kind: Literal["finished"] = "finished"
    text: str
    can_deepen: bool = False
    """Whether there is more to ask: this was the quick depth, or the person stopped early."""


Event = Annotated[
    Said | Piece | TurnBegan | OpenQuestion | ReadBack | Explained | Progressed | Paused | Finished, Field(discriminator="kind")
]
