"""Single turns, with an assessor that reads as the test says: what is asked next, and what the ledger holds."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from app.audit.ledger.assessment import Assessment, Intent
from app.bootstrap import build
from app.encoder.model import Encoder
from app.interview import wording
from app.interview.events import Asked, Event, Message, ReadBack, Said
from app.knowledge.load import Knowledge
from app.services import Services
from app.settings import Settings
from tests.interview.scripted import Scripted, finding

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
async def services(settings: Settings, encoder: Encoder, knowledge: Knowledge) -> AsyncIterator[Services]:
    async with build(settings, encoder=encoder, knowledge=knowledge, assessor=Scripted(SCRIPT)) as built:
        yield built


class Talk:
    """One audit, from its opening on."""

    def __init__(self, services: Services) -> None:
        self.services, self.audit = services, str(uuid4())

    async def begin(self, opening: str = "opening") -> Asked:
        await self.services.conversation.start(self.audit)
        return await self.says(opening)

    async def says(self, text: str) -> Asked:
        return self._asked(await self.services.conversation.reply(self.audit, Message(text=text)))

    async def taps(self, question: Asked, choice: str) -> Asked:
        return self._asked(await self.services.conversation.reply(self.audit, Message(choice=choice, question_id=question.question_id)))

    async def rating(self, criterion: str) -> Any:
        return (await self.services.conversation.view(self.audit)).ratings[criterion]

    def _asked(self, events: list[Event]) -> Asked:
        self.events = events
        return next(e for e in events if isinstance(e, Asked))


async def test_a_clear_answer_is_read_back_and_the_next_core_criterion_asked(services: Services) -> None:
    talk = Talk(services)
    assert (await talk.begin()).criterion == PIPELINE
    question = await talk.says("by hand")
    assert question.criterion == "agentops.tooling"
    back = next(e for e in talk.events if isinstance(e, ReadBack))
    assert back.level == 0
    assert back.text.startswith("I take that as: ")


async def test_between_two_levels_the_boundary_is_probed_and_decides(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    probe = await talk.says("torn")
    assert (probe.asks, probe.boundary) == ("probe", 2)
    await talk.says("Yes.")
    rating = await talk.rating(PIPELINE)
    assert rating.level == 3
    assert [entry.quote for entry in rating.quotes] == ["torn", "Yes."]


async def test_a_probe_that_nobody_can_answer_leaves_the_rating_less_sure(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    probe = await talk.says("torn")
    before = (await talk.rating(PIPELINE)).confidence
    question = await talk.taps(probe, "unknown")
    rating = await talk.rating(PIPELINE)
    assert rating.level == 2
    assert rating.confidence < before
    assert question.boundary != probe.boundary


async def test_a_bare_claim_gets_one_followup_and_then_questions_of_yes_or_no(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    followup = await talk.says("all good")
    assert (followup.asks, followup.criterion) == ("followup", PIPELINE)
    first = await talk.says("still good")
    assert (first.asks, first.boundary) == ("probe", 1)
    assert (await talk.rating(PIPELINE)).level is None
    second = await talk.says("Yes.")
    assert (second.asks, second.boundary) == ("probe", 2)
    await talk.says("No.")
    assert (await talk.rating(PIPELINE)).level == 2


async def test_a_claim_that_stays_bare_is_never_rated(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    for _ in range(3):
        asked = await talk.says("still good")
    assert asked.criterion != PIPELINE
    rating = await talk.rating(PIPELINE)
    assert (rating.standing, rating.level) == ("bare", None)


async def test_a_bare_reply_to_a_probe_does_not_take_the_rating_away(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    await talk.says("torn")
    await talk.says("still good")
    assert (await talk.rating(PIPELINE)).level == 2


async def test_an_unknown_is_neither_zero_nor_asked_again(services: Services) -> None:
    talk = Talk(services)
    await talk.begin()
    question = await talk.says("no idea at all")
    assert question.criterion != PIPELINE
    assert (await talk.rating(PIPELINE)).level is None


async def test_what_the_opening_says_is_not_asked(services: Services) -> None:
    talk = Talk(services)
    assert (await talk.begin("by hand")).criterion != PIPELINE


@pytest.mark.parametrize(("reply", "level"), [("The later one.", 0), ("the earlier", 3), ("I don't know", 3)])
async def test_a_contradiction_is_put_to_the_person_once(services: Services, reply: str, level: int) -> None:
    talk = Talk(services)
    await talk.begin("signed off")
    await talk.says("by hand")
    clash = await talk.says("nobody looked")
    assert (clash.asks, clash.criterion) == ("contradiction", REVIEW)
    assert "signed off" in clash.text
    question = await (talk.taps(clash, "unknown") if reply == "I don't know" else talk.says(reply))
    assert question.asks != "contradiction"
    assert (await talk.rating(REVIEW)).level == level


async def test_a_correction_by_words_replaces_the_rating_and_keeps_the_open_question(services: Services) -> None:
    talk = Talk(services)
    await talk.begin("nobody looked")
    before = await talk.says("by hand")
    after = await talk.says("actually in May")
    rating = await talk.rating(REVIEW)
    assert rating.level == 3
    assert [entry.quote for entry in rating.history] == ["nobody looked"]
    assert after == before


async def test_what_does_not_apply_says_why_in_the_report(services: Services) -> None:
    talk = Talk(services)
    reason = await talk.taps(await talk.begin(), "not_applicable")
    assert reason.asks == "reason"
    await talk.says("We have no data of our own.")
    assert (await talk.rating(PIPELINE)).note == "We have no data of our own."
    report = await services.report(talk.audit)
    assert report.gaps[0].findings[0].statement == "Does not apply: We have no data of our own."
    assert report.result.total == 20


async def test_another_language_is_never_guessed_at_and_the_statements_are_offered_instead(services: Services) -> None:
    talk = Talk(services)
    asked = await talk.begin()
    again = await talk.says("das macht der Praktikant")
    assert again == asked
    assert [c.value for c in again.choices[:5]] == [f"level:{level}" for level in range(5)]
    said = next(e.text for e in talk.events if isinstance(e, Said))
    assert "tap the answer that fits best" in said
    assert (await talk.rating(PIPELINE)).standing == "open"
    await talk.taps(again, "level:0")
    assert (await talk.rating(PIPELINE)).level == 0


def test_the_greeting_says_where_answers_go() -> None:
    assert "stays on this server" in wording.greeting("full", None)
    assert "sent to the language model at api.example.org" in wording.greeting("quick", "api.example.org")


@pytest.mark.parametrize(
    ("fields", "host"),
    [
        ({}, None),
        ({"openai_api_key": "x"}, "api.openai.com"),
        ({"openai_base_url": "http://127.0.0.1:8080/v1"}, None),
        ({"openai_base_url": "https://models.example.org/v1"}, "models.example.org"),
        ({"openai_base_url": "https://models.example.org/v1", "assessor": "encoder"}, None),
    ],
)
def test_what_is_said_about_that_follows_from_the_settings(fields: dict[str, str], host: str | None, settings: Settings) -> None:
    assert Settings.model_validate(settings.model_dump() | fields).model_host == host
