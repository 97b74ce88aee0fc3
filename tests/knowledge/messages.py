"""Which values a message takes, by a parser of ICU's MessageFormat."""

from collections.abc import Iterable, Mapping
from typing import Any

from pyicumessageformat import Parser  # type: ignore[import-untyped]

from app.knowledge.words import Catalogue

_PARSER = Parser({"allow_tags": False, "require_other": True})


def values_of(pattern: str) -> frozenset[str]:
    """Return the names of the values that a message takes, in all its branches."""
    return frozenset(_named(_PARSER.parse(pattern)))


def _named(parts: Iterable[str | Mapping[str, Any]]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, str):
            continue
        if "name" in part:
            yield str(part["name"])
        for branch in part.get("options", {}).values():
            yield from _named(branch)


def differences(one: Catalogue, other: Catalogue) -> list[str]:
    """Name what two languages do not have in common: keys, lengths of lists, and the values that a message takes."""
    lacking = [*(f"the other lacks {key}" for key in other.lacks(one)), *(f"the one lacks {key}" for key in one.lacks(other))]
    both = one.sentences & other.sentences
    unlike = [f"{key} takes other values" for key in sorted(both) if values_of(one.pattern(key)) != values_of(other.pattern(key))]
    return [*lacking, *unlike]
