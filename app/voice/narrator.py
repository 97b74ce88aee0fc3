"""The report's paragraphs, worded by a model from the facts; the report takes of them only what holds against those facts."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.audit.told.facts import Facts
from app.audit.told.telling import Telling, fingerprint_of
from app.errors import ModelError
from app.llm.model import Call, ChatModel
from app.llm.releases import Releases

TELL = "report/tell"
TELL_TOKENS = 1_800
SECONDS = 45.0
"""How long the wording may take; nobody waits for it."""


class ToldGap(BaseModel):
    """What a model says on one gap."""

    model_config = ConfigDict(extra="forbid")
    gap: str
    standing: str
    strength: str
    weakness: str
    unknown: str
    next: str


class Told(BaseModel):
    """What a model says on all gaps. Every field is required, because strict schemas know no optional ones."""

    model_config = ConfigDict(extra="forbid")
    gaps: Annotated[list[ToldGap], Field(json_schema_extra={"maxItems": 5})]


class LlmNarrator:
    """Words a report's paragraphs with a model."""

    def __init__(self, model: ChatModel, prompts: Releases) -> None:
        """Take the model and the prompts."""
        self._model = model
        self._prompts = prompts

    async def tell(self, facts: Sequence[Facts], prompts: str | None) -> Telling | None:
        """Word the facts; None where the model cannot be had."""
        told = "\n\n".join(f"Id: {one.gap}\n{one.text}" for one in facts)
        prompt = self._prompts.prompt(TELL, prompts).render(facts=told)
        try:
            answer = await self._model.ask(Call(prompt, "careful", TELL_TOKENS, SECONDS), Told)
        except ModelError:
            return None  # noted on the turn by the model's guard
        return Telling(facts=fingerprint_of(facts), gaps={one.gap: one.model_dump(exclude={"gap"}) for one in answer.gaps})
