"""Interviews as earlier releases saved them, in `interviews.db` beside the database: read once, when the database is brought up.

They were LangGraph's checkpoints: MessagePack with nothing but JSON values in it. Whatever else stands there is refused, not run.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias

import ormsgpack
from pydantic import JsonValue

from app.errors import StorageError

State: TypeAlias = dict[str, JsonValue]
SCHEMA_VERSION = 1
"""Of the states that are made here."""
_OF_ONE_TURN = ("incoming", "assessment", "route", "events")
_SPOKEN = ("rated", "bare")

# The rule by which releases up to this one graded words each time they read them. It is frozen here, for entries of their time.
_DOCUMENT = re.compile(
    r"https?://|\b(?:attached|screenshot|wiki|confluence|sharepoint|runbook|ticket|minutes|sign(?:ed)?[- ]off (?:letter|memo|document)"
    r"|report|[A-Z]{2,}-\d+|\w+\.(?:pdf|docx?|xlsx?|md))\b",
)
_DETAIL = re.compile(r"\d|\b[A-Z][a-z]+\b.*\b(?:[A-Z][a-z]+)\b", re.DOTALL)
_DETAILED_WORDS = 12


def beside(database: Path) -> Path:
    """Return where an earlier release saved its interviews."""
    return database.with_name("interviews.db")


def old_states(path: Path) -> Iterator[tuple[str, State]]:
    """Yield each audit's id and its last saved state; nothing where there is no such file.

    Raises:
        StorageError: the file cannot be read.
    """
    if not path.exists():
        return
    newest = "SELECT thread_id, checkpoint, max(checkpoint_id) FROM checkpoints WHERE checkpoint_ns = '' GROUP BY thread_id"
    try:
        with closing(sqlite3.connect(path)) as connection:
            for audit_id, packed, _ in connection.execute(newest):
                yield audit_id, ormsgpack.unpackb(packed)["channel_values"]
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"cannot read the interviews in {path}: {error}") from error


def set_aside(path: Path) -> None:
    """Rename the file once everything in it is carried over; a second call, or another process's, finds nothing to do."""
    with suppress(FileNotFoundError):
        if path.exists():
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")  # what its log still holds goes into the file
            path.chmod(0o600)
            path.replace(path.with_name(f"{path.name}.carried-over"))


def upgrade_state(old: Mapping[str, JsonValue]) -> State:
    """Turn a state of an earlier release into the first that has a schema version.

    What belonged to one turn goes. Entries get the grade that they were given whenever they were read. The open question goes
    too, in every audit: its form has changed, and the agenda asks again.
    """
    kept = {name: _graded(value) for name, value in old.items() if name not in _OF_ONE_TURN and value not in ("", None)}
    clashes = old.get("clashes")
    return kept | {
        "schema_version": SCHEMA_VERSION,
        "asked": {about: _without(asks, "question") for about, asks in _objects(old.get("asked")).items()},
        "clashes": [_clash(one) for one in clashes if isinstance(one, dict)] if isinstance(clashes, list) else [],
        "pending": None,
    }


def as_json(state: Mapping[str, JsonValue]) -> str:
    """Write a state down."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def _clash(clash: State) -> JsonValue:
    """Leave out why the reading of its finding was bounded: that was kept in words, and is a key now."""
    return clash | {name: _without(finding, "note") for name, finding in _objects(clash).items()}


def _objects(value: JsonValue) -> dict[str, State]:
    return {name: one for name, one in value.items() if isinstance(one, dict)} if isinstance(value, dict) else {}


def _without(value: State, name: str) -> State:
    return {one: inside for one, inside in value.items() if one != name}


def _graded(value: JsonValue) -> JsonValue:
    """Grade the entries in a value, wherever they are: in the ledger, and in the snapshot of an earlier audit."""
    if isinstance(value, list):
        return [_graded(one) for one in value]
    if not isinstance(value, dict):
        return value
    inside = {name: _graded(one) for name, one in value.items()}
    if "grade" in value or not value.keys() >= {"quote", "standing", "read_by"}:
        return inside
    spoken = value["standing"] in _SPOKEN and value["read_by"] != "tap"
    return inside | {"grade": _grade_of(str(value["quote"])) if spoken else None}


def _grade_of(quote: str) -> str:
    if _DOCUMENT.search(quote):
        return "evidenced"
    if _DETAIL.search(quote) or len(quote.split()) >= _DETAILED_WORDS:
        return "described"
    return "claimed"
