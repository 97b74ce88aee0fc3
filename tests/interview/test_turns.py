"""Single turns, with an assessor that reads as the test says: what is asked next, and what the ledger holds."""

from typing import Any

import pytest

from app.audit.ledger.assessment import Assessment, Intent
from app.audit.ledger.evidence import Rating
from app.audit.score.scoring import score
from app.interview.asked import Asked, AskedProbe, Question
from app.interview.choices import value_of
from app.interview.events import Event, ReadBack, Said
from app.interview.interviewer import Interviewer
from app.interview.messages import Message, Tap, Typed
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.interview.scripted import finding
from tests.interview.stage import context_of

PIPELINE, REVIEW = "data.pipeline", "security.review"
SCRIPT: dict[str, Any] = {
    "opening": [],
    "by hand": [finding(PIPELINE, 0, "by hand")],
    "torn": [finding(PIPELINE, 2, "torn", sure=0.5).model_copy(update={"distribution": (0.0, 0.05, 0.5, 0.45, 0.0)})],
    "all good": [finding(PIPELINE, 3, "all good", needs_followup=0.9)],
    "still good": [finding(PIPELINE, 3, "still good", needs_followup=0.9)],
    "no idea at all": [finding(PIPELINE, 0, "no idea at all", unknown=0.9)],
    "signed off": [finding(REVIEW, 3, "signed off")],
    "nobody looked": [finding(REVIEW, 0, "nobody looked"), finding("agentops.tooling", 2, "nobody looked")],
    "das macht der Praktikant": Assessment(intent=Intent.ANSWER, unread=True),
    "actually in May": Assessment(intent=Intent.CORRECT, findings=(finding(REVIEW, 3, "actually in May"),)),
}


@pytest.fixture
def talk(knowledge: Knowledge) -> "Talk":
    return Talk(knowledge)


class Talk:
    """One audit, from its opening on."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.rubric = knowledge.rubric
        self.interviewer = Interviewer(context_of(knowledge, SCRIPT))

    async def begin(self, opening: str = "opening") -> Asked:
        self.interview = (await self.interviewer.begin("audit", "full")).interview
        return await self.says(opening)

    async def says(self, text: str) -> Asked:
        return await self._takes(Typed(text=text))

    async def taps(self, question: Asked, choice: str) -> Asked:
        return await self._takes(Tap(choice=value_of(choice), question_id=question.question_id))

    def rating(self, criterion: str) -> Rating:
        return View(self.interview, self.rubric).ratings[criterion]

    async def _takes(self, message: Message) -> Asked:
        outcome = await self.interviewer.take(self.interview, message)
        self.interview, self.events = outcome.interview, outcome.events
        return asked_in(outcome.events)


def asked_in(events: tuple[Event, ...]) -> Asked:
    return next(e for e in events if isinstance(e, Question))


async def test_a_clear_answer_is_read_back_and_the_next_core_criterion_asked(talk: Talk) -> None:
    assert (await talk.begin()).about == PIPELINE
    question = await talk.says("by hand")
    assert question.about == "agentops.tooling"
    back = next(e for e in talk.events if isinstance(e, ReadBack))
    assert back.level == 0
    assert back.text.startswith("I take that as: ")


async def test_between_two_levels_the_boundary_is_probed_and_decides(talk: Talk) -> None:
    await talk.begin()
    probe = await talk.says("torn")
    assert isinstance(probe, AskedProbe)
    assert probe.boundary == 2
    await talk.says("Yes.")
    rating = talk.rating(PIPELINE)
    assert rating.level == 3
    assert [entry.quote for entry in rating.quotes] == ["torn", "Yes."]


async def test_a_probe_that_nobody_can_answer_leaves_the_rating_less_sure(talk: Talk) -> None:
    await talk.begin()
    probe = await talk.says("torn")
    before = (talk.rating(PIPELINE)).confidence
    question = await talk.taps(probe, "unknown")
    rating = talk.rating(PIPELINE)
    assert rating.level == 2
    assert rating.confidence < before
    assert not (isinstance(probe, AskedProbe) and isinstance(question, AskedProbe) and question.boundary == probe.boundary)


async def test_a_bare_claim_gets_one_followup_and_then_questions_of_yes_or_no(talk: Talk) -> None:
    await talk.begin()
    followup = await talk.says("all good")
    assert (followup.asks, followup.about) == ("followup", PIPELINE)
    first = await talk.says("still good")
    assert isinstance(first, AskedProbe)
    assert first.boundary == 1
    assert (talk.rating(PIPELINE)).level is None
    second = await talk.says("Yes.")
    assert isinstance(second, AskedProbe)
    assert second.boundary == 2
    await talk.says("No.")
    assert (talk.rating(PIPELINE)).level == 2


async def test_a_claim_that_stays_bare_is_never_rated(talk: Talk) -> None:
    await talk.begin()
    for _ in range(3):
        asked = await talk.says("still good")
    assert asked.about != PIPELINE
    rating = talk.rating(PIPELINE)
    assert (rating.standing, rating.level) == ("bare", None)


async def test_a_bare_reply_to_a_probe_does_not_take_the_rating_away(talk: Talk) -> None:
    await talk.begin()
    await talk.says("torn")
    await talk.says("still good")
    assert (talk.rating(PIPELINE)).level == 2


async def test_an_unknown_is_neither_zero_nor_asked_again(talk: Talk) -> None:
    await talk.begin()
    question = await talk.says("no idea at all")
    assert question.about != PIPELINE
    assert (talk.rating(PIPELINE)).level is None


async def test_what_the_opening_says_is_not_asked(talk: Talk) -> None:
    assert (await talk.begin("by hand")).about != PIPELINE


@pytest.mark.parametrize(("reply", "level"), [("The later one.", 0), ("the earlier", 3), ("I don't know", 3)])
async def test_a_contradiction_is_put_to_the_person_once(talk: Talk, reply: str, level: int) -> None:
    await talk.begin("signed off")
    await talk.says("by hand")
    clash = await talk.says("nobody looked")
    assert (clash.asks, clash.about) == ("contradiction", REVIEW)
    assert "signed off" in clash.text
    question = await (talk.taps(clash, "unknown") if reply == "I don't know" else talk.says(reply))
    assert question.asks != "contradiction"
    assert (talk.rating(REVIEW)).level == level


async def test_a_correction_by_words_replaces_the_rating_and_keeps_the_open_question(talk: Talk) -> None:
    await talk.begin("nobody looked")
    before = await talk.says("by hand")
    after = await talk.says("actually in May")
    rating = talk.rating(REVIEW)
    assert rating.level == 3
    assert [entry.quote for entry in rating.history] == ["nobody looked"]
    assert after == before


async def test_what_does_not_apply_says_why_in_the_report(talk: Talk) -> None:
    reason = await talk.taps(await talk.begin(), "not_applicable")
    assert reason.asks == "reason"
    await talk.says("We have no data of our own.")
    assert (talk.rating(PIPELINE)).note == "We have no data of our own."
    assert score(talk.rubric, View(talk.interview, talk.rubric).ratings).total == 20


async def test_another_language_is_never_guessed_at_and_the_statements_are_offered_instead(talk: Talk) -> None:
    asked = await talk.begin()
    again = await talk.says("das macht der Praktikant")
    assert again == asked
    assert [c.key for c in again.choices[:5]] == [f"level:{level}" for level in range(5)]
    said = next(e.text for e in talk.events if isinstance(e, Said))
    assert "tap the answer that fits best" in said
    assert (talk.rating(PIPELINE)).standing == "open"
    await talk.taps(again, "level:0")
    assert (talk.rating(PIPELINE)).level == 0
