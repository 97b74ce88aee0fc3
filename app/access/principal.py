"""Who asks: the browser that holds an audit, whoever has a report's link, or the operator at the command line."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value


class Visitor(Value):
    """A browser that is known again by its signed cookie; nobody logs in."""

    kind: Literal["visitor"] = "visitor"
    id: str


class LinkHolder(Value):
    """Whoever has the link to a report."""

    kind: Literal["link_holder"] = "link_holder"
    token: str


class Operator(Value):
    """Who runs the program, at its command line."""

    kind: Literal["operator"] = "operator"


Principal = Annotated[Visitor | LinkHolder | Operator, Field(discriminator="kind")]
OPERATOR = Operator()
