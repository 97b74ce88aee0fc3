"""Which set of prompts an audit uses: the current one, a canary for a share of new audits, and back again by one setting."""

import hashlib
from collections.abc import Mapping

from app.errors import PromptError
from app.llm.prompts import Prompt, PromptSet

_STEPS = 10_000
"""Shares are told apart to a hundredth of a per cent."""


class Releases:
    """The sets of prompts, with the one in use and perhaps a canary."""

    def __init__(self, sets: Mapping[str, PromptSet], current: str, canary: str | None = None, share: float = 0.0) -> None:
        """Take all sets and the names of those in use.

        Raises:
            PromptError: a set is not there.
        """
        for name in filter(None, (current, canary)):
            if name not in sets:
                raise PromptError(f"there is no set of prompts called {name}; there is {', '.join(sets)}")
        self._sets = sets
        self.current = current
        self.canary = canary
        self.share = share if canary else 0.0

    @property
    def fingerprint(self) -> str:
        """Identify the current set."""
        return self._sets[self.current].fingerprint

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of every set that may be in use."""
        return {name: self._sets[name].fingerprint for name in (self.current, self.canary) if name}

    def choose(self, audit_id: str) -> str:
        """Choose the set of a new audit; the same audit always gets the same answer."""
        place = int(hashlib.sha256(audit_id.encode()).hexdigest(), 16) % _STEPS
        return self.canary if self.canary and place < self.share * _STEPS else self.current

    def prompt(self, name: str, chosen: str | None) -> Prompt:
        """Return a prompt out of an audit's set; a set that is no longer in use gives way to the current one, so that a rollback holds."""
        in_use = chosen if chosen in (self.current, self.canary) else self.current
        return self._sets[in_use or self.current][name]
