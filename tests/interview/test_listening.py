"""Where a message goes first, and what is not read."""

from typing import Any

import pytest

from app.interview.messages import Handover, Message, Typed
from app.interview.nodes.deepen import deepen
from app.interview.nodes.listen import LONGEST, has_words, listen, refused
from app.interview.state import Interview
from app.interview.turn import Turn
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.stage import NOON, PIPELINE, asked, context_of, interview_of, step, tap

QUESTION = asked("criterion", "level:1", "skip", criterion=PIPELINE)


async def heard(knowledge: Knowledge, interview: Interview, message: Message | None, **parts: Any) -> Any:
    return await step(listen, Turn(interview=interview, message=message), context_of(knowledge, **parts))


async def test_an_audit_is_begun_at_turn_nought(knowledge: Knowledge) -> None:
    begun = await heard(knowledge, Interview(audit_id="a"), None, choose_prompts=lambda audit: f"set of {audit}")
    assert begun.to == "ask"
    assert (begun.interview.phase, begun.interview.turn) == ("open", 0)
    assert (begun.interview.started_at, begun.interview.prompts) == (NOON, "set of a")


@pytest.mark.parametrize(("before", "after"), [("open", "open"), ("paused", "open"), ("finished", "finished")])
async def test_each_message_is_counted_and_a_break_ends(knowledge: Knowledge, before: str, after: str) -> None:
    stepped = await heard(knowledge, interview_of(phase=before), Typed(text="By hand."))
    assert (stepped.to, stepped.interview.turn, stepped.interview.phase, stepped.events) == ("assess", 8, after, ())


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", "That message was empty."),
        (" \n", "That message was empty."),
        ("!?!?", "There were no words in that."),
        ("x " * 4001, "That was 8,002 "),
    ],
)
async def test_what_cannot_be_read_is_answered_and_the_question_stays(knowledge: Knowledge, text: str, starts: str) -> None:
    stepped = await heard(knowledge, interview_of(pending=QUESTION), Typed(text=text))
    assert (stepped.to, stepped.interview.turn, stepped.interview.pending) == ("ask", 8, QUESTION)
    assert [said.startswith(starts) for said in stepped.said] == [True]


def test_the_longest_message_is_read(knowledge: Knowledge) -> None:
    longest = ("".join(f"w{n} " for n in range(3000)))[:LONGEST]
    assert refused(longest, knowledge.words) is None
    assert "8,001 characters; I can read up to 8,000" in (refused(f"{longest}x", knowledge.words) or "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ab!!", True),
        ("ab!!!", False),
        ("a b c", True),
        ("a a a", True),
        ("a a a a", False),
        ("a b c a b c a b c a", True),
        ("A a b", True),
        ("no", True),
        ("…", False),
    ],
)
def test_an_answer_is_mostly_letters_and_no_endless_repetition(text: str, words: bool) -> None:
    assert has_words(text) is words


@pytest.mark.parametrize(
    ("key", "question_id", "pending", "to"),
    [
        ("level:1", "6-x", QUESTION, "take_tap"),
        ("skip", "6-x", QUESTION, "take_tap"),
        ("level:2", "6-x", QUESTION, "ask"),
        ("level:1", "5-x", QUESTION, "ask"),
        ("level:1", None, QUESTION, "ask"),
        ("level:1", "6-x", None, "ask"),
        ("change:data.pipeline", None, QUESTION, "take_tap"),
        ("change:data.pipeline", "entry-1", None, "take_tap"),
        ("deepen", None, None, "deepen"),
        ("deepen", None, QUESTION, "ask"),
        ("skip", None, None, "ask"),
    ],
)
async def test_a_tap_belongs_to_the_open_question(knowledge: Knowledge, key: str, question_id: str | None, pending: Any, to: str) -> None:
    stepped = await heard(knowledge, interview_of(pending=pending), tap(key, question_id))
    assert stepped.to == to
    assert stepped.interview.turn == 8
    assert stepped.said == (
        ["That question is already behind us. To change an answer, choose “Change” below it, or just tell me."] * (to == "ask")
    )


async def test_a_handover_and_nothing_at_all(knowledge: Knowledge) -> None:
    handed = await heard(knowledge, interview_of(), Handover(who="Ana"))
    assert (handed.to, handed.interview.turn) == ("hand_over", 8)
    again = await heard(knowledge, interview_of(), None)
    assert (again.to, again.interview.turn, again.events) == ("ask", 8, ())


async def test_a_finished_audit_goes_on_at_full_depth() -> None:
    command = await deepen(Turn(interview=interview_of(entry(1, PIPELINE, 2), phase="finished", depth="quick")))
    update: Any = command.update
    assert command.goto == "ask"
    assert (update["interview"].depth, update["interview"].phase, update["interview"].pending) == ("full", "open", None)


async def test_words_to_a_question_that_somebody_else_answered_are_not_an_answer_to_the_next(knowledge: Knowledge) -> None:
    there = interview_of(pending=QUESTION)
    other = await heard(knowledge, there, Typed(text="No, nobody.", question_id="another question"))
    assert other.to == "ask"
    assert other.interview.ledger == there.ledger
    assert "Somebody answered in the meantime" in other.events[0].text
    assert (await heard(knowledge, there, Typed(text="No, nobody.", question_id=QUESTION.question_id))).to == "assess"
    assert (await heard(knowledge, interview_of(), Typed(text="No, nobody.", question_id="another question"))).to == "assess"
