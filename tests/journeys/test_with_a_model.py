"""Whole conversations with a language model: a scripted endpoint that is no model, and every way in which it can fail."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.encoder.model import Encoder
from app.interview.asked import Asked
from app.interview.events import Event, Explained, Finished, Piece, ReadBack, Said
from app.knowledge.load import Knowledge
from app.knowledge.playbook import Playbook
from app.reports.brand import DEFAULT
from app.reports.outline import outline
from app.reports.to_markdown import to_markdown
from app.settings import Settings
from app.storage.outbox import Outbox
from app.storage.spend import StoredSpend
from app.use.reports import TO_WORD
from evals.endpoint import Endpoint, Fault, report_on, serving, words_for
from evals.program import Program, running
from tests.conftest import NOON

OPENING = "We pilot an assistant that drafts answers to insurance claims."
ANSWERS = (
    "Mark exports three tables every Monday and uploads them by hand.",
    "Nothing is recorded at the moment, we look at the chat window.",
)
ALL_FAULTS: list[Fault] = [
    "401",
    "429",
    "429 for a minute",
    "500",
    "no answer",
    "not json",
    "wrong shape",
    "cut off",
    "refusal",
    "filtered",
    "empty",
]
STREAM_FAULTS: list[Fault] = ["401", "500", "no answer", "breaks off", "cut off", "filtered"]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as scripted:
        yield scripted


@asynccontextmanager
async def with_model(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge, url: str, **more: Any
) -> AsyncIterator[Program]:
    chosen = settings.model_copy(update={"openai_base_url": url, "turn_seconds": 4.0, **more})
    async with running(chosen, encoder=encoder, knowledge=knowledge, playbook=playbook, clock=lambda: NOON) as program:
        await program.begin("audit")
        yield program


@pytest.fixture
async def talk(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge, endpoint: Endpoint
) -> AsyncIterator[Program]:
    async with with_model(settings, playbook, encoder, knowledge, endpoint.url) as program:
        yield program


async def say(program: Program, text: str) -> list[Event]:
    return await program.say("audit", text)


def asked_in(events: list[Event]) -> Asked:
    return next(event for event in events if isinstance(event, Asked))


async def test_the_model_reads_and_words(talk: Program, endpoint: Endpoint) -> None:
    first = asked_in(await say(talk, OPENING))
    assert first.lead.startswith("Thank you for telling me that.")
    assert first.text.endswith("?")
    await say(talk, ANSWERS[0])
    assert endpoint.asked[:3] == ["read", "word", "read"]
    view = await talk.view("audit")
    assert view.ratings[first.criterion or ""].standing != "open"


async def test_what_is_worded_is_seen_piece_by_piece_and_then_whole(talk: Program) -> None:
    seen = [event async for step in talk.stream("audit", OPENING) for event in step]
    kinds = [event.kind for event in seen]
    assert kinds.index("piece") < kinds.index("asked")
    pieces = " ".join(event.text for event in seen if isinstance(event, Piece))
    asked = asked_in(seen)
    assert pieces == f"{asked.lead} {asked.text}"


async def test_a_turn_is_saved_though_nobody_listens_to_its_end(talk: Program) -> None:
    async for _ in talk.stream("audit", OPENING):
        break
    events = await say(talk, ANSWERS[0])  # waits for the turn before
    assert asked_in(events)
    assert (await talk.view("audit")).interview.turn == 2


@pytest.mark.parametrize("fault", ALL_FAULTS)
async def test_whatever_happens_to_the_reading_the_interview_goes_on(talk: Program, endpoint: Endpoint, fault: Fault) -> None:
    await say(talk, OPENING)
    endpoint.fault, endpoint.at = fault, "read"
    events = await say(talk, ANSWERS[0])
    assert asked_in(events)
    assert all("wrong" not in event.text for event in events if isinstance(event, Said))
    view = await talk.view("audit")
    assert view.ratings["data.pipeline"].level in (0, 1), "the embedded reader has read it"
    assert talk.parts.metrics.fallbacks()
    assert {entry.read_by for entry in view.ledger} == {"encoder"}


@pytest.mark.parametrize("fault", STREAM_FAULTS)
async def test_whatever_happens_to_the_wording_there_is_a_question(talk: Program, endpoint: Endpoint, fault: Fault) -> None:
    endpoint.fault, endpoint.at = fault, "word"
    asked = asked_in(await say(talk, OPENING))
    assert asked.text == talk.parts.knowledge.rubric.criteria[asked.criterion or ""].question


@pytest.mark.parametrize("fault", STREAM_FAULTS)
async def test_whatever_happens_to_an_explanation_the_playbook_answers(talk: Program, endpoint: Endpoint, fault: Fault) -> None:
    await say(talk, OPENING)
    endpoint.report = lambda user: report_on(user) | {"intent": "question", "findings": [], "question": "What is drift detection?"}
    endpoint.fault, endpoint.at = fault, "explain"
    events = await say(talk, "What is drift detection?")
    explained = next(event for event in events if isinstance(event, Explained))
    assert explained.passages
    assert "drift" in explained.text.lower()
    assert asked_in(events)


async def test_an_endpoint_that_is_not_there_is_noticed_once(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge
) -> None:
    async with with_model(settings, playbook, encoder, knowledge, "http://127.0.0.1:9/v1") as program:
        for text in (OPENING, *ANSWERS):
            assert asked_in(await say(program, text))
        assert program.parts.metrics.fallbacks()["circuit_open"] >= 2
        assert program.parts.model is not None
        assert program.parts.model.last_failure is not None
        assert program.parts.model.last_failure.reason == "unreachable"


async def test_a_budget_that_is_used_up_ends_the_model_and_not_the_interview(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge, endpoint: Endpoint
) -> None:
    async with with_model(settings, playbook, encoder, knowledge, endpoint.url, budget_audit_usd=1e-9) as program:
        program.parts.model._cost_usd = lambda _model, _usage: 1.0  # type: ignore[union-attr]
        await say(program, OPENING)
        before = len(endpoint.asked)
        assert asked_in(await say(program, ANSWERS[0]))
        assert len(endpoint.asked) == before
        assert program.parts.metrics.fallbacks()["budget_audit"] >= 1


async def test_it_can_be_switched_off_by_one_setting(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge, endpoint: Endpoint
) -> None:
    async with with_model(settings, playbook, encoder, knowledge, endpoint.url, assessor="encoder") as program:
        await say(program, OPENING)
    assert endpoint.asked == []


async def test_a_whole_audit_ends_with_a_report_that_says_what_read_what(talk: Program, endpoint: Endpoint) -> None:
    endpoint.report = lambda user: report_on(user) | {"findings": [{**f, "says": "2"} for f in report_on(user)["findings"]]}
    await say(talk, OPENING)
    await say(talk, ANSWERS[0])
    answered = sum(kind != "ping" for kind in endpoint.asked)
    endpoint.fault = "500"
    await say(talk, ANSWERS[1])
    assert any(isinstance(event, Finished) for event in await say(talk, "finish"))
    report = await talk.report("audit")
    assert report.method.read_by["model"] >= 1
    assert report.method.read_by["encoder"] >= 1
    await talk.use.interviews._running.close()  # the report is being worded
    calls = (await StoredSpend(talk.parts.database).spent("audit", NOON.date())).calls
    assert calls > answered, "a call that failed may have been worked on, so it counts"


async def test_the_prompts_of_a_running_audit_follow_a_rollback(
    settings: Settings, playbook: Playbook, encoder: Encoder, knowledge: Knowledge, endpoint: Endpoint
) -> None:
    """The rehearsal: an audit is begun on a canary; the settings take the canary back; the audit goes on with the old prompts."""
    from app.llm.prompts import Prompt, PromptSet, load_prompt_sets
    from app.llm.releases import Releases

    shipped = load_prompt_sets()["v1"]
    tried = {name: Prompt(**{**vars(p), "system": f"{p.system}\nCANARY"}) for name, p in shipped.prompts.items()}
    sets = {"v1": shipped, "v2": PromptSet("v2", tried)}

    def canaries() -> list[bool]:
        return ["CANARY" in request["messages"][0]["content"] for request in endpoint.requests]

    for releases, text, expected in (
        (Releases(sets, "v1", "v2", 1.0), OPENING, True),
        (Releases(sets, "v1"), ANSWERS[0], False),
    ):
        endpoint.requests.clear()
        chosen = settings.model_copy(update={"openai_base_url": endpoint.url})
        async with running(chosen, encoder=encoder, knowledge=knowledge, prompts=releases) as program:
            await program.begin("audit")
            await say(program, text)
        assert canaries()
        assert set(canaries()) == {expected}


async def test_no_word_of_the_person_is_in_the_log(talk: Program, endpoint: Endpoint, caplog: pytest.LogCaptureFixture) -> None:
    import logging

    logging.getLogger("app").propagate = True
    with caplog.at_level(logging.DEBUG, logger="app"):
        await say(talk, OPENING)
        endpoint.fault = "wrong shape"
        await say(talk, ANSWERS[0])
    told = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "turn" in told
    assert "insurance" not in told
    assert "Mark" not in told


async def test_a_readback_is_seen_before_the_next_question_is_worded(talk: Program, endpoint: Endpoint) -> None:
    endpoint.report = lambda user: report_on(user) | {"findings": [{**f, "says": "0"} for f in report_on(user)["findings"]]}
    await say(talk, OPENING)
    seen = [event async for step in talk.stream("audit", ANSWERS[0]) for event in step]
    kinds = [event.kind for event in seen]
    assert any(isinstance(event, ReadBack) for event in seen)
    assert kinds.index("read_back") < kinds.index("asked")


async def test_the_report_is_worded_by_itself_once_it_is_there(talk: Program, endpoint: Endpoint) -> None:
    for text in (OPENING, *ANSWERS, "finish now"):
        await say(talk, text)
    await talk.use.interviews._running.close()
    assert endpoint.asked[-1] == "tell"
    assert (await talk.report("audit")).gaps[0].told[0].by == "model"
    assert await Outbox(talk.parts.database).waiting(TO_WORD, 5) == [], "what is done is not done again"


async def test_the_report_is_worded_from_its_facts_and_only_as_far_as_it_holds(talk: Program, endpoint: Endpoint) -> None:
    for text in (OPENING, *ANSWERS):
        await say(talk, text)
    authored = await talk.report("audit")
    asked_before = len(endpoint.asked)
    await talk.use.reports.word("audit")
    assert endpoint.asked[asked_before:] == ["tell"]
    worded = await talk.report("audit")
    first = worded.gaps[0].told[0]
    assert (first.by, first.text[:33]) == ("model", "As things are, this gap comes to ")
    assert "worded sentences on the gaps" in to_markdown(outline(worded, talk.use.words, DEFAULT))
    assert "worded sentences on the gaps" not in to_markdown(outline(authored, talk.use.words, DEFAULT))
    assert [s.text for s in worded.gaps[0].told[1:]] == [s.text for s in authored.gaps[0].told[1:]]
    endpoint.words = lambda kind, user: words_for(kind, user).replace(" of 100", "0 of 100")
    await talk.use.reports.word("audit")
    assert (await talk.report("audit")).gaps == authored.gaps, "a score that is not the facts' is not printed"


@pytest.mark.parametrize("fault", ["401", "500", "not json", "wrong shape", "cut off", "refusal"])
async def test_whatever_fails_while_wording_the_authored_report_stands(talk: Program, endpoint: Endpoint, fault: Fault) -> None:
    for text in (OPENING, *ANSWERS):
        await say(talk, text)
    authored = await talk.report("audit")
    endpoint.fault, endpoint.at = fault, "tell"
    await talk.use.reports.word("audit")
    assert (await talk.report("audit")).gaps == authored.gaps


async def test_without_a_model_nothing_is_asked(program: Program) -> None:
    await program.begin("audit")
    await program.use.reports.word("audit")
    assert (await program.report("audit")).gaps[0].told[0].by == "authored"
