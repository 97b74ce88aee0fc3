"""Sums of money as people write them; what can be read in two ways is not read at all."""

import re

from pydantic import Field

from app.audit.model import Value
from app.audit.numbers import WORD, figure

_CURRENCIES = {
    "EUR": r"€|EUR|euros?",
    "USD": r"US\$|\$|USD|(?:US )?dollars?",
    "GBP": r"£|GBP|pounds?(?: sterling)?",
    "CHF": r"CHF|(?:Swiss )?francs?",
    "CAD": r"C\$|CA\$|CAD|Canadian dollars?",
    "AUD": r"A\$|AU\$|AUD|Australian dollars?",
}
_ANY = "|".join(f"(?P<{{side}}{code}>{words})" for code, words in _CURRENCIES.items())
_TIMES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}
_MONEY = re.compile(
    r"(?:(?:about|around|roughly|approximately|nearly|almost|some|circa|ca\.?|~)\s*)?"
    rf"(?:(?:{_ANY.format(side='before_')})\s?)?"
    rf"(?P<figure>\d[\d.,'’]*(?: \d{{3}})*|{WORD}|a|half a)"
    r"\s?(?P<times>k|thousand|mn|m|million)?"
    rf"(?:\s?(?:{_ANY.format(side='after_')}))?"
    # A rate over time is another thing than a sum, so "a month" and the like are no tail.
    r"(?:\s(?:so far|in total|to date|all in|altogether|each|(?:per|an?|for each|for every)\s(?!hour|day|week|month|quarter|year)[a-z-]+))?"
    r"[.!]?",
    re.IGNORECASE,
)


class Money(Value):
    """A sum in one currency, named by its ISO code."""

    currency: str
    amount: float = Field(ge=0)


class MoneyRange(Value):
    """A low and a high sum in one currency."""

    currency: str
    low: float
    high: float

    def times(self, low: float, high: float) -> "MoneyRange":
        """Multiply the low end with `low` and the high end with `high`."""
        return MoneyRange(currency=self.currency, low=self.low * low, high=self.high * high)


def parse_money(text: str | None) -> Money | None:
    """Read a text that is one sum of money; None where it is none, several, a rate over time, or unclear."""
    match = _MONEY.fullmatch(" ".join((text or "").split()))
    if match is None:
        return None
    # The two sides may name the same currency twice, as in "$12 US dollars", but never two.
    named = {code for code in _CURRENCIES for side in ("before_", "after_") if match[f"{side}{code}"]}
    amount = _amount(match["figure"].lower(), (match["times"] or "").lower())
    return Money(currency=named.pop(), amount=amount) if len(named) == 1 and amount is not None else None


def _amount(words: str, times: str) -> float | None:
    if words in ("a", "half a"):
        return (1.0 if words == "a" else 0.5) * _TIMES[times] if times in ("thousand", "million") else None
    number = figure(words.rstrip("."))
    return None if number is None else number * _TIMES[times]
