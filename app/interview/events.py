"""All that an interface ever sees of the conversation, and what it sends back."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value

AskedKind = Literal["opening", "criterion", "followup", "probe", "summary", "contradiction", "change", "restart", "cover", "reason"]
Depth = Literal["quick", "full"]


class Choice(Value):
    """One thing a person may tap instead of typing."""

    value: str
    """What comes back: `level:2`, `unknown`, `not_applicable`, `skip`, `yes`, `no`, `confirm`, `earlier`, `later`, …"""
    label: str


HAND_OVER = "hand_over"
"""A choice that belongs to no question: from here on answers who the text names."""


LONGEST_NAME = 60
"""Characters of the name of somebody who answers."""


class Message(Value):
    """What a person sent: words, a tap on a choice of a question, or that somebody else answers now."""

    text: str = ""
    choice: str | None = None
    question_id: str | None = None
    """The question that the choice belongs to; a tap on an old question is not an answer to the open one."""


def handed_to(who: str) -> Message:
    """Make the message that somebody else answers from here on; a name is kept short and on one line."""
    return Message(choice=HAND_OVER, text=" ".join(who.split())[:LONGEST_NAME])


class Said(Value):
    """Plain words of the assistant."""

    kind: Literal["said"] = "said"
    text: str


class Piece(Value):
    """A sentence of what is being worded; the whole comes with the next `Asked` or `Explained`, which may replace it."""

    kind: Literal["piece"] = "piece"
    text: str


class Asked(Value):
    """The one open question."""

    kind: Literal["asked"] = "asked"
    question_id: str
    asks: AskedKind
    lead: str = ""
    """What comes before the question: that the last answer was heard."""
    text: str
    why: str = ""
    criterion: str | None = None
    boundary: Annotated[int, Field(ge=0, le=3)] | None = None
    """For a probe: it decides between this level and the next."""
    gap: str | None = None
    choices: tuple[Choice, ...] = ()


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


Event = Annotated[Said | Piece | Asked | ReadBack | Explained | Progressed | Paused | Finished, Field(discriminator="kind")]
