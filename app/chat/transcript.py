"""Chainlit's view of our audits: a thread is an audit, its messages are what its turns said. Nothing is written twice."""

from contextlib import suppress
from datetime import datetime
from typing import Any

import chainlit as cl
from chainlit.data.base import BaseDataLayer
from chainlit.element import Element, ElementDict
from chainlit.step import StepDict
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter

from app.access.asking import asking
from app.access.principal import Visitor
from app.chat.guard import is_uuid
from app.chat.identity import identifier_of, visitor_of_identifier
from app.chat.steps import steps_of, turn_of_message
from app.chat.wired import wired
from app.errors import AuditError
from app.storage.records import AuditRecord
from app.storage.thumbs import Thumb

PAGE = 30
"""Audits of a page in the sidebar."""


class AuditThreads(BaseDataLayer):  # type: ignore[misc]
    """Reads threads from our audits; what Chainlit would write of a message is saved with its turn already."""

    async def get_user(self, identifier: str) -> cl.PersistedUser | None:
        """Return whoever the signed cookie names: a visitor has no row of their own."""
        return cl.PersistedUser(id=identifier, identifier=identifier, createdAt="", display_name=wired().use.words.say("chat.you"))

    async def create_user(self, user: cl.User) -> cl.PersistedUser | None:
        """Know a visitor."""
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        """Name whose audit it is; nobody's where there is none, or no browser holds it."""
        owner = await wired().use.transcripts.owner_of(thread_id)
        return identifier_of(Visitor(id=owner)) if owner else ""

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """Return an audit with its messages, as its owner sees it; Chainlit checks that it is they who ask."""
        use = wired().use
        owner = await use.transcripts.owner_of(thread_id)
        if owner is None:
            return None
        visitor = Visitor(id=owner)
        transcript = await use.transcripts.of(visitor, thread_id)
        steps, elements = await steps_of(use, visitor, transcript)
        return _thread(transcript.audit, steps, elements)

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[ThreadDict]:
        """List a visitor's audits by their project's name, the latest first."""
        visitor = visitor_of_identifier(filters.userId or "")
        if visitor is None:
            return PaginatedResponse(data=[], pageInfo=PageInfo(hasNextPage=False, startCursor=None, endCursor=None))
        limit = min(pagination.first, PAGE)
        before = datetime.fromisoformat(pagination.cursor) if pagination.cursor else None
        records = await wired().use.transcripts.listed(visitor, limit + 1, before)
        shown = [record for record in records if _matches(record, filters.search)][:limit]
        ends = shown[-1].updated_at.isoformat() if shown else None
        page = PageInfo(hasNextPage=len(records) > limit, startCursor=pagination.cursor, endCursor=ends)
        return PaginatedResponse(data=[_thread(record) for record in shown], pageInfo=page)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Rename an audit. Chainlit also calls this with a chat's first words and at a session's end, which are none of our names."""
        if name is None or user_id is not None or metadata is not None:
            return
        owner = await wired().use.transcripts.owner_of(thread_id)
        if owner:
            await wired().use.transcripts.rename(Visitor(id=owner), thread_id, name)

    async def delete_thread(self, thread_id: str) -> None:
        """Erase an audit with all that belongs to it; Chainlit checks that it is its owner who asks."""
        owner = await wired().use.transcripts.owner_of(thread_id)
        if owner:
            await wired().use.transcripts.erase(Visitor(id=owner), thread_id)

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Keep a thumb beside its message; of another's message nothing is kept. Its id is its message's."""
        visitor = asking.get()
        mine = feedback.threadId and is_uuid(feedback.forId) and turn_of_message(feedback.threadId, feedback.forId)
        if visitor is not None and mine and feedback.threadId:
            with suppress(AuditError):
                thumb = Thumb(message_id=feedback.forId, value=feedback.value, comment=feedback.comment or "")
                await wired().use.transcripts.keep_thumb(visitor, feedback.threadId, thumb)
        return str(feedback.forId)

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Take a thumb of one's own back."""
        visitor = asking.get()
        return visitor is not None and await wired().use.transcripts.drop_thumb(visitor, feedback_id)

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """Return one of the report's files below a message."""
        thread = await self.get_thread(thread_id)
        elements = (thread.get("elements") or []) if thread else []
        return next((element for element in elements if element["id"] == element_id), None)

    async def create_step(self, step_dict: StepDict) -> None:
        """Write nothing: a message is saved with its turn."""

    async def update_step(self, step_dict: StepDict) -> None:
        """Write nothing, likewise."""

    async def delete_step(self, step_id: str) -> None:
        """Write nothing, likewise."""

    async def create_element(self, element: Element) -> None:
        """Write nothing: a report's files stand at their own addresses."""

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Write nothing, likewise."""

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """Return none: messages cannot be marked."""
        return []

    async def build_debug_url(self) -> str:
        """Return none."""
        return ""

    async def close(self) -> None:
        """Close nothing: the database belongs to the program."""


def _matches(record: AuditRecord, search: str | None) -> bool:
    return not search or search.lower() in record.title.lower()


def _thread(record: AuditRecord, steps: list[StepDict] | None = None, elements: list[ElementDict] | None = None) -> ThreadDict:
    identifier = identifier_of(Visitor(id=record.visitor or ""))
    return ThreadDict(
        id=record.id,
        createdAt=record.updated_at.isoformat(),
        name=record.title,
        userId=identifier,
        userIdentifier=identifier,
        tags=None,
        metadata={},
        steps=steps or [],
        elements=elements or [],
    )
