"""The day by which a project wants to be live, read from words where that is plain, and how far it would slip."""

import re
from calendar import monthrange
from datetime import date

# Not the calendar's own names, which follow the machine's locale.
_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_MONTH = "|".join(_MONTHS)
_ISO = re.compile(r"(20\d{2})-(\d{2})(?:-(\d{2}))?")
_MONTH_YEAR = re.compile(rf"(?:(?:the )?end of )?({_MONTH}),? (\d{{4}})", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}),? (\d{{4}})", re.IGNORECASE)
_DAY_SECOND = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:(?:the )?end of )?q([1-4])[ /-]?(20\d{2})", re.IGNORECASE)


def target_day(text: str | None) -> date | None:
    """Return the last day that the words allow, or None where they do not name a month or quarter with its year."""
    words = " ".join((text or "").split()).rstrip(".")
    if iso := _ISO.fullmatch(words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None)
    if found := _MONTH_YEAR.fullmatch(words):
        return _day(int(found[2]), _MONTHS[found[1].lower()], None)
    if found := _DAY_FIRST.fullmatch(words):
        return _day(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if found := _DAY_SECOND.fullmatch(words):
        return _day(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if found := _QUARTER.fullmatch(words):
        return _day(int(found[2]), int(found[1]) * 3, None)
    return None


def _day(year: int, month: int, day: int | None) -> date | None:
    """Return the day, the month's last one where none is given, or None where there is no such day."""
    try:
        return date(year, month, monthrange(year, month)[1] if day is None else day)
    except ValueError:
        return None


def later(day: date, months: float) -> date:
    """Return the day so many months later, halves to the nearest month; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + round(months), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
