"""What a person sent: words, a tap on a choice of a question, or that somebody else answers now."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.interview.choices import ChoiceValue

LONGEST_NAME = 60
"""Characters of the name of somebody who answers."""


class Typed(Value):
    """Words."""

    kind: Literal["typed"] = "typed"
    text: str
    question_id: str | None = None
    """The question that the person saw, where it is known: words to another one are not an answer to the open one."""


class Tap(Value):
    """A tap on a choice."""

    kind: Literal["tap"] = "tap"
    choice: ChoiceValue
    question_id: str | None = None
    """The question that the choice belongs to; a tap on an old question is not an answer to the open one."""


class Handover(Value):
    """From here on somebody else answers; without a name, whoever answered before there were names."""

    kind: Literal["handover"] = "handover"
    who: str = ""


Message = Annotated[Typed | Tap | Handover, Field(discriminator="kind")]


def handed_to(who: str) -> Handover:
    """Make the message that somebody else answers from here on; a name is kept short and on one line."""
    return Handover(who=" ".join(who.split())[:LONGEST_NAME])
