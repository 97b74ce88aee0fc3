"""The database: one engine by one URL, SQLite or PostgreSQL, for all stores of this package; nothing of it runs on the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from app.errors import StorageError
from app.storage.urls import connect_args, file_of, named, reached, without_driver

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What is done with a connection, in a thread of the database's own."""
CONNECTIONS = 10
"""Connections, and threads, that a process holds at most; whoever comes later waits for one."""
_WRITES = "fivegap_writes"


class Database:
    """SQLite (write-ahead log, foreign keys) or PostgreSQL (checked before use, behind a session pooler too).

    A whole piece of work goes to a thread at once: one switch a transaction. SQLite lets one write at a time; those of this process
    queue for one thread, in the order they came, and other processes are waited for by SQLite itself.
    """

    def __init__(self, url: str) -> None:
        """Take where it is; nothing is opened before it is needed.

        Raises:
            StorageError: the URL is none, or its driver is not installed.
        """
        at = reached(url)
        self.name = named(at)
        self.is_sqlite = file_of(at) is not None
        try:
            self.engine = create_engine(
                at,
                connect_args=connect_args(at),
                pool_size=CONNECTIONS,
                max_overflow=0,
                pool_pre_ping=not self.is_sqlite,
                hide_parameters=True,  # an error's text may go into a log, and what people say must not
            )
        except ImportError as error:
            raise without_driver(at, error) from error
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._reads = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._threads = ThreadPoolExecutor(CONNECTIONS - 1, "store")
        self._writer = ThreadPoolExecutor(1, "store-writer") if self.is_sqlite else self._threads

    async def close(self) -> None:
        """Finish what is under way and close the connections."""
        for threads in (self._writer, self._threads):
            await asyncio.to_thread(threads.shutdown)
        self.engine.dispose()

    async def read(self, work: Work[T]) -> T:
        """Run one statement that changes nothing; it needs no transaction around it.

        Raises:
            StorageError: the database does not answer.
        """

        def run() -> T:
            with self._reads.connect() as connection:
                return work(connection)

        return await self._done(self._threads, run)

    async def write(self, work: Work[T]) -> T:
        """Run statements in a transaction: all of it is saved, or, where anything is raised, nothing.

        SQLite's transaction takes the right to write at its beginning, so that no two processes wait for each other.

        Raises:
            StorageError: the database does not answer, or refuses what is written.
        """

        def run() -> T:
            with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
                return work(connection)

        return await self._done(self._writer, run)

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Begin an INSERT that can say what happens on a conflict; both databases have the same words for it."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def _done(self, threads: Executor, run: Callable[[], T]) -> T:
        """Wait for a piece of work. Of a failure only the driver's first line is told: below it PostgreSQL shows what people said."""
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, run)
        except (SQLAlchemyError, OSError, UnicodeError) as error:
            told = str(getattr(error, "orig", None) or error)
            raise StorageError(f"{self.name}: {told.partition(chr(10))[0]}") from None


def _prepare_sqlite(engine: Engine) -> None:
    """Have SQLite keep foreign keys, and begin transactions where we say so and not where its driver thinks."""

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
