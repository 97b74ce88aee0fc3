"""Saved interviews: the last checkpoint of each audit, so that an audit's size does not grow with its turns."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from app.storage.errors import StorageError


class LatestCheckpoints(AsyncSqliteSaver):
    """Keeps one checkpoint an audit: the ledger in it holds the history, older checkpoints would only repeat it."""

    async def aput(
        self, config: RunnableConfig, checkpoint: Checkpoint, metadata: CheckpointMetadata, new_versions: ChannelVersions
    ) -> RunnableConfig:
        """Save a checkpoint and drop those before it."""
        saved = await super().aput(config, checkpoint, metadata, new_versions)
        thread, namespace = config["configurable"]["thread_id"], config["configurable"].get("checkpoint_ns", "")
        older = "WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?"
        async with self.lock:
            for table in ("checkpoints", "writes"):
                await self.conn.execute(f"DELETE FROM {table} {older}", (str(thread), namespace, checkpoint["id"]))  # noqa: S608 - constants
            await self.conn.commit()
        return saved


@asynccontextmanager
async def open_checkpoints(path: Path) -> AsyncIterator[LatestCheckpoints]:
    """Open the checkpoint database at `path`.

    Raises:
        StorageError: the file is not a database or cannot be written.
    """
    try:
        connection = await aiosqlite.connect(path)
        saver = LatestCheckpoints(connection)
        await saver.setup()
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"cannot open {path}: {error}") from error
    try:
        yield saver
    finally:
        await connection.close()
