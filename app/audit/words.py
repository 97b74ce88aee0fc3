"""The program's own sentences, as the domain sees them: by key, in the language of the audit."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Words(Protocol):
    """Says things in one language; what is said is knowledge, `knowledge/<language>/words`."""

    def say(self, key: str, /, **values: str | float | date) -> str:
        """Return the sentence of a key with its values filled in. Raises KeyError where there is no such sentence."""

    def many(self, key: str) -> tuple[str, ...]:
        """Return the sentences of a key that holds a list, in order. Raises KeyError where there is no such list."""

    def listed(self, items: Sequence[str]) -> str:
        """Join items as in a sentence: a, b and c."""
