"""Questions and explanations worded by a model, let through sentence by sentence as far as they keep the rules."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from app.audit.told.speech import Brief, fault_of
from app.errors import ModelError
from app.llm.model import Call, ChatModel
from app.llm.notes import note_fallback
from app.llm.releases import Releases

WORD, EXPLAIN = "interview/word", "interview/explain"
WORD_TOKENS, EXPLAIN_TOKENS = 200, 400
LONGEST_SAID = 600
"""Characters of the last message that the wording is given."""
NOTHING = "NOTHING"
_END = re.compile(r"(?<=[.!?…])[\"”»)]*\s+(?=\S)")


class LlmVoice:
    """Words with a model. What breaks a rule is never shown: it ends there, and the authored words follow."""

    def __init__(self, model: ChatModel, prompts: Releases) -> None:
        """Take the model and the prompts."""
        self._model = model
        self._prompts = prompts

    async def word(self, brief: Brief) -> AsyncGenerator[str]:
        """Yield an acknowledgement and one question; see `Voice.word`."""
        prompt = self._prompts.prompt(WORD, brief.prompts).render(
            language=brief.language,
            project=brief.project or "not known",
            lately="\n".join(brief.lately) or "nothing yet",
            said=brief.said[:LONGEST_SAID],
            question=brief.question,
            why=brief.why,
        )
        async with aclosing(self._checked(Call(prompt, "fast", WORD_TOKENS, calls_kept=brief.calls_kept), brief, brief.facts)) as sentences:
            async for sentence in sentences:
                yield sentence
                if "?" in sentence:
                    return  # one question is enough

    async def explain(self, question: str, passages: Sequence[str], brief: Brief) -> AsyncGenerator[str]:
        """Yield an answer from the passages; see `Voice.explain`."""
        told = "\n\n".join(passages)
        prompt = self._prompts.prompt(EXPLAIN, brief.prompts).render(
            language=brief.language, project=brief.project or "not known", passages=told, question=question
        )
        facts = "\n".join([told, question, brief.project])
        async with aclosing(self._checked(Call(prompt, "fast", EXPLAIN_TOKENS, calls_kept=brief.calls_kept), brief, facts)) as sentences:
            async for sentence in sentences:
                if "?" in sentence or NOTHING in sentence:
                    return
                yield sentence

    async def _checked(self, call: Call, brief: Brief, facts: str) -> AsyncGenerator[str]:
        """Yield whole sentences until one breaks a rule or the model fails."""
        try:
            async with aclosing(self._model.write(call)) as pieces:
                async for sentence in _sentences(pieces):
                    if sentence.count("?") > 1 or fault_of(sentence, facts, answers=brief.answers, language=brief.language):
                        note_fallback("unchecked")
                        return
                    yield sentence
        except ModelError:
            return  # noted on the turn by the model's guard


async def _sentences(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Gather pieces into sentences; the last one ends with the stream."""
    held = ""
    async for piece in pieces:
        held += piece
        *whole, held = _END.split(held)
        for sentence in whole:
            yield " ".join(sentence.split())
    if held.strip():
        yield " ".join(held.split())
