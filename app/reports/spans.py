"""The smallest parts of what is printed: the program's own words, words that a person typed, and links."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value

Place = Literal["finding", "task", "passage", "claim", "section"]
"""What a link may lead to."""


class Text(Value):
    """The program's own words."""

    kind: Literal["text"] = "text"
    text: str
    strong: bool = False


class Typed(Value):
    """Words that a person typed, or that hold such words: never markup, and set apart from the direction of what is around them."""

    kind: Literal["typed"] = "typed"
    text: str
    strong: bool = False


class Link(Value):
    """The program's own words, leading to another part of the report."""

    kind: Literal["link"] = "link"
    text: str
    place: Place
    id: str


Span = Annotated[Text | Typed | Link, Field(discriminator="kind")]
Spans = tuple[Span, ...]


def text_of(spans: Spans) -> str:
    """Return what the spans say."""
    return "".join(span.text for span in spans)
