"""What a report is printed from: nine kinds of blocks, what a person may try out at one, and the sections that they stand in."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.reports.spans import Spans, Typed


class TaskChange(Value):
    """A task may be taken out, and moved to another sprint where it can be."""

    kind: Literal["task"] = "task"
    task: str
    sprint: int
    movable: bool


class AssumptionChange(Value):
    """A figure may be replaced by the person's own."""

    kind: Literal["assumption"] = "assumption"
    assumption: str
    low: float
    high: float
    percent: bool
    """Whether low and high are percentages."""


class LaterChange(Value):
    """What is left for later may be put into the plan."""

    kind: Literal["later"] = "later"
    task: str
    taken_out: bool
    """Whether the person took it out before."""


Change = Annotated[TaskChange | AssumptionChange | LaterChange, Field(discriminator="kind")]
"""What a person may try out at a line, in a form that can be changed."""


class Heading(Value):
    """A heading within a section, 2 or 3; 1 is the section's own."""

    kind: Literal["heading"] = "heading"
    level: Literal[2, 3]
    spans: Spans


class Paragraph(Value):
    """A paragraph."""

    kind: Literal["paragraph"] = "paragraph"
    spans: Spans
    tone: Literal["plain", "lead", "soft", "small", "alarm"] = "plain"


class Bullet(Value):
    """One item of a list."""

    spans: Spans
    note: Spans = ()
    """What is printed smaller, on a line of its own."""
    change: Change | None = None


class Bullets(Value):
    """A list."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[Bullet, ...]
    numbered: bool = False
    tone: Literal["plain", "alarm"] = "plain"


class AnswerLine(Value):
    """One line of a checklist."""

    text: str
    answer: str
    state: Literal["yes", "no", "unknown", "none"]


class Checklist(Value):
    """Lines with an answer each."""

    kind: Literal["checklist"] = "checklist"
    head: tuple[str, str]
    """What the two columns are called, where it is printed as a table."""
    lines: tuple[AnswerLine, ...]


class Row(Value):
    """One row of a table."""

    cells: tuple[Spans, ...]
    claim: str = ""
    """The figure from outside that links to this row name."""


class Table(Value):
    """A table; without a head it is a list of labels and values."""

    kind: Literal["table"] = "table"
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    """Shares of the width, which sum to 1."""
    named: bool = True
    """Whether the first column names the rows."""


class QuoteLine(Value):
    """What a person said, and where."""

    words: Typed
    source: Typed
    """To stand within a line; on a line of its own it begins with a capital."""
    rtl: bool
    """Whether the words run from right to left."""


class Quotes(Value):
    """What people said, word for word."""

    kind: Literal["quotes"] = "quotes"
    quotes: tuple[QuoteLine, ...]


class ScoreFigure(Value):
    """The overall score."""

    kind: Literal["score"] = "score"
    value: str
    """Empty where there is none."""
    of: str
    band: str
    range: str
    """What it could be, and how much is known, in a sentence."""


class Picture(Value):
    """A drawing, with words for those who cannot see it."""

    kind: Literal["picture"] = "picture"
    name: Literal["radar", "bars", "gantt", "before_after"]
    svg: str
    told: str


class Panel(Value):
    """Blocks that belong together under a heading of their own, which links may lead to."""

    kind: Literal["panel"] = "panel"
    place: Literal["finding", "task", "passage", "try_out"]
    id: str
    level: Literal[2, 3]
    title: str
    badge: str = ""
    """What stands beside the title."""
    blocks: tuple["Block", ...]
    change: Change | None = None


Block = Annotated[
    Heading | Paragraph | Bullets | Checklist | Table | Quotes | ScoreFigure | Picture | Panel,
    Field(discriminator="kind"),
]


class Section(Value):
    """A part of the report under a heading."""

    id: str
    title: str
    short: str = ""
    """What it is called in a list of contents; empty where it is not in one."""
    blocks: tuple[Block, ...]
