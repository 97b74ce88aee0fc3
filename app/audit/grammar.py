"""How words, names, numbers and days are put into a sentence."""

from collections.abc import Sequence
from datetime import date


def written(day: date) -> str:
    """Write a day out: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def count(number: float, one: str, many: str | None = None) -> str:
    """Write a number with its noun in the right number: 1 point, 2 points."""
    return f"{number:g} {one if number == 1 else many or f'{one}s'}"


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """End a sentence, unless it has an end."""
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def within(name: str) -> str:
    """Write a name inside a sentence: small first letter, unless it is an abbreviation or a name like AgentOps."""
    first = name.split(" ", 1)[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[:1].lower() + name[1:]


def listed(parts: Sequence[str]) -> str:
    """Join the parts of a list in a sentence: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
