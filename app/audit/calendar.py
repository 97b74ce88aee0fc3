"""How a day is written."""

from datetime import date


def written(day: date) -> str:
    """Write a day out: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"
