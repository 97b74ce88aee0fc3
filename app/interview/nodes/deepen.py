"""Deepen: carry a finished audit on, a quick one into the full depth, an early stop to what is still open."""

from typing import Literal

from langgraph.types import Command

from app.interview.turn import Turn, go


async def deepen(state: Turn) -> Command[Literal["ask"]]:
    """Open the audit again at full depth."""
    return go("ask", state.interview.changed(depth="full", phase="open", pending=None))
