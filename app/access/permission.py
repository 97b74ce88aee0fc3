"""may(): the one place where it is decided who may do what to which audit."""

from enum import StrEnum
from secrets import compare_digest
from typing import Protocol

from app.access.principal import LinkHolder, Operator, Principal, Visitor
from app.errors import NotAllowedError


class Act(StrEnum):
    """What can be done to an audit."""

    ANSWER = "answer"
    """Take part in the interview: answer, correct, hand over."""
    READ = "read"
    """See the conversation."""
    READ_REPORT = "read_report"
    PLAN = "plan"
    """Try out another plan or other figures."""
    RATE = "rate"
    """Say what one thinks of a message."""
    FOLLOW = "follow"
    """Begin a later audit from it."""
    RENAME = "rename"
    ERASE = "erase"
    BRAND = "brand"
    """Put another name on its report."""
    SHARE = "share"
    """Be given the links that open it elsewhere."""


class Owned(Protocol):
    """What has to be known of an audit to decide."""

    @property
    def visitor(self) -> str | None: ...  # noqa: D102
    @property
    def token(self) -> str: ...  # noqa: D102


_OWNER = frozenset(Act) - {Act.BRAND}
_LINK_HOLDER = frozenset({Act.READ_REPORT})


def may(principal: Principal, act: Act, audit: Owned) -> bool:
    """Say whether a principal may do something to an audit."""
    match principal:
        case Operator():
            return True
        case Visitor():
            return act in _OWNER and audit.visitor == principal.id
        case LinkHolder():
            return act in _LINK_HOLDER and compare_digest(audit.token.encode(), principal.token.encode())


def permit(principal: Principal, act: Act, audit: Owned) -> None:
    """Let the act pass.

    Raises:
        NotAllowedError: the principal may not do that.
    """
    if not may(principal, act, audit):
        raise NotAllowedError(act)
