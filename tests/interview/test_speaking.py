"""Questions and explanations in words of their own: what the voice is given, and what is taken of what it says."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.audit.ledger.profile import Profile
from app.audit.told.speech import Brief
from app.interview import speaking
from app.interview.asked import Asked
from app.interview.events import Piece
from app.interview.messages import Message, Typed
from app.interview.speaking import brief_of, explained, worded
from app.interview.state import Interview
from app.interview.turn import Turn
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import PIPELINE, REVIEW, Parrot, asked, interview_of, reading, tap

CRITERION, FOLLOWUP = asked("criterion", "level:1", criterion=PIPELINE, why="Because."), asked("followup", criterion=PIPELINE)
PROBE = asked("probe", "yes", criterion=PIPELINE, boundary=1)
READ = reading(finding(PIPELINE, 2, "x"), acknowledgement="I see.", followup="How often?")


@pytest.fixture(autouse=True)
def pieces(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Piece]]:
    written: list[Piece] = []
    monkeypatch.setattr(speaking, "get_stream_writer", lambda: written.append)
    yield written


async def said(knowledge: Knowledge, question: Asked, voice: Parrot | None, interview: Interview | None = None, **turn: Any) -> Asked:
    interview = interview or interview_of()
    return await worded(Turn(interview=interview, **turn), View(interview, knowledge.rubric), question, voice)


@pytest.mark.parametrize(
    ("sentences", "lead", "text"),
    [
        (("I see.", "So far so good.", "What moves it?"), "I see. So far so good.", "What moves it?"),
        (("I see.",), "I see.", "Authored?"),
        (("What moves it?", "And what else?"), "", "What moves it?"),
        ((), "", "Authored?"),
    ],
)
async def test_a_criterion_is_asked_in_the_voice_s_words(
    knowledge: Knowledge, pieces: list[Piece], sentences: tuple[str, ...], lead: str, text: str
) -> None:
    question = await said(knowledge, CRITERION, Parrot(*sentences))
    assert question == CRITERION.model_copy(update={"lead": lead, "text": text})
    assert pieces == [Piece(text=sentence) for sentence in sentences]


@pytest.mark.parametrize(
    "question", [asked("opening"), asked("summary", gap="data"), asked("cover"), asked("contradiction", criterion=PIPELINE)]
)
async def test_every_other_question_is_asked_as_it_was_authored(knowledge: Knowledge, question: Asked) -> None:
    assert await said(knowledge, question, Parrot("Other?"), read=READ) == question
    assert await said(knowledge, CRITERION, None, read=READ) == CRITERION
    assert await said(knowledge, FOLLOWUP, None, read=READ) == FOLLOWUP


@pytest.mark.parametrize(
    ("question", "read", "lead", "text"),
    [
        (FOLLOWUP, READ, "I see.", "How often?"),
        (FOLLOWUP, READ.model_copy(update={"followup": ""}), "I see.", "Authored?"),
        (FOLLOWUP, reading(finding(REVIEW, 2, "x"), acknowledgement="I see.", followup="How often?"), "I see.", "Authored?"),
        (PROBE, READ, "I see.", "Authored?"),
        (FOLLOWUP, None, "", "Authored?"),
    ],
)
async def test_a_detail_is_asked_for_as_the_reader_worded_it(
    knowledge: Knowledge, question: Asked, read: Any, lead: str, text: str
) -> None:
    voice = Parrot("Never said.")
    worded_ = await said(knowledge, question, voice, read=read)
    assert (worded_.lead, worded_.text) == (lead, text)
    assert voice.briefs == []


async def test_an_explanation_is_the_voice_s_or_nothing(knowledge: Knowledge, pieces: list[Piece]) -> None:
    interview = interview_of(pending=CRITERION)
    turn, view = Turn(interview=interview), View(interview, knowledge.rubric)
    voice = Parrot("Drift is change.", "It is watched.")
    assert await explained(turn, view, "What is drift?", ["text"], voice) == "Drift is change. It is watched."
    assert voice.briefs == [brief_of(turn, view, CRITERION)]
    assert len(pieces) == 2
    assert await explained(turn, view, "What is drift?", ["text"], None) == ""


def test_a_brief_holds_what_may_come_up(knowledge: Knowledge) -> None:
    profile = Profile(company="Nordwind", project="A bot", industry="Shipping", stage="pilot", role="CTO")
    interview = interview_of(entry(1, REVIEW, 2), profile=profile, lately=("You: hello",), language="de", prompts="v2")
    turn, view = Turn(interview=interview, message=Typed(text="By hand.")), View(interview, knowledge.rubric)
    assert brief_of(turn, view, CRITERION) == Brief(
        question="Authored?",
        why="Because.",
        said="By hand.",
        project="A bot; Nordwind; Shipping; pilot",
        lately=("You: hello",),
        answers=knowledge.rubric.criteria[PIPELINE].levels,
        language="de",
        prompts="v2",
        calls_kept=21,
    )
    nothing = brief_of(turn, view, None)
    assert (nothing.question, nothing.why, nothing.answers) == ("", "", ())
    assert brief_of(turn, view, asked("opening")).answers == ()


@pytest.mark.parametrize(
    ("message", "turns", "said_"),
    [
        (tap("level:2"), (6, 7), "second"),
        (tap("level:2"), (6, 6), ""),
        (tap("level:2"), (6, 6, 7), "third"),
        (Typed(text="Typed."), (6, 7), "Typed."),
        (tap("skip"), (), ""),
    ],
)
def test_of_a_tap_it_is_known_what_it_was_written_down_as(
    knowledge: Knowledge, message: Message, turns: tuple[int, ...], said_: str
) -> None:
    ledger = [entry(n, PIPELINE, 2, turn=turn, quote=("first", "second", "third")[n - 1]) for n, turn in enumerate(turns, start=1)]
    interview = interview_of(*ledger)
    assert brief_of(Turn(interview=interview, message=message), View(interview, knowledge.rubric), CRITERION).said == said_
