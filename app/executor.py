"""Where heavy work runs, so that the event loop never waits for it: a few threads, as many as there are cores to use.

The embedded reader, the playbook's search, building reports and printing them all share these threads: together they cannot
take more of the machine than this, and what is cancelled while it waits never begins.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

WORKERS = 2
QUEUED = 2
"""Pieces of work handed to the threads in advance, so that none of them waits for the loop; all others wait in the loop, in order."""
P = ParamSpec("P")
T = TypeVar("T")


class Executor:
    """Runs functions on a bounded number of threads, in the caller's context: traces and turns stay what they are."""

    def __init__(self, workers: int = WORKERS, queued: int = QUEUED) -> None:
        """Take how many run at once and how many more the threads hold; threads are made when they are first needed."""
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="heavy")
        self._places = asyncio.Semaphore(workers + queued)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function and return what it returns, or raise what it raises.

        Raises:
            RuntimeError: the executor is closed.
        """
        loop = asyncio.get_running_loop()

        def leave(_work: Future[T]) -> None:
            loop.call_soon_threadsafe(self._places.release)

        await self._places.acquire()
        try:
            work = self._threads.submit(copy_context().run, partial(function, *args, **kwargs))
        except RuntimeError:
            self._places.release()
            raise
        work.add_done_callback(leave)
        return await asyncio.wrap_future(work)

    async def close(self) -> None:
        """Take nothing more, and wait for what has begun."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
