"""Which run a person's opinion of a message belongs to, and whose opinion is taken."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, cast
from unittest.mock import AsyncMock
from uuid import UUID, uuid4

import chainlit.data
import pytest
from chainlit.context import ChainlitContext, context_var
from chainlit.session import WebsocketSession

from app.chat.cards import CHOOSE, MISREAD, MISREAD_LABEL, cards
from app.chat.feedback import rate, run_note
from app.chat.transcript import Transcript
from app.chat.wired import wire
from app.encoder.model import Encoder
from app.interview.events import ReadBack
from app.knowledge.load import Knowledge
from app.observability.tracing import langsmith_tracer
from app.settings import Settings
from evals.program import Program, running
from tests.observability.recorder import INFO, Recorder

RUN = uuid4()
CHAT, TURN = str(uuid4()), str(uuid4())


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as recording:
        yield recording


@pytest.fixture
async def chat(settings: Settings, encoder: Encoder, knowledge: Knowledge, recorder: Recorder) -> AsyncIterator[Program]:
    tracer = langsmith_tracer(api_key="x", endpoint=recorder.url, project="audit", metadata={}, content=True, info=INFO)
    async with running(settings, encoder=encoder, knowledge=knowledge, tracer=tracer) as program:
        wire(program)
        chainlit.data._data_layer = Transcript(settings.database.resolve())
        chainlit.data._data_layer_initialized = True
        yield program
        chainlit.data._data_layer = None
        chainlit.data._data_layer_initialized = False
        wire(None)


@pytest.fixture
async def message(chat: Program) -> str:
    """Store a message of CHAT, made in RUN."""
    step = {"id": str(uuid4()), "parentId": TURN, "threadId": CHAT, "name": "Assistant", "type": "assistant_message", "output": "Hello"}
    layer = cast("Any", chainlit.data.get_data_layer())
    await layer.update_thread(CHAT)
    columns, values = ", ".join(f'"{c}"' for c in (*step, "metadata")), ", ".join(f":{c}" for c in (*step, "metadata"))
    await layer.execute_sql(f"INSERT INTO steps ({columns}) VALUES ({values})", {**step, "metadata": run_note(RUN)})
    return step["id"]


def sit_in(thread_id: str) -> None:
    socket: dict[str, Any] = {"emit": AsyncMock(), "emit_call": AsyncMock(), "user_env": {}, "client_type": "webapp"}
    context_var.set(ChainlitContext(WebsocketSession(id=str(uuid4()), socket_id="s", thread_id=thread_id, **socket)))


async def test_an_opinion_goes_to_the_run_of_its_message(chat: Program, message: str, recorder: Recorder) -> None:
    sit_in(CHAT)
    await rate(message, "thumb", 0, "mail anna@acme.io")
    chat.tracer.flush()
    (given,) = recorder.feedback
    assert (UUID(given["run_id"]), given["key"], given["score"], given["comment"]) == (RUN, "thumb", 0, "mail [email]")


async def test_a_thumb_may_be_given_to_the_whole_turn(chat: Program, message: str, recorder: Recorder) -> None:
    sit_in(CHAT)
    assert message
    await rate(TURN, "thumb", 1)
    chat.tracer.flush()
    assert [UUID(one["run_id"]) for one in recorder.feedback] == [RUN]


async def test_another_chats_message_is_not_rated(chat: Program, message: str, recorder: Recorder) -> None:
    sit_in(str(uuid4()))
    await rate(message, "thumb", 0)
    chat.tracer.flush()
    assert recorder.feedback == []


@pytest.mark.parametrize("forged", [None, "", "'; drop table steps", "0b8f6d1e-6f5c-4c53-9d67-2f1f5d1f7a11"])
async def test_what_is_no_message_is_not_rated(chat: Program, message: str, recorder: Recorder, forged: str | None) -> None:
    sit_in(CHAT)
    await rate(forged, "thumb", 1)
    chat.tracer.flush()
    assert message
    assert recorder.feedback == []


async def test_a_message_that_came_from_no_run_is_not_rated(chat: Program, message: str, recorder: Recorder) -> None:
    layer = cast("Any", chainlit.data.get_data_layer())
    for metadata in (run_note(None), {"run": "1"}, {"run": 7}):
        await layer.execute_sql('UPDATE steps SET "metadata" = :m WHERE "id" = :id', {"m": metadata, "id": message})
        assert await layer.notes(CHAT, message) == [metadata]
        sit_in(CHAT)
        await rate(message, "thumb", 1)
    chat.tracer.flush()
    assert recorder.feedback == []


def test_each_read_back_offers_a_change_and_to_say_that_it_was_misread() -> None:
    backs = [ReadBack(entry=i, criterion=f"data.c{i}", name=f"C{i}", level=1, text="I take that as level 1.") for i in (1, 2)]
    (card,) = cards(CHAT, backs)
    assert [one.label for one in card.actions] == ["Change: C1", MISREAD_LABEL, "Change: C2", MISREAD_LABEL]
    assert [one.name for one in card.actions] == [CHOOSE, MISREAD] * 2
    assert card.actions[2].payload == card.actions[3].payload == {"choice": "change:data.c2", "question_id": "entry-2"}
    assert len({one.id for one in card.actions}) == 4
    assert MISREAD_LABEL == "That's not what I said"
