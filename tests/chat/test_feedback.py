"""Which run a person's opinion of a message belongs to, and whose opinion is taken."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from unittest.mock import AsyncMock
from uuid import uuid4

import chainlit as cl
import pytest
from chainlit.context import ChainlitContext, context_var
from chainlit.session import WebsocketSession

from app.access.principal import Visitor
from app.chat.cards import CHOOSE, MISREAD, cards
from app.chat.feedback import rate
from app.chat.identity import identifier_of
from app.chat.shown import TURNS
from app.chat.steps import message_id
from app.chat.wired import Wired, wire
from app.encoder.model import Encoder
from app.interview.events import ReadBack
from app.interview.messages import Typed
from app.knowledge.load import Knowledge
from app.observability.tracing import langsmith_tracer
from app.settings import Settings
from app.use.transcripts import Opinion
from evals.program import Program, running
from tests.observability.recorder import INFO, Recorder

OWNER, STRANGER = Visitor(id=str(uuid4())), Visitor(id=str(uuid4()))
DOWN = Opinion("thumb", 0, "mail anna@acme.io")


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as recording:
        yield recording


@pytest.fixture
async def chat(settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder) -> AsyncIterator[Program]:
    tracer = langsmith_tracer(api_key="x", endpoint=recorder.url, project="audit", metadata={}, content=True, info=INFO)
    async with running(settings, encoder=encoder, knowledge=knowledge, tracer=tracer) as program:
        wire(Wired(use=program.use, secret="s", public_url=None, most_sockets=5))
        yield program
        wire(None)


@pytest.fixture
async def audit(chat: Program) -> str:
    """Hold two turns of an audit of OWNER's."""
    audit = str(uuid4())
    await chat.use.interviews.begin(OWNER, audit)
    await chat.use.interviews.take(OWNER, audit, Typed(text="We pilot a claims assistant."))
    return audit


def sit_in(thread_id: str, visitor: Visitor = OWNER) -> None:
    socket: dict[str, Any] = {"emit": AsyncMock(), "emit_call": AsyncMock(), "user_env": {}, "client_type": "webapp"}
    user = cl.User(identifier=identifier_of(visitor))
    context_var.set(ChainlitContext(WebsocketSession(id=str(uuid4()), socket_id="s", thread_id=thread_id, user=user, **socket)))


async def test_an_opinion_goes_to_the_run_of_its_message(chat: Program, audit: str, recorder: Recorder) -> None:
    sit_in(audit)
    await rate(message_id(audit, 2, 0), DOWN)
    chat.parts.tracer.flush()
    (given,) = recorder.feedback
    run = (await chat.runs(audit))[1]
    assert (given["run_id"], given["key"], given["score"], given["comment"]) == (str(run), "thumb", 0, "mail [email]")


async def test_a_message_that_was_just_shown_is_known_by_the_id_it_has_on_the_page(chat: Program, audit: str, recorder: Recorder) -> None:
    sit_in(audit)
    shown = str(uuid4())
    cl.user_session.set(TURNS, {shown: 1})
    await rate(shown, DOWN)
    chat.parts.tracer.flush()
    assert [one["run_id"] for one in recorder.feedback] == [str((await chat.runs(audit))[0])]


async def test_another_audits_message_is_not_rated(chat: Program, audit: str, recorder: Recorder) -> None:
    sit_in(str(uuid4()))
    await rate(message_id(audit, 2, 0), DOWN)
    sit_in(audit, STRANGER)
    await rate(message_id(audit, 2, 0), DOWN)
    chat.parts.tracer.flush()
    assert recorder.feedback == []


@pytest.mark.parametrize("forged", [None, "", "'; drop table steps", "0b8f6d1e-6f5c-4c53-9d67-2f1f5d1f7a11"])
async def test_what_is_no_message_is_not_rated(chat: Program, audit: str, recorder: Recorder, forged: str | None) -> None:
    sit_in(audit)
    await rate(forged, DOWN)
    chat.parts.tracer.flush()
    assert recorder.feedback == []


async def test_a_message_of_a_turn_that_was_not_traced_is_not_rated(
    settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder
) -> None:
    async with running(settings, encoder=encoder, knowledge=knowledge) as program:
        wire(Wired(use=program.use, secret="s", public_url=None, most_sockets=5))
        audit = str(uuid4())
        await program.use.interviews.begin(OWNER, audit)
        sit_in(audit)
        await rate(message_id(audit, 1, 0), DOWN)
        wire(None)
    assert recorder.feedback == []


def test_each_read_back_offers_a_change_and_to_say_that_it_was_misread(knowledge: Knowledge) -> None:
    backs = [ReadBack(entry=i, criterion=f"data.c{i}", name=f"C{i}", level=1, text="I take that as level 1.") for i in (1, 2)]
    (card,) = cards("audit", backs, knowledge.words)
    misread = "That's not what I said"
    assert [one.label for one in card.actions] == ["Change: C1", misread, "Change: C2", misread]
    assert [one.name for one in card.actions] == [CHOOSE, MISREAD] * 2
    assert card.actions[2].payload == card.actions[3].payload == {"choice": "change:data.c2", "question_id": "entry-2"}
    assert len({one.id for one in card.actions}) == 4
