"""A text → its sentences as verbatim spans, so that every quote can be found again where it was said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

LONGEST_CHARACTERS = 600
_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[-*•\u2013]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class SentenceSpan:
    """One sentence: `source[start:end] == text`, in characters, with no space at either end."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[SentenceSpan]:
    """Return the sentences in order; every character that is not white space or a bullet is in one.

    A run without punctuation is cut between words, so that no sentence passes 600 characters.
    """
    found: list[SentenceSpan] = []
    for line in _LINE.finditer(text):
        bullet = _BULLET.match(line.group())
        offset = line.start() + (bullet.end() if bullet else 0)
        body = text[offset : line.end()]
        for boundary in get_sentence_boundaries("en", body):
            start = offset + int(boundary["start_index"])
            end = offset + int(boundary["end_index"])
            found.extend(_short(text, start, end))
    return found


def _short(text: str, start: int, end: int) -> Iterator[SentenceSpan]:
    """Cut one sentence into spans of at most 600 characters, between words where there are any."""
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return
        if end - start <= LONGEST_CHARACTERS:
            yield SentenceSpan(start, end, text[start:end])
            return
        cut = text.rfind(" ", start + 1, start + LONGEST_CHARACTERS)
        cut = cut if cut > 0 else start + LONGEST_CHARACTERS
        piece = text[start:cut].rstrip()
        yield SentenceSpan(start, start + len(piece), piece)
        start = cut
