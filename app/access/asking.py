"""Who asks in the HTTP request at hand, for code that is called without being told: Chainlit's data layer is."""

from contextvars import ContextVar

from app.access.principal import Visitor

asking: ContextVar[Visitor | None] = ContextVar("asking", default=None)
"""The visitor whose signed cookie came with the request; None outside of one, or where there was none."""
