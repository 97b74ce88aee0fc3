"""Words of a model, written by hand here, and how much of them a person gets to see."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from app.audit.told.speech import Brief
from app.errors import ModelError
from app.llm.model import Call
from app.llm.prompts import load_prompt_sets
from app.llm.releases import Releases
from app.observability.turns import turn_of
from app.voice.by_llm import LlmVoice

BRIEF = Brief(question="Who owns the data?", why="Somebody has to.", said="Mark exports 3 tables every Monday.", language="en")


class Speaking:
    """A model that says what a test has written, word by word, and then perhaps fails."""

    fingerprint = "written by hand"

    def __init__(self, words: str, *, fails: bool = False) -> None:
        self._words, self._fails = words, fails
        self.call: Call | None = None

    async def ask(self, call: Call, shape: Any) -> Any:
        raise AssertionError("nothing is read here")

    async def write(self, call: Call) -> AsyncGenerator[str]:
        self.call = call
        for word in self._words.split(" "):
            yield f"{word} "
        if self._fails:
            raise ModelError("timed_out")


async def worded(model: Speaking, brief: Brief = BRIEF) -> list[str]:
    return [sentence async for sentence in LlmVoice(model, Releases(load_prompt_sets(), "v1")).word(brief)]


async def explained(words: str) -> list[str]:
    voice = LlmVoice(Speaking(words), Releases(load_prompt_sets(), "v1"))
    return [s async for s in voice.explain("What is drift?", ["Drift is when inputs move away from what was tested."], BRIEF)]


async def test_sentences_come_one_by_one() -> None:
    assert await worded(Speaking("So Mark does it on Mondays. And who owns that data?")) == [
        "So Mark does it on Mondays.",
        "And who owns that data?",
    ]


async def test_nothing_follows_the_first_question() -> None:
    assert await worded(Speaking("Who owns that data? Is it Mark? Tell me.")) == ["Who owns that data?"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("So Mark does it. Is it kept in Snowflake?", ["So Mark does it."]),
        ("About 80 percent fail here. Who owns it?", []),
        ("Who owns it? Or who might own it?", ["Who owns it?"]),
    ],
)
async def test_it_ends_before_the_sentence_that_breaks_a_rule(words: str, seen: list[str]) -> None:
    with turn_of("audit", 1, 5.0) as turn:
        assert await worded(Speaking(words)) == seen
    assert turn.fallbacks == (["unchecked"] if "Or who" not in words else [])


async def test_a_model_that_fails_in_the_middle_leaves_what_was_whole() -> None:
    assert await worded(Speaking("So Mark does it on Mondays. And who", fails=True)) == ["So Mark does it on Mondays."]


async def test_the_prompt_carries_the_language_and_shortens_what_was_said() -> None:
    model = Speaking("Wem gehören die Daten?")
    await worded(model, BRIEF.model_copy(update={"language": "de", "said": "x" * 5000}))
    assert model.call is not None
    assert "Language: de" in model.call.prompt.user
    assert len(model.call.prompt.user) < 2000


async def test_an_explanation_rests_on_the_passages_or_is_not_given() -> None:
    assert await explained("Drift is when inputs move away from what was tested.") == [
        "Drift is when inputs move away from what was tested."
    ]
    assert await explained("NOTHING") == []
    assert await explained("Drift costs 5 million a year.") == []
