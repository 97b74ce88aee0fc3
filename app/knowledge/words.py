"""The program's own sentences, one catalogue a language: read from `knowledge/<language>/words`, checked whole at load.

A message is ICU's MessageFormat, in the locale that the folder is named after; `en` is English as ICU has it everywhere (2,000.5).
- counts and other numbers: `{n, number}`, or `#` in a plural, so that 1234 is 1,234 in English and 1.234 in German; a bare `{n}` is
  grouped as well, so what must not be (a year, an id) is given as text. Digits by skeleton: `{n, number, ::precision-integer}`.
- `{n, plural, one {# day} other {# days}}`; `{kind, select, a {…} other {…}}` for what is no number.
- days: `{on, date,d MMMM yyyy}` is 23 December 2026, without a space before the pattern, which would be written as well. The order
  stands in the message, as each language has its own: a skeleton (`::dMMMMyyyy`) would be written as in the United States.
- money: currency and amount are two values (`{currency} {sum}`), as a sum is told in the currency in which somebody said it.
- shares: `{share, number, ::percent scale/100}` of a value between 0 and 1.
- an apostrophe before a brace is doubled, or written ’.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from icu4py.messageformat import MessageFormat

from app.errors import KnowledgeError
from app.knowledge.reading import read_yaml


class Catalogue:
    """Messages in ICU's MessageFormat, by key: the file's name, then its headings, joined by dots."""

    def __init__(self, messages: Mapping[str, MessageFormat], lists: Mapping[str, tuple[str, ...]]) -> None:
        self._messages = messages
        self._lists = lists

    def say(self, key: str, /, **values: str | float | date) -> str:
        """Return the sentence of a key with its values filled in. Raises KeyError where there is no such sentence."""
        return str(self._messages[key].format({name: _of_the_clock(value) for name, value in values.items()}))

    def many(self, key: str) -> tuple[str, ...]:
        """Return the sentences of a key that holds a list, in order. Raises KeyError where there is no such list."""
        return self._lists[key]

    def listed(self, items: Sequence[str]) -> str:
        """Join items as in a sentence: a, b and c."""
        if len(items) < 2:
            return "".join(items)
        joined = items[0]
        for item in items[1:-1]:
            joined = self.say("lists.between", first=joined, next=item)
        return self.say("lists.last", first=joined, last=items[-1])

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset((*self._messages, *self._lists))

    @property
    def sentences(self) -> frozenset[str]:
        """The keys that hold one sentence each."""
        return frozenset(self._messages)

    def pattern(self, key: str) -> str:
        """Return a key's message as it is written. Raises KeyError where there is no such sentence."""
        return str(self._messages[key].pattern)

    def lacks(self, other: "Catalogue") -> list[str]:
        """Name the keys that another language has and this one has not, or not of the same kind; of lists, those of another length."""
        sentences = [key for key in other._messages if key not in self._messages]
        lists = [key for key, listed in other._lists.items() if len(self._lists.get(key, ())) != len(listed)]
        return sorted([*sentences, *lists])


def _of_the_clock(value: str | float | date) -> Any:
    """Turn a day into a moment of it here: ICU formats moments only, and on this machine's clock."""
    return datetime.combine(value, time(12)).astimezone() if isinstance(value, date) and not isinstance(value, datetime) else value


def load_words(folder: Path, language: str = "en") -> Catalogue:
    """Read a language's messages.

    Raises:
        KnowledgeError: a file is bad, or a message is not one; file and key are named.
    """
    messages: dict[str, MessageFormat] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        read = read_yaml(path)
        if not isinstance(read, dict):
            raise KnowledgeError.at(path, problem="expected keys with sentences")
        for key, value in _flat(path, path.stem, read):
            if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
                lists[key] = tuple(value)
            elif isinstance(value, str):
                messages[key] = _compiled(value, language, path, key)
            else:
                raise KnowledgeError.at(path, key, problem="expected a sentence or a list of sentences")
    return Catalogue(messages, lists)


def _flat(path: Path, prefix: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield prefix, value
        return
    for name, inner in value.items():
        if not isinstance(name, str):
            raise KnowledgeError.at(path, f"{prefix}.{name}", problem="a key that YAML takes for no text: put it in quotes")
        yield from _flat(path, f"{prefix}.{name}", inner)


def _compiled(text: str, language: str, path: Path, key: str) -> MessageFormat:
    try:
        return MessageFormat(text, language)
    except ValueError as error:
        raise KnowledgeError.at(path, key, problem=f"not a message: {error}") from error
