"""Which databases can be used, and how each is reached."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import StorageError

BUSY_SECONDS = 15.0
"""How long a process waits for another one that writes to the same SQLite file."""
_DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg", "postgres": "psycopg"}


def reached(url: str) -> URL:
    """Read a database's URL and name its driver: `sqlite:///var/fivegap.db`, `postgresql://user:password@host/name`.

    Raises:
        StorageError: it is no such URL, or another database or driver.
    """
    try:
        read = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(
            "the database's address cannot be read: use sqlite:///<file> or postgresql+psycopg://<user>@<host>/<name>"
        ) from error
    name, _, driver = read.drivername.partition("+")
    known = _DRIVERS.get(name)
    if known is None or driver not in ("", known):
        raise StorageError(f"{read.drivername} is not supported: use sqlite:///<file> or postgresql+psycopg://<user>@<host>/<name>")
    if name == "sqlite" and not (read.database and read.database != ":memory:"):
        raise StorageError("the database has to be a file: several connections share it")
    return read.set(drivername=f"{'sqlite' if name == 'sqlite' else 'postgresql'}+{known}")


def named(url: URL) -> str:
    """Name a database to people: without its password."""
    return url.database or "" if file_of(url) else url.render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """Return SQLite's file; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def connect_args(url: URL) -> dict[str, object]:
    """Return what a connection is made with.

    PostgreSQL is asked to prepare nothing: behind a pooler the next statement may come to another server process.
    """
    return {"timeout": BUSY_SECONDS} if file_of(url) else {"prepare_threshold": None}


def without_driver(url: URL, error: ImportError) -> StorageError:
    """Say what to install for a database whose driver is not there."""
    return StorageError(
        f"{named(url)} needs {error.name or url.get_driver_name()}, which is not installed: pip install 'fivegap[postgres]'"
    )
