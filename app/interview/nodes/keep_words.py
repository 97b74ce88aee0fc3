"""Keep words: a reason and a name are kept word by word, in any language, and never judged."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.interview.context import Context
from app.interview.entries import Scribe
from app.interview.events import AskedReason
from app.interview.replies import noted
from app.interview.turn import Turn, go

LONGEST_PROJECT = 80
"""Characters of a name on the cover."""


async def keep_words(state: Turn, runtime: Runtime[Context]) -> Command[Literal["ask"]]:
    """Take why a criterion does not apply, or the name for the cover."""
    asked = state.interview.pending
    if isinstance(asked, AskedReason):
        scribe = Scribe(state, runtime.context)
        entry = scribe.write(asked.criterion, "not_applicable", state.text, "encoder", adds=True, note=state.text)
        return go("ask", *noted(scribe, entry))
    name = " ".join(state.text.split())[:LONGEST_PROJECT].rstrip(".")
    profile = state.interview.profile.model_copy(update={"project": name})
    return go("ask", state.interview.changed(pending=None, cover_asked=True, profile=profile))
