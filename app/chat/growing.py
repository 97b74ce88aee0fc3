"""A message that is shown while it is being worded."""

from collections.abc import Callable

import chainlit as cl

from app.chat.cards import Card


class GrowingMessage:
    """At most one message at a time that grows sentence by sentence."""

    def __init__(self) -> None:
        self._message: cl.Message | None = None

    @property
    def growing(self) -> bool:
        """Whether there is one."""
        return self._message is not None

    async def say(self, sentence: str, new_id: Callable[[], str]) -> None:
        """Show one more sentence; `new_id` gives the id of a message that begins with it."""
        self._message = self._message or cl.Message(id=new_id(), content="")
        await self._message.stream_token(f"{sentence} ")

    async def complete(self, card: Card) -> cl.Message | None:
        """Put the whole card where its pieces were shown, and return it."""
        message, self._message = self._message, None
        if message is not None:
            message.content = card.text
            message.actions = card.actions
            await message.send()
        return message

    async def take_back(self) -> None:
        """Remove what was begun and will not be completed."""
        message, self._message = self._message, None
        if message is not None:
            await message.remove()
