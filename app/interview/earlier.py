"""What earlier releases saved, brought into today's shape."""

from collections.abc import Callable, Sequence
from typing import Any

from app.audit.ledger.evidence import Entry, Grade

_OF_ONE_TURN = ("incoming", "assessment", "route", "events")
"""What lives for one turn was saved once."""
_WITHOUT_CRITERION = ("opening", "summary", "restart", "cover")
_WITH_GAP = ("summary",)


def is_earlier(saved: dict[str, Any]) -> bool:
    """Say whether the release without a schema version saved this: it kept the route of the last turn."""
    return "route" in saved


def upgraded(saved: dict[str, Any]) -> dict[str, Any]:
    """Return what that release saved as today's fields."""
    state = {name: value for name, value in saved.items() if name not in _OF_ONE_TURN}
    if not state.get("speaker"):
        state.pop("speaker", None)
    if pending := state.get("pending"):
        state["pending"] = _question(pending)
    state["asked"] = {about: {k: v for k, v in asks.items() if k != "question"} for about, asks in state.get("asked", {}).items()}
    state["clashes"] = [clash | {"finding": _finding(clash["finding"])} for clash in state.get("clashes", [])]
    return state


def _question(asked: dict[str, Any]) -> dict[str, Any]:
    """Keep of a question what its kind has."""
    drop = {"gap", "boundary"} - ({"gap"} if asked["asks"] in _WITH_GAP else set()) - ({"boundary"} if asked["asks"] == "probe" else set())
    drop |= {"criterion"} if asked["asks"] in _WITHOUT_CRITERION else set()
    return {name: value for name, value in asked.items() if name not in drop}


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    """Leave out why a reading was bounded: it was kept in words, and is a key now."""
    return {name: value for name, value in finding.items() if name != "note"}


def graded_entries(ledger: Sequence[Entry], graded: Callable[[str], Grade]) -> tuple[Entry, ...]:
    """Grade the entries that have no grade and claim something; what was tapped is a mere claim."""
    return tuple(
        entry.model_copy(update={"grade": Grade.CLAIMED if entry.read_by == "tap" else graded(entry.quote)})
        if entry.grade is None and entry.standing in ("rated", "bare")
        else entry
        for entry in ledger
    )
