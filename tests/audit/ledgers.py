"""Small ledgers for the domain's tests."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.audit.ledger.evidence import Entry, Grade, Rating, rate
from app.audit.rubric import Rubric

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def entry(number: int, criterion: str, level: int | None = None, **fields: object) -> Entry:
    claimed = {} if level is None else {"grade": Grade.CLAIMED}
    given = {
        "standing": "unknown" if level is None else "rated",
        "quote": f"words about {criterion}",
        "read_by": "encoder",
        **claimed,
        **fields,
    }
    return Entry.model_validate(
        {"number": number, "turn": number, "at": NOON, "who": "respondent", "criterion": criterion, "level": level, **given}
    )


def ledger_of(levels: Mapping[str, int | None]) -> list[Entry]:
    return [entry(n, criterion, level) for n, (criterion, level) in enumerate(levels.items(), start=1)]


def ratings_of(rubric: Rubric, levels: Mapping[str, int | None]) -> dict[str, Rating]:
    return rate(ledger_of(levels), rubric)


def all_at(rubric: Rubric, level: int) -> dict[str, int | None]:
    return dict.fromkeys(rubric.criteria, level)
