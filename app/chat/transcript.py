"""The transcript of the chat in our database: Chainlit's SQLAlchemy layer, made right for SQLite."""

import asyncio
import json
from pathlib import Path
from typing import Any

from chainlit.data.sql_alchemy import SQLAlchemyDataLayer
from chainlit.element import Element
from chainlit.types import ThreadDict

_JSON_COLUMNS = ("metadata", "tags", "props", "generation", "modes")


def _parsed(row: Any) -> None:
    for column in _JSON_COLUMNS:
        if isinstance(row.get(column), str):
            try:
                row[column] = json.loads(row[column])
            except ValueError:
                continue


class Transcript(SQLAlchemyDataLayer):  # type: ignore[misc]
    """Writes in order, keeps JSON columns as JSON, and stores elements that live at one of our own addresses."""

    def __init__(self, database: Path) -> None:
        super().__init__(conninfo=f"sqlite+aiosqlite:///{database}")
        self._in_order = asyncio.Lock()

    async def execute_sql(self, query: str, parameters: dict[str, Any]) -> Any:
        """Run one statement at a time: Chainlit does not wait for its own writes, and they must not overtake each other."""
        plain = {k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in (parameters or {}).items()}
        async with self._in_order:
            return await super().execute_sql(query, plain)

    async def get_all_user_threads(self, user_id: str | None = None, thread_id: str | None = None) -> list[ThreadDict] | None:
        """Load threads with their JSON columns as values."""
        threads = await super().get_all_user_threads(user_id, thread_id)
        for thread in threads or []:
            _parsed(thread)
            for row in (*(thread.get("steps") or []), *(thread.get("elements") or [])):
                _parsed(row)
        return threads  # type: ignore[no-any-return]

    async def notes(self, thread_id: str, step_id: str) -> list[dict[str, Any]]:
        """Load what is noted with a message of a chat, or with the messages of a turn: a thumb may be given to either."""
        rows = await self.execute_sql(
            """SELECT "metadata" FROM steps WHERE "threadId" = :thread AND "type" = 'assistant_message' AND :step IN ("id", "parentId")""",
            {"thread": thread_id, "step": step_id},
        )
        for row in rows or []:
            _parsed(row)
        return [row["metadata"] for row in rows or [] if isinstance(row["metadata"], dict)]

    async def create_element(self, element: Element) -> None:
        """Store an element that has an address; its bytes stay where they are."""
        if not element.url:
            return
        columns = ("id", "threadId", "type", "url", "name", "display", "forId", "mime")
        values = element.to_dict()
        names = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join(f":{c.lower()}" for c in columns)
        await self.execute_sql(
            f"INSERT INTO elements ({names}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING",  # noqa: S608 - constants
            {c.lower(): values.get(c) for c in columns},
        )
