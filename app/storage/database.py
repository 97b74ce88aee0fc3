"""The database: one engine by one URL, SQLite or PostgreSQL, for all stores of this package."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.storage.errors import StorageError
from app.storage.urls import connect_args, file_of, named, reached, without_driver

CONNECTIONS = 10
"""Connections that a process holds at most; whoever comes later waits for one."""
READS = {"isolation_level": "AUTOCOMMIT"}
"""A read is one statement: it needs no transaction around it."""


class Database:
    """SQLite (write-ahead log, foreign keys) or PostgreSQL (checked before use, behind a session pooler too)."""

    def __init__(self, url: str) -> None:
        """Take where it is; nothing is opened before it is needed.

        Raises:
            StorageError: the URL is none, or its driver is not installed.
        """
        at = reached(url)
        self.name = named(at)
        self.is_sqlite = file_of(at) is not None
        try:
            self.engine: AsyncEngine = create_async_engine(
                at,
                connect_args=connect_args(at),
                pool_size=CONNECTIONS,
                max_overflow=0,
                pool_pre_ping=not self.is_sqlite,
                hide_parameters=True,  # an error's text may go into a log, and what people say must not
            )
        except ImportError as error:
            raise without_driver(at, error) from error
        self._one_writer = asyncio.Lock()
        if self.is_sqlite:
            prepare_sqlite(self.engine)

    async def close(self) -> None:
        """Close the connections."""
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Hand out a connection for one statement that changes nothing.

        Raises:
            StorageError: the database does not answer.
        """
        try:
            async with self.engine.connect() as connection:
                yield connection if self.is_sqlite else await connection.execution_options(**READS)
        except (SQLAlchemyError, OSError, UnicodeError) as error:
            raise self._failed(error) from None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Hand out a connection in a transaction: all of it is saved, or, where anything is raised, nothing.

        SQLite lets one write at a time. In this process they queue here, in the order they came; other processes are waited for
        by SQLite itself, from the transaction's beginning, so that no two wait for each other.

        Raises:
            StorageError: the database does not answer, or refuses what is written.
        """
        try:
            async with AsyncExitStack() as stack:
                if self.is_sqlite:
                    await stack.enter_async_context(self._one_writer)
                connection = await stack.enter_async_context(self.engine.connect())
                await connection.execution_options(**{WRITES: True})
                await stack.enter_async_context(connection.begin())
                yield connection
        except (SQLAlchemyError, OSError, UnicodeError) as error:
            raise self._failed(error) from None

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Begin an INSERT that can say what happens on a conflict; both databases have the same words for it."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def _failed(self, error: Exception) -> StorageError:
        """Say what is wrong in the driver's first line alone: below it PostgreSQL shows the row, and in it what people said."""
        told = str(getattr(error, "orig", None) or error)
        return StorageError(f"{self.name}: {told.partition(chr(10))[0]}")


WRITES = "fivegap_writes"


def prepare_sqlite(engine: AsyncEngine) -> None:
    """Have SQLite keep foreign keys, and begin transactions where we say so and not where its driver thinks."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
