"""Questions and explanations in words of their own, where there is a voice to word them."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from langgraph.config import get_stream_writer

from app.audit.told.speech import Brief, Voice
from app.interview.events import Asked, AskedCriterion, AskedFollowup, AskedProbe, Piece
from app.interview.turn import Turn
from app.interview.view import View


async def worded(turn: Turn, view: View, asked: Asked, voice: Voice | None) -> Asked:
    """Return a question with what the assessor or the voice has to say with it; else as it was authored."""
    if voice is None:
        return asked
    match asked:
        case AskedCriterion():
            return await _in_own_words(turn, view, asked, voice)
        case AskedFollowup() | AskedProbe():
            return _from_reading(turn, asked)
        case _:
            return asked


async def explained(turn: Turn, view: View, question: str, passages: Sequence[str], voice: Voice | None) -> str:
    """Return an answer in the voice's words; nothing where the passages have to speak for themselves."""
    return " ".join(await _spoken(voice.explain(question, passages, brief_of(turn, view, turn.interview.pending)))) if voice else ""


def brief_of(turn: Turn, view: View, asked: Asked | None) -> Brief:
    """Gather what a question may be worded from."""
    criterion = view.rubric.criteria.get(asked.about or "") if asked else None
    profile, interview = view.profile, view.interview
    return Brief(
        question=asked.text if asked else "",
        why=asked.why if asked else "",
        said=_said(turn, view),
        project="; ".join(part for part in (profile.project, profile.company, profile.industry, profile.stage) if part),
        lately=interview.lately,
        answers=criterion.levels if criterion else (),
        language=interview.language,
        prompts=interview.prompts,
        calls_kept=view.open_questions + 1,  # one for each answer, and one for the report
    )


def _said(turn: Turn, view: View) -> str:
    """Return what the person last sent; of a tap, what it was written down as."""
    if turn.text:
        return turn.text
    return view.ledger[-1].quote if view.ledger and view.ledger[-1].turn == view.interview.turn else ""


async def _in_own_words(turn: Turn, view: View, asked: AskedCriterion, voice: Voice) -> AskedCriterion:
    said = await _spoken(voice.word(brief_of(turn, view, asked)))
    lead = " ".join(sentence for sentence in said if "?" not in sentence)
    question = next((sentence for sentence in said if "?" in sentence), asked.text)
    return asked.model_copy(update={"lead": lead, "text": question})


def _from_reading(turn: Turn, asked: AskedFollowup | AskedProbe) -> AskedFollowup | AskedProbe:
    """Use the sentence and the question that the assessor worded when it read the answer: no further call is needed."""
    read = turn.read
    if read is None:
        return asked
    heard = any(finding.criterion == asked.criterion for finding in read.findings)
    text = read.followup if isinstance(asked, AskedFollowup) and heard and read.followup else asked.text
    return asked.model_copy(update={"lead": read.acknowledgement, "text": text})


async def _spoken(sentences: AsyncGenerator[str]) -> list[str]:
    """Pass sentences on as they come, and return them."""
    write, said = get_stream_writer(), []
    async with aclosing(sentences) as coming:
        async for sentence in coming:
            write(Piece(text=sentence))
            said.append(sentence)
    return said
