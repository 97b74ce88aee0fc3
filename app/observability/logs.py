"""Logs that hold no word of a client: fields and places in the code, never an error's message, which may quote what was said."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Literal

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
"""What every record has; the rest came by `extra`."""


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN}


def _places(record: logging.LogRecord) -> list[str]:
    """Return where an error came about, innermost last, without its message."""
    if not record.exc_info or record.exc_info[0] is None:
        return []
    frames = traceback.extract_tb(record.exc_info[2])
    return [record.exc_info[0].__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:])]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        error = _places(record)
        return json.dumps(line | _fields(record) | ({"error": error} if error else {}), default=str)


class PlainLines(logging.Formatter):
    """The same to be read by people."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        error = "".join(f"\n    {place}" for place in _places(record))
        return f"{record.levelname.lower():8}{record.name}: {record.getMessage()} {fields}".rstrip() + error


def set_up_logs(level: str, form: Literal["text", "json"]) -> None:
    """Send the program's own log to the standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    own = logging.getLogger("app")
    own.handlers[:] = [handler]
    own.setLevel(level.upper())
    own.propagate = False
