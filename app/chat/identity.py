"""A visitor as Chainlit's user, and back."""

import chainlit as cl

from app.access.principal import Visitor
from app.chat.guard import is_uuid

_PREFIX = "anon:"


def identifier_of(visitor: Visitor) -> str:
    """Name a visitor to Chainlit."""
    return f"{_PREFIX}{visitor.id}"


def visitor_of_identifier(identifier: str) -> Visitor | None:
    """Return the visitor of such a name; None where it is none."""
    visitor = identifier.removeprefix(_PREFIX)
    return Visitor(id=visitor) if identifier.startswith(_PREFIX) and is_uuid(visitor) else None


def visitor_of_user(user: cl.User | None) -> Visitor | None:
    """Return whose browser this is."""
    return visitor_of_identifier(user.identifier) if user else None


def current_visitor() -> Visitor | None:
    """Return whose browser the event at hand comes from."""
    return visitor_of_user(cl.user_session.get("user"))
