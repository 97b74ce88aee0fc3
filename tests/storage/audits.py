"""What tests save."""

from datetime import UTC, datetime, timedelta

from app.storage.records import SavedTurn, Standing

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def standing(phase: str = "open", turns: int = 1, title: str = "Claims assistant") -> Standing:
    return Standing(title=title, depth="full", phase=phase, turns=turns, schema_version=1)


def turn(number: int = 0, *, minutes: float = 0, said: str | None = None) -> SavedTurn:
    return SavedTurn(turn=number, at=NOON + timedelta(minutes=minutes), who="respondent", said=said, events="[]")
