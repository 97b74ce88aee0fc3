"""How fast somebody may send: a burst at once, then no more than that in any stretch of time. Kept in this process."""

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Pace:
    """A moving window for each sender; chat and web may share one."""

    def __init__(self, most: int, seconds: int) -> None:
        """Let through so many in any so many seconds."""
        self._limit = RateLimitItemPerSecond(most, seconds)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def lets(self, sender: str) -> bool:
        """Take one of what a sender has left, or say that nothing is left."""
        return bool(self._window.hit(self._limit, sender))
