"""Numbers as people write them: words up to a hundred, and figures in digits that can be read in one way only."""

import re

NUMBER_WORDS = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
} | {
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "hundred": 100,
}
WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
"""Longest first, so that sixty is not read as six."""
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:['’]\d{3})+|(?: \d{3})+)(?:\.\d{1,2})?")
_PLAIN = re.compile(r"\d+(?:\.\d{1,2})?")
_PARTS = re.compile(rf"\b(\d[\d.]*|{WORD})\b ?%?(?: ?(?:to|-|–) ?(\d[\d.]*|{WORD})\b)?", re.IGNORECASE)


def figure(text: str) -> float | None:
    """Read one figure in digits or as a word; None where it could be read in two ways, as in "1.200"."""
    cleaned = text.strip().lower()
    if cleaned in NUMBER_WORDS:
        return float(NUMBER_WORDS[cleaned])
    if _GROUPED.fullmatch(cleaned):
        return float(re.sub(r"[,'’ ]", "", cleaned))
    return float(cleaned) if _PLAIN.fullmatch(cleaned) else None


def low_high(text: str) -> tuple[float, float] | None:
    """Read the first figure or range of a sourced figure: "four to six months" is (4, 6), "38%" is (38, 38)."""
    match = _PARTS.search(text)
    if match is None:
        return None
    low = figure(match[1])
    high = figure(match[2]) if match[2] else low
    return None if low is None or high is None or low > high else (low, high)
