"""The guards around a model: every fault of an endpoint, what it becomes, and how soon."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace
from datetime import date

import pytest

from app.assessors.proposal import Proposal
from app.errors import ModelError, Reason
from app.llm.breaker import FIRST_SECONDS, Breaker
from app.llm.guarded import GuardedModel
from app.llm.model import Call
from app.llm.prompts import Rendered
from app.observability.cost import Budget, Limit, Limits, Reservation, Spent, Usage
from app.observability.metrics import Metrics
from app.observability.turns import Turn, turn_of
from evals.endpoint import Endpoint, Fault
from tests.llm.conftest import endpoint_at

USER = "The open question, on topic data.pipeline:\n<message>\nBy hand.\n</message>"
READ = Call(Rendered("assess/read", "0" * 12, "Report.", USER), "careful", 900)
WORD = Call(Rendered("interview/word", "0" * 12, "Ask.", "<next_question>\nWho owns it?\n</next_question>"), "fast", 200)


class Purse:
    """Counts money in memory."""

    def __init__(self) -> None:
        self.held: dict[Reservation, float] = {}
        self.paid: list[tuple[Reservation, Usage, float]] = []

    async def reserve(self, wanted: Reservation, limits: Limits) -> Limit | None:
        passed = limits.passed_by(await self.spent(wanted.audit_id, wanted.day), wanted.most_usd)
        if passed is None:
            self.held[wanted] = wanted.most_usd
        return passed

    async def settle(self, reservation: Reservation, usage: Usage, cost_usd: float) -> None:
        del self.held[reservation]
        self.paid.append((reservation, usage, cost_usd))

    async def release(self, reservation: Reservation) -> None:
        del self.held[reservation]

    async def spent(self, audit_id: str, day: date) -> Spent:
        usd = await self.of_day(day)
        return Spent(len(self.held) + len(self.paid), usd, usd)

    async def of_day(self, day: date) -> float:
        return sum(self.held.values()) + sum(cost for *_, cost in self.paid)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def budget_of(purse: Purse | None = None, **limits: float) -> Budget:
    fixed = {"audit_usd": 1.0, "day_usd": 10.0, "audit_calls": 45} | limits
    return Budget(purse or Purse(), lambda: date(2026, 11, 23), **fixed)  # type: ignore[arg-type]


def guarded(url: str, *, budget: Budget | None = None, breaker: Breaker | None = None, price: float = 0.0) -> GuardedModel:
    return GuardedModel(endpoint_at(url), budget or budget_of(), Metrics(), lambda _model, _usage: price, breaker)


def priced(url: str, purse: Purse, **limits: float) -> GuardedModel:
    """A model that costs a dollar a thousand tokens."""
    limits = {"audit_usd": 100.0, "day_usd": 100.0} | limits
    return GuardedModel(
        endpoint_at(url), budget_of(purse, **limits), Metrics(), lambda _m, usage: (usage.tokens_in + usage.tokens_out) / 1e3
    )


@contextmanager
def turn(seconds: float = 5.0) -> Iterator[Turn]:
    with turn_of("audit", 1, seconds) as opened:
        yield opened


async def reason_of(model: GuardedModel) -> Reason:
    with pytest.raises(ModelError) as error:
        await model.ask(READ, Proposal)
    return error.value.reason


async def said(model: GuardedModel) -> str:
    return "".join([piece async for piece in model.write(WORD)])


FAULTS: list[tuple[Fault, Reason, int]] = [
    ("401", "unauthorised", 1),
    ("429", "rate_limited", 2),
    ("429 for a minute", "rate_limited", 1),
    ("500", "server_error", 2),
    ("not json", "malformed", 2),
    ("wrong shape", "malformed", 2),
    ("cut off", "truncated", 2),
    ("refusal", "refused", 1),
    ("filtered", "refused", 1),
    ("empty", "malformed", 2),
]


MONEY: list[tuple[Fault, Reason, bool]] = [
    ("401", "unauthorised", False),
    ("429 for a minute", "rate_limited", False),
    ("500", "server_error", True),
    ("refusal", "refused", True),
    ("no answer", "timed_out", True),
]


@pytest.mark.parametrize(("fault", "reason", "requests"), FAULTS)
async def test_each_fault_has_its_reason_and_is_tried_as_often_as_it_makes_sense(
    scripted: Endpoint, fault: Fault, reason: Reason, requests: int
) -> None:
    scripted.fault = fault
    with turn() as now:
        assert await reason_of(guarded(scripted.url)) == reason
    assert now.fallbacks == [reason]
    assert len(scripted.asked) == requests


async def test_what_passes_by_itself_is_not_noticed(scripted: Endpoint) -> None:
    for fault in ("503 once", "wrong shape once"):
        scripted.fault, scripted._once = fault, 0
        with turn() as now:
            assert (await guarded(scripted.url).ask(READ, Proposal)).intent == "answer"
        assert now.fallbacks == []


async def test_an_answer_of_the_wrong_shape_is_asked_for_again_saying_what_was_wrong(scripted: Endpoint) -> None:
    scripted.fault = "wrong shape once"
    with turn() as now:
        await guarded(scripted.url).ask(READ, Proposal)
    assert "could not be used: intent" not in str(scripted.requests[0])
    assert "could not be used" in scripted.requests[1]["messages"][1]["content"]
    assert now.calls == 2


@pytest.mark.parametrize(("fault", "forms"), [("no schemas", ["json_object"]), ("not even json mode", [None])])
async def test_a_server_without_strict_schemas_is_asked_in_its_own_way(scripted: Endpoint, fault: Fault, forms: list[str | None]) -> None:
    scripted.fault = fault
    model = guarded(scripted.url)
    for _ in range(2):
        assert (await model.ask(READ, Proposal)).intent == "answer"
    used = [(request.get("response_format") or {}).get("type") for request in scripted.requests]
    assert used[-1:] == forms
    assert used.count("json_schema") == 1, "what the server refused is not tried again"


async def test_a_silent_endpoint_costs_no_more_than_the_turn_has(scripted: Endpoint) -> None:
    scripted.fault = "no answer"
    started = time.monotonic()
    with turn(seconds=0.4):
        assert await reason_of(guarded(scripted.url)) == "timed_out"
    assert time.monotonic() - started < 2.0


async def test_nobody_listening_is_unreachable(scripted: Endpoint) -> None:
    with turn():
        assert await reason_of(guarded("http://127.0.0.1:9/v1")) == "unreachable"


@pytest.mark.parametrize(("fault", "reason"), [("breaks off", "unreachable"), ("cut off", "truncated"), ("filtered", "refused")])
async def test_a_stream_that_ends_badly_is_an_error_after_the_words_that_came(scripted: Endpoint, fault: Fault, reason: Reason) -> None:
    scripted.fault = fault
    heard: list[str] = []
    with turn(), pytest.raises(ModelError) as error:
        async for piece in guarded(scripted.url).write(WORD):
            heard.append(piece)
    assert error.value.reason == reason
    assert heard


async def test_a_dead_endpoint_is_spared_and_comes_back_by_itself(scripted: Endpoint) -> None:
    clock, scripted.fault = Clock(), "500"
    model = guarded(scripted.url, breaker=Breaker(clock))
    with turn():
        assert await reason_of(model) == "server_error"
    before = len(scripted.asked)
    with turn() as spared:
        assert await reason_of(model) == "circuit_open"
    assert len(scripted.asked) == before, "nothing was sent"
    assert spared.calls == 0
    scripted.fault = None
    clock.now += FIRST_SECONDS
    with turn():
        assert await reason_of(model) == "circuit_open", "nobody's turn waits for the trial"
    for _ in range(100):
        if model.breaker.state == "closed":
            break
        await asyncio.sleep(0.02)
    with turn():
        assert (await model.ask(READ, Proposal)).intent == "answer"


async def test_a_wrong_key_is_not_tried_again_and_again(scripted: Endpoint) -> None:
    scripted.fault = "401"
    model = guarded(scripted.url)
    with turn():
        assert await reason_of(model) == "unauthorised"
    with turn():
        assert await reason_of(model) == "circuit_open"
    assert len(scripted.asked) == 1


async def test_a_provider_that_asks_to_wait_a_minute_is_left_alone_for_a_minute(scripted: Endpoint) -> None:
    clock, scripted.fault = Clock(), "429 for a minute"
    breaker = Breaker(clock)
    model = guarded(scripted.url, breaker=breaker)
    with turn():
        await reason_of(model)
    clock.now = 59.0
    assert breaker.state == "open"
    clock.now = 60.0
    assert breaker.state == "due"


async def test_a_turn_has_two_calls(scripted: Endpoint) -> None:
    model = guarded(scripted.url)
    with turn() as now:
        await model.ask(READ, Proposal)
        assert await said(model)
        assert await reason_of(model) == "turn_limit"
    assert now.calls == 2
    assert now.usage.tokens_in > 0


@pytest.mark.parametrize(
    ("limits", "reason"), [({"audit_usd": 0.025}, "budget_audit"), ({"day_usd": 0.025}, "budget_day"), ({"audit_calls": 2}, "budget_calls")]
)
async def test_a_used_up_budget_stops_before_the_call(scripted: Endpoint, limits: dict[str, float], reason: Reason) -> None:
    model = guarded(scripted.url, budget=budget_of(**limits), price=0.01)
    for _ in range(2):
        with turn():
            await model.ask(READ, Proposal)
    with turn():
        assert await reason_of(model) == reason
    assert len(scripted.asked) == 2


async def test_the_last_calls_of_an_audit_are_kept_for_reading(scripted: Endpoint) -> None:
    model = guarded(scripted.url, budget=budget_of(audit_calls=3))
    with turn(), pytest.raises(ModelError) as error:
        _ = [piece async for piece in model.write(replace(WORD, calls_kept=3))]
    assert error.value.reason == "budget_calls"
    with turn():
        assert (await model.ask(READ, Proposal)).intent == "answer"


async def test_the_most_that_a_call_can_cost_is_held_before_it_and_what_it_cost_counted_after(scripted: Endpoint) -> None:
    purse = Purse()
    model = priced(scripted.url, purse)
    with turn() as now:
        await model.ask(READ, Proposal)
        assert await said(model)
    assert purse.held == {}
    for (reservation, usage, cost), call in zip(purse.paid, (READ, WORD), strict=True):
        sent = len(call.prompt.system) + len(call.prompt.user)
        assert reservation.most_usd > (sent + call.most_tokens) / 1e3 > cost == (usage.tokens_in + usage.tokens_out) / 1e3 > 0
    assert now.cost_usd == pytest.approx(sum(cost for *_, cost in purse.paid))


async def test_a_call_that_might_cost_more_than_is_left_is_not_made(scripted: Endpoint) -> None:
    purse = Purse()
    with turn() as now:
        assert await reason_of(priced(scripted.url, purse, audit_usd=1.5)) == "budget_audit"
    assert now.calls == 0
    assert scripted.asked == []
    assert (purse.held, purse.paid) == ({}, [])


@pytest.mark.parametrize(("fault", "reason", "costs"), MONEY)
async def test_a_call_that_failed_costs_its_most_unless_it_was_never_taken(
    scripted: Endpoint, fault: Fault, reason: Reason, costs: bool
) -> None:
    purse, scripted.fault = Purse(), fault
    with turn(seconds=1.0):
        assert await reason_of(priced(scripted.url, purse)) == reason
    assert purse.held == {}
    assert [cost == reservation.most_usd for reservation, _, cost in purse.paid] == [True] * costs


async def test_an_answer_that_cannot_be_used_costs_what_it_cost(scripted: Endpoint) -> None:
    purse, scripted.fault = Purse(), "wrong shape"
    with turn():
        assert await reason_of(priced(scripted.url, purse)) == "malformed"
    assert purse.held == {}
    assert [0 < cost < reservation.most_usd for reservation, _, cost in purse.paid] == [True, True]


@pytest.mark.parametrize("fault", ["breaks off", "cut off", "filtered"])
async def test_a_stream_that_breaks_off_costs_its_most(scripted: Endpoint, fault: Fault) -> None:
    purse, scripted.fault = Purse(), fault
    with turn(), pytest.raises(ModelError):
        await said(priced(scripted.url, purse))
    assert [cost == reservation.most_usd for reservation, _, cost in purse.paid] == [True]


async def test_a_stream_that_nobody_hears_to_its_end_costs_what_was_said(scripted: Endpoint) -> None:
    purse = Purse()
    with turn():
        async with aclosing(priced(scripted.url, purse).write(WORD)) as pieces:
            assert await anext(pieces)
    for _ in range(100):  # the stream below the trace is closed by the event loop
        if not purse.held:
            break
        await asyncio.sleep(0.02)
    assert purse.held == {}
    assert [0 < cost < reservation.most_usd for reservation, _, cost in purse.paid] == [True]


async def test_what_was_said_is_in_no_error(scripted: Endpoint) -> None:
    for fault in ("401", "500", "not json", "wrong shape", "refusal"):
        scripted.fault = fault
        with pytest.raises(ModelError) as error:
            await guarded(scripted.url).ask(READ, Proposal)
        assert "By hand" not in f"{error.value!r} {error.value}"
