"""What goes on by itself: turns whose listener left, and wordings that nobody waits for. All of it is awaited at shutdown."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE_SECONDS = 60.0
"""How long a shutdown waits for what is still running: longer than a turn or a wording may take."""


class Running:
    """The tasks of this process that have to end before it does."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start something that goes on whether or not somebody waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def close(self) -> None:
        """Wait until everything has ended; what takes too long is cancelled."""
        while tasks := list(self._tasks):
            _, late = await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # Whoever awaits it is told as well; for what nobody awaits this line is all there is.
            log.warning("a task failed", extra={"error": type(error).__name__})
