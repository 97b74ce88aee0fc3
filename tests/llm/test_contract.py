"""What we take from an OpenAI-compatible server, against a real one: llama.cpp with a very small model. Nothing is said about speed."""

import asyncio
from contextlib import aclosing
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from app.assessors.proposal import Proposal
from app.errors import ModelError
from app.llm import by_openai
from app.llm.errors import MalformedError
from app.llm.model import Spoken
from tests.llm.conftest import PATIENT_SECONDS, call, endpoint_at


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")
    colour: Literal["red", "green", "blue"]


async def words(stream: object) -> tuple[str, Spoken]:
    pieces = [piece async for piece in stream]  # type: ignore[attr-defined]
    return "".join(piece.text for piece in pieces), pieces[-1]


async def test_it_answers(llama: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_openai, "PING_SECONDS", PATIENT_SECONDS)
    await endpoint_at(llama).ping()


async def test_it_streams_words_and_tells_the_tokens_at_the_end(llama: str) -> None:
    said, last = await words(endpoint_at(llama, temperature=0).write(call(most_tokens=400)))
    assert said.strip()
    assert last.usage is not None
    assert last.usage.tokens_in > 5
    assert last.usage.tokens_out > 0


async def test_a_shape_is_kept_to(llama: str) -> None:
    answer, usage = await endpoint_at(llama, temperature=0).ask(call(), Colour)
    assert answer.colour in ("red", "green", "blue")
    assert usage.tokens_in > 5


async def test_the_shape_that_the_reader_asks_for_is_taken_by_the_server(llama: str) -> None:
    proposal, _ = await endpoint_at(llama, temperature=0, length_limits=True).ask(call("Files are copied by hand.", 1500), Proposal)
    assert proposal.yes_no in ("yes", "no", "neither")


async def test_an_answer_that_is_too_long_is_an_error_and_not_half_an_answer(llama: str) -> None:
    with pytest.raises(MalformedError) as error:
        await endpoint_at(llama, temperature=0).ask(call("Tell me a long story.", 12), Proposal)
    assert error.value.reason == "truncated"
    with pytest.raises(ModelError) as cut:
        await words(endpoint_at(llama, temperature=0).write(call("Tell me a long story about the sea.", 12)))
    assert cut.value.reason == "truncated"


async def test_a_stream_can_be_left_in_the_middle(llama: str) -> None:
    endpoint = endpoint_at(llama, temperature=0)
    async with aclosing(endpoint.write(call("Tell me a long story about the sea.", 2000))) as stream:
        async for piece in stream:
            assert isinstance(piece, Spoken)
            break
    await asyncio.wait_for(endpoint.ping(), 60)


async def test_two_at_once_both_get_their_answer(llama: str) -> None:
    endpoint = endpoint_at(llama, temperature=0)
    one, two = await asyncio.gather(endpoint.ask(call(), Colour), endpoint.ask(call("Name another colour."), Colour))
    assert {type(one[0]), type(two[0])} == {Colour}


async def test_a_prompt_that_is_too_long_is_refused_and_says_so(llama: str) -> None:
    with pytest.raises(ModelError) as error:
        await endpoint_at(llama).ask(call("word " * 6000), Colour)
    assert error.value.reason == "rejected"
    assert "word word" not in str(error.value)
