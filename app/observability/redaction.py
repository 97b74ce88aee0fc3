"""Takes out of text what tells who somebody is or opens a door: addresses, numbers, keys, names. Pure, and best effort.

It knows forms, not meanings: it finds an e-mail address always, a name only where it is introduced or already known.
Whoever needs certainty leaves the content of traces off.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from ipaddress import ip_address
from itertools import pairwise
from typing import Any

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from app.observability import patterns as p

TAGS = ("email", "phone", "address", "key", "iban", "card", "ip", "url", "name")
_TAG = "|".join(rf"\[{tag}\]" for tag in TAGS)
SHORTEST_NAME = 3
Match = re.Match[str]


def redacted(text: str, names: Sequence[str] = ()) -> str:
    """Return the text with each private thing replaced by its tag, `[email]` or `[name]`.

    `names` are taken out wherever they stand as whole words, in any case of letters; so is a name that the text introduces.
    """
    return _without_names(_without_marks(text), (*names, *_introduced(text)))


def redact_value(value: Any, names: Sequence[str] = ()) -> Any:
    """Redact every text in a value made of dicts, lists and plain values; a name introduced in one text is taken out of all."""
    known = (*names, *names_in(value))
    return _each_text(value, lambda text: _without_names(_without_marks(text), known))


def names_in(value: Any) -> tuple[str, ...]:
    """Return the names that the texts in a value introduce, in order, each whole and in its parts."""
    return tuple(dict.fromkeys(name for text in _texts(value) for name in _introduced(text)))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case dict():
            return {_without_marks(k) if isinstance(k, str) else k: _each_text(inner, change) for k, inner in value.items()}
        case list() | tuple():
            return [_each_text(inner, change) for inner in value]
    return value


@lru_cache(maxsize=2_000)
def _without_marks(text: str) -> str:
    """Take out all but names; remembered, as one turn shows the same texts to many runs."""
    text = p.PRIVATE_KEY.sub("[key]", text)
    text = p.URL.sub("[url]", text)
    text = p.BEARER.sub(r"\1\2[key]", text)
    text = p.PASSWORD.sub(r"\1[key]", text)
    text = p.SECRET.sub(r"\1[key]", text)
    text = p.KEY.sub("[key]", text)
    text = p.RANDOM.sub(_random, text)
    text = p.EMAIL.sub("[email]", text)
    text = p.IBAN.sub(_iban, text)
    text = p.CARD.sub(_card, text)
    text = p.IP4.sub(_ip, text)
    text = p.IP6.sub(_ip, text)
    text = p.PHONE.sub(_phone, text)
    text = p.ADDRESS.sub("[address]", text)
    return p.AROUND_ADDRESS.sub("[address]", text)


def _random(match: Match) -> str:
    """A key changes between small letters, capitals and digits all the time; a path or an identifier does not."""
    text = match[0]
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "" for c in text]
    changes = sum(a != b for a, b in pairwise(kinds))
    return "[key]" if {"d", "u", "l"} <= set(kinds) and changes > 0.4 * len(text) else text


def _iban(match: Match) -> str:
    """An IBAN's check digits hold, whatever country it names; words behind it may have been caught along, so ends are tried."""
    text = match[0]
    for end in [len(text), *(i for i in range(len(text) - 1, 0, -1) if text[i] == " ")]:
        plain = text[:end].replace(" ", "")
        if len(plain) >= 15 and mod_97_10.is_valid(plain[4:] + plain[:4]):
            return "[iban]" + text[end:]
    return text


def _card(match: Match) -> str:
    """Card numbers end in Luhn's check digit."""
    digits = "".join(c for c in match[0] if c.isdigit())
    return "[card]" if len(set(digits)) > 1 and luhn.is_valid(digits) else match[0]


def _ip(match: Match) -> str:
    try:
        ip_address(match[0])
    except ValueError:
        return match[0]
    return "[ip]" if len(match[0]) > 5 else match[0]


def _phone(match: Match) -> str:
    return match["keep"] or (match["lead"] or "") + "[phone]"


@lru_cache(maxsize=2_000)
def _introduced(text: str) -> tuple[str, ...]:
    """Return the names that a text introduces, whole and in their parts."""
    names = [match[0].rstrip(" .") for match in p.COMPANY.finditer(text)]
    for form in p.INTRODUCED:
        for match in form.finditer(text):
            parts = match[1].split()
            names += [match[1], *(part for part in parts if len(parts) > 1 and part[0].isupper())]
    return tuple(dict.fromkeys(names))


def _without_names(text: str, names: tuple[str, ...]) -> str:
    pattern = _name_pattern(names)
    return pattern.sub(lambda match: match[0] if match["tag"] else "[name]", text) if pattern else text


@lru_cache(maxsize=200)
def _name_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Match any of the names as a whole word, the longest first; a tag that stands already is matched apart and kept."""
    long_enough = sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST_NAME}, key=lambda name: (-len(name), name))
    if not long_enough:
        return None
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in long_enough)
    return re.compile(rf"(?P<tag>{_TAG})|(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
