"""Brings a database to the newest schema; safe when several processes start at once."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, NullPool, create_engine, func, inspect, select, table, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.errors import StorageError
from app.storage.old_interviews import beside, set_aside
from app.storage.urls import connect_args, file_of, named, reached, without_driver

HEAD = "0005"
"""The newest schema: a database that is there already is left in peace."""
WAIT_SECONDS = 120.0
"""How long a process waits for another one that brings the same database up."""
_PAUSE_SECONDS = (0.02, 0.1)
_LOCK = 5_403_171
"""PostgreSQL's name for the lock; any number that nobody else uses."""


def migrate(url: str) -> None:
    """Create or upgrade a database; SQLite's file is readable by its owner only. What an earlier release saved is carried over.

    Raises:
        StorageError: the database does not answer, is none, cannot be written, or was brought up by a later release.
    """
    at = reached(url)
    file = file_of(at)
    try:
        # SQLite's driver is told to begin no transactions of its own.
        options = {"isolation_level": "AUTOCOMMIT"} if file else {}
        engine = create_engine(at, poolclass=NullPool, hide_parameters=True, connect_args=connect_args(at), **options)
        if file:
            _make(file)
        if not _is_new(engine):
            _patiently(lambda: _upgrade_sqlite(engine, file) if file else _upgrade_postgres(engine))
        if file:
            set_aside(beside(file))
    except ImportError as error:
        raise without_driver(at, error) from error
    except (SQLAlchemyError, CommandError, OSError) as error:
        raise StorageError(f"cannot prepare {named(at)}: {error}") from error


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)


def _is_new(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(select(text("version_num")).select_from(table("alembic_version"))).scalar() == HEAD


def _patiently(attempt: Callable[[], bool]) -> None:
    """Try until it is done; False is that another process is at it."""
    ends = time.monotonic() + WAIT_SECONDS
    while not attempt():
        if time.monotonic() > ends:
            raise OSError(f"another process has been at it for {WAIT_SECONDS:.0f} s")
        time.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - so that they do not come all at once again


def _upgrade_sqlite(engine: Engine, file: Path) -> bool:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection, beside(file))
            connection.commit()
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        return False
    return True


def _upgrade_postgres(engine: Engine) -> bool:
    """Upgrade under a lock that is asked for and never waited for: a wait would stand in the way of an index that is built beside it."""
    with engine.connect() as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(_LOCK))):
            return False
        try:
            _upgrade(connection, None)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(select(func.pg_advisory_unlock(_LOCK)))
    return True


def _upgrade(connection: Connection, old_interviews: Path | None) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes.update(connection=connection, old_interviews=old_interviews)
    command.upgrade(config, HEAD)
