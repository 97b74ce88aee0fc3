"""Questions and explanations in words of their own, where there is a voice to word them."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from langgraph.config import get_stream_writer

from app.audit.told.speech import Brief, Voice
from app.interview.events import Asked, Piece
from app.interview.state import View


async def worded(view: View, asked: Asked, voice: Voice | None) -> Asked:
    """Return a question with what the assessor or the voice has to say with it; else as it was authored."""
    if voice is None or asked.criterion is None or asked.asks not in ("criterion", "followup", "probe"):
        return asked
    if asked.asks != "criterion":
        return _from_reading(view, asked)
    said = await _spoken(voice.word(brief_of(view, asked)))
    lead = " ".join(sentence for sentence in said if "?" not in sentence)
    question = next((sentence for sentence in said if "?" in sentence), asked.text)
    return asked.model_copy(update={"lead": lead, "text": question})


async def explained(view: View, question: str, passages: Sequence[str], voice: Voice | None) -> str:
    """Return an answer in the voice's words; nothing where the passages have to speak for themselves."""
    return " ".join(await _spoken(voice.explain(question, passages, brief_of(view, view.pending)))) if voice else ""


def brief_of(view: View, asked: Asked | None) -> Brief:
    """Gather what a question may be worded from."""
    criterion = view.rubric.criteria.get(asked.criterion or "") if asked else None
    profile = view.profile
    return Brief(
        question=asked.text if asked else "",
        why=asked.why if asked else "",
        said=_said(view),
        project="; ".join(part for part in (profile.project, profile.company, profile.industry, profile.stage) if part),
        lately=tuple(view.state.get("lately", [])),
        answers=criterion.levels if criterion else (),
        language=view.state.get("language", "en"),
        prompts=view.state.get("prompts"),
        calls_kept=view.open_questions + 1,  # one for each answer, and one for the report
    )


def _said(view: View) -> str:
    """Return what the person last sent; of a tap, what it was written down as."""
    message = view.message
    if message.choice is None:
        return message.text
    return view.ledger[-1].quote if view.ledger and view.ledger[-1].turn == view.state["turn"] else ""


def _from_reading(view: View, asked: Asked) -> Asked:
    """Use the sentence and the question that the assessor worded when it read the answer: no further call is needed."""
    if not view.state.get("assessment"):
        return asked
    read = view.assessment
    heard = any(finding.criterion == asked.criterion for finding in read.findings)
    text = read.followup if asked.asks == "followup" and heard and read.followup else asked.text
    return asked.model_copy(update={"lead": read.acknowledgement, "text": text})


async def _spoken(sentences: AsyncGenerator[str]) -> list[str]:
    """Pass sentences on as they come, and return them."""
    write, said = get_stream_writer(), []
    async with aclosing(sentences) as coming:
        async for sentence in coming:
            write(Piece(text=sentence))
            said.append(sentence)
    return said
