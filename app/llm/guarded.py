"""A model with guards: budget, the turn's time and calls, one repeat of what may pass, the breaker; every call is counted and traced."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from app.errors import ModelError, Reason
from app.llm.breaker import Breaker
from app.llm.errors import MalformedError
from app.llm.held import Held, most, schema_text
from app.llm.model import Call, PingedEndpoint, T
from app.llm.notes import as_metadata, estimated, note_fallback, seconds_for
from app.observability.cost import Budget, Usage
from app.observability.metrics import Metrics
from app.observability.tracing import note, traced
from app.observability.turns import MOST_CALLS, current_turn

_MAY_PASS: tuple[Reason, ...] = ("rate_limited", "server_error", "unreachable")
BACKOFF_SECONDS = (0.2, 0.6)
"""The wait before the one repeat, drawn evenly, where the provider names none."""
SPARE_SECONDS = 1.0
"""A repeat is only worth it when this much of the turn is left after the wait."""


@dataclass(frozen=True)
class Failure:
    """The last time that the endpoint failed."""

    reason: Reason
    detail: str
    at: float
    """Seconds since the epoch."""


class GuardedModel:
    """The only way to the endpoint. Whatever goes wrong is a ModelError, and is noted on the turn."""

    def __init__(
        self,
        endpoint: PingedEndpoint,
        budget: Budget,
        metrics: Metrics,
        cost_usd: Callable[[str, Usage], float],
        breaker: Breaker | None = None,
    ) -> None:
        """Take the endpoint and what guards it; `cost_usd` prices a model's usage."""
        self._endpoint = endpoint
        self._budget = budget
        self._metrics = metrics
        self._cost_usd = cost_usd
        self.breaker = breaker or Breaker()
        self.last_failure: Failure | None = None
        self._trial: asyncio.Task[None] | None = None

    @property
    def fingerprint(self) -> str:
        """Name the models behind the tiers."""
        return " ".join(dict.fromkeys((self._endpoint.model_of("careful"), self._endpoint.model_of("fast"))))

    async def ask(self, call: Call, shape: type[T]) -> T:
        """Return an answer in a shape; one that is malformed is asked for once more, saying what was wrong."""
        async with self._noted():
            try:
                return await self._ask(call, shape, None)
            except MalformedError as error:
                problem = error.problem
            return await self._ask(call, shape, problem)

    async def write(self, call: Call) -> AsyncGenerator[str]:
        """Stream an answer in plain words; see `ChatModel.write`."""
        async with self._noted():
            held = await self._allowed(call)
            async with aclosing(self._write(call, held)) as pieces:
                async for piece in pieces:
                    yield piece

    async def ping(self) -> None:
        """See whether the endpoint answers, and set the breaker by it. Raises ModelError."""
        try:
            await self._endpoint.ping()
        except ModelError as error:
            self._fault(error)
            raise
        self.breaker.succeeded()

    async def close(self) -> None:
        """Stop what runs in the background and close the connections."""
        if self._trial:
            self._trial.cancel()
        await self._endpoint.close()

    async def _ask(self, call: Call, shape: type[T], problem: str | None) -> T:
        held = await self._allowed(call, schema_text(shape), problem or "")
        for last in (False, True):
            try:
                return await self._one(call, shape, problem, held)
            except MalformedError:
                raise  # it was counted
            except ModelError as error:
                if last or not await self._waited(error):
                    if held:
                        await held.failed(error)
                    raise
        raise AssertionError("the second attempt returns or raises")

    @traced("call model", "llm", unseen="held")
    async def _one(self, call: Call, shape: type[T], problem: str | None, held: Held | None) -> T:
        model, started = self._begun(call)
        try:
            async with asyncio.timeout(seconds_for(call)):
                answer, usage = await self._endpoint.ask(call, shape, problem)
        except MalformedError as error:
            await self._counted(model, error.reason, started, error.usage, held)
            raise
        except (ModelError, TimeoutError) as error:
            raise await self._failed(model, started, error) from error
        await self._counted(model, "ok", started, usage, held)
        return answer

    @traced("stream from model", "llm", unseen="held")
    async def _write(self, call: Call, held: Held | None) -> AsyncGenerator[str]:
        model, started = self._begun(call)
        usage, said, ends = None, 0, started + seconds_for(call)
        pieces = self._endpoint.write(call)
        try:
            # Each piece is waited for by itself: a timeout around the loop would strike in whoever reads the stream.
            while (piece := await asyncio.wait_for(anext(pieces, None), ends - time.monotonic())) is not None:
                usage = piece.usage or usage
                said += len(piece.text)
                if piece.text:
                    yield piece.text
        except GeneratorExit:
            await self._counted(model, "stopped", started, estimated(call, said), held)
            raise
        except (ModelError, TimeoutError) as error:
            fault = await self._failed(model, started, error)
            if held:
                await held.failed(fault, said=said > 0)
            raise fault from error
        finally:
            await pieces.aclose()
        await self._counted(model, "ok", started, usage or estimated(call, said), held)

    def _begun(self, call: Call) -> tuple[str, float]:
        model = self._endpoint.model_of(call.tier)
        note(ls_model_name=model, ls_provider="openai", prompt=call.prompt.name, prompt_fingerprint=call.prompt.fingerprint)
        return model, time.monotonic()

    async def _allowed(self, call: Call, *beside: str) -> Held | None:
        """Refuse a call that the breaker, the turn or a budget does not allow, before anything is sent; hold what it may cost."""
        if self.breaker.state != "closed":
            self._try_in_background()
            raise ModelError("circuit_open", self.last_failure.reason if self.last_failure else "")
        turn = current_turn()
        if turn is None:
            return None
        if turn.calls >= MOST_CALLS:
            raise ModelError("turn_limit")
        usage = most(call, *beside)
        most_usd = self._cost_usd(self._endpoint.model_of(call.tier), usage)
        held = await Held.of(self._budget, turn.audit_id, usage, most_usd, call.calls_kept)
        turn.calls += 1
        return held

    async def _waited(self, error: ModelError) -> bool:
        """Wait before a repeat, unless it cannot pass or would not leave time: then the embedded reader is quicker."""
        wait = error.wait_seconds if error.wait_seconds is not None else random.uniform(*BACKOFF_SECONDS)  # noqa: S311 - jitter
        turn = current_turn()
        if error.reason not in _MAY_PASS or self.breaker.state != "closed" or (turn and wait + SPARE_SECONDS > turn.seconds_left):
            return False
        await asyncio.sleep(wait)
        return True

    async def _counted(self, model: str, outcome: str, started: float, usage: Usage, held: Held | None) -> None:
        cost = self._cost_usd(model, usage)
        self.breaker.succeeded()
        if self._endpoint.wait_seconds:
            self.breaker.hold(self._endpoint.wait_seconds)
        self._metrics.model_call(model, outcome, time.monotonic() - started, usage, cost)
        note(usage_metadata={**as_metadata(usage), "total_cost": cost}, outcome=outcome)
        if turn := current_turn():
            turn.usage += usage
            turn.cost_usd += cost
        if held:
            await held.settled(usage, cost)

    async def _failed(self, model: str, started: float, error: ModelError | TimeoutError) -> ModelError:
        fault = error if isinstance(error, ModelError) else ModelError("timed_out")
        self._fault(fault)
        self._metrics.model_call(model, fault.reason, time.monotonic() - started, Usage(), 0.0)
        note(outcome=fault.reason)
        return fault

    def _fault(self, fault: ModelError) -> None:
        self.breaker.failed(fault.reason, fault.wait_seconds)
        self.last_failure = Failure(fault.reason, fault.detail, time.time())

    def _try_in_background(self) -> None:
        """Try the endpoint again when its time is over; nobody waits for it."""
        if self.breaker.state == "due" and (self._trial is None or self._trial.done()):
            self.breaker.spare_again()
            self._trial = asyncio.create_task(self._tried())

    async def _tried(self) -> None:
        try:
            await self.ping()
        except ModelError:
            return

    @asynccontextmanager
    async def _noted(self) -> AsyncIterator[None]:
        """Note on the turn why a model was done without."""
        try:
            yield
        except ModelError as error:
            note_fallback(error.reason)
            raise
