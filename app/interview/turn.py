"""What lives for one turn: the interview as it becomes, and what the steps of the turn hand on. Only the interview is kept."""

from collections.abc import Sequence
from typing import Annotated, TypedDict, TypeVar

from langgraph.channels import UntrackedValue
from langgraph.types import Command

from app.audit.ledger.assessment import Assessment
from app.audit.model import Value
from app.interview.choices import PlainChoice
from app.interview.events import Event
from app.interview.messages import Message, Typed
from app.interview.state import Interview

N = TypeVar("N", bound=str)
"""The nodes that a turn may go to next."""


class Turn(Value):
    """The state of the graph. What is marked untracked would be in no checkpoint either."""

    interview: Interview
    message: Annotated[Message | None, UntrackedValue] = None
    """What the person sent; None where the audit is only begun."""
    read: Annotated[Assessment | None, UntrackedValue] = None
    """What the assessor proposes about it."""
    reply: Annotated[PlainChoice | None, UntrackedValue] = None
    """What the words come to where they are as plain as a tap."""
    events: Annotated[tuple[Event, ...], UntrackedValue] = ()
    """What the last step brought."""

    @property
    def text(self) -> str:
        """The words that were typed; empty where there were none."""
        return self.message.text if isinstance(self.message, Typed) else ""


class Brought(TypedDict, total=False):
    """What a step changes of a turn."""

    interview: Interview
    read: Assessment
    reply: PlainChoice
    events: tuple[Event, ...]


def go(
    to: N,
    interview: Interview | None = None,
    events: Sequence[Event] = (),
    *,
    read: Assessment | None = None,
    reply: PlainChoice | None = None,
) -> Command[N]:
    """Go on to a node with what a step brought."""
    brought: Brought = {"events": tuple(events)}
    if interview is not None:
        brought["interview"] = interview
    if read is not None:
        brought["read"] = read
    if reply is not None:
        brought["reply"] = reply
    return Command(goto=to, update=brought)
