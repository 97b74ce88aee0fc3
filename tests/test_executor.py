"""Heavy work runs off the event loop, so much at once and no more, in the caller's context."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextvars import ContextVar

import pytest

from app.executor import Executor

WHO: ContextVar[str] = ContextVar("WHO", default="nobody")


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    made = Executor(workers=2, queued=1)
    yield made
    await made.close()


class Gate:
    """Work that begins, says so, and ends when it is let through."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.open = threading.Event()
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def work(self) -> None:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.release()
        self.open.wait(30)
        with self._lock:
            self.at_once -= 1


async def test_work_runs_on_another_thread_with_its_arguments_and_gives_its_result(executor: Executor) -> None:
    def work(one: int, *, two: int) -> tuple[int, bool]:
        return one + two, threading.current_thread() is threading.main_thread()

    assert await executor.run(work, 1, two=2) == (3, False)


async def test_what_work_raises_reaches_who_asked_for_it(executor: Executor) -> None:
    with pytest.raises(ZeroDivisionError):
        await executor.run(lambda: 1 // 0)


async def test_work_sees_the_callers_context_and_keeps_its_own_changes(executor: Executor) -> None:
    WHO.set("caller")

    def work() -> str:
        seen = WHO.get()
        WHO.set("work")
        return seen

    assert await executor.run(work) == "caller"
    assert WHO.get() == "caller"


async def test_no_more_runs_at_once_than_there_are_workers(executor: Executor) -> None:
    gate = Gate()
    asked = [asyncio.create_task(executor.run(gate.work)) for _ in range(7)]
    for _ in range(2):
        assert await asyncio.to_thread(gate.begun.acquire, timeout=30)
    assert gate.most_at_once == 2
    gate.open.set()
    await asyncio.gather(*asked)
    assert gate.most_at_once == 2


async def test_what_is_cancelled_while_it_waits_never_begins_and_gives_its_place_back(executor: Executor) -> None:
    gate, began = Gate(), []
    busy = [asyncio.create_task(executor.run(gate.work)) for _ in range(2)]
    for _ in range(2):
        assert await asyncio.to_thread(gate.begun.acquire, timeout=30)
    waiting = [asyncio.create_task(executor.run(began.append, number)) for number in range(5)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    assert all(isinstance(result, asyncio.CancelledError) for result in await asyncio.gather(*waiting, return_exceptions=True))
    gate.open.set()
    await asyncio.gather(*busy)
    for number in range(10, 15):
        await executor.run(began.append, number)
    assert began == [10, 11, 12, 13, 14]


async def test_closing_waits_for_what_has_begun_and_then_takes_nothing_more() -> None:
    executor, gate = Executor(workers=1), Gate()
    begun = asyncio.create_task(executor.run(gate.work))
    assert await asyncio.to_thread(gate.begun.acquire, timeout=30)
    closing = asyncio.create_task(executor.close())
    gate.open.set()
    await closing
    assert begun.done() or await begun is None
    assert gate.at_once == 0
    with pytest.raises(RuntimeError):
        await executor.run(int)
