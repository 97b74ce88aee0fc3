"""What one turn has shown so far, so that it can be taken back where the turn is run again or fails."""

from collections.abc import Sequence

import chainlit as cl
from chainlit.element import Element

from app.audit.words import Words
from app.chat.cards import Attachment, Card, cards
from app.chat.growing import GrowingMessage
from app.chat.steps import message_id
from app.interview.events import Event, Finished, Piece, TurnBegan

BUTTONS = "buttons"
"""Where a session keeps the buttons of the open question."""
ASKED = "asked"
"""Where a session keeps which question it showed last."""
TURNS = "turns"
"""Where a session keeps which turn a message belongs to: a thumb may be given to all that was shown in answer to one message."""


class ShownTurn:
    """The messages of one turn."""

    def __init__(self, audit_id: str, words: Words) -> None:
        self._audit_id = audit_id
        self._words = words
        self._growing = GrowingMessage()
        self._messages: list[cl.Message] = []
        self._began, self._number, self._position = False, 1, 0
        self.finished = False

    async def show(self, events: Sequence[Event]) -> None:
        """Show what one step brought: a piece as it is spoken, everything else as cards."""
        for event in events:
            match event:
                case TurnBegan():
                    await self._begin(event.number)
                case Piece():
                    await self._growing.say(event.text, self._next_id)
                case Finished():
                    self.finished = True
                case _:
                    continue
        for card in cards(self._audit_id, events, self._words):
            await self.put(card)

    async def _begin(self, number: int) -> None:
        """Note that a turn begins; where it was begun before, what was shown of it does not hold."""
        if self._began:
            await self.take_back()
        self._began, self._number, self._position = True, number, 0
        self._messages.clear()

    async def put(self, card: Card) -> None:
        """Show one card."""
        if self._growing.growing and card.completes:
            message = await self._growing.complete(card)
        else:
            elements = list(map(_element, card.attachments))
            message = await cl.Message(id=self._next_id(), content=card.text, actions=card.actions, elements=elements).send()
        if message is not None:
            self._messages.append(message)
            self._note(message)
        if card.asks:
            cl.user_session.set(BUTTONS, card.actions)
            cl.user_session.set(ASKED, card.asks)

    async def take_back(self) -> None:
        """Remove everything that was shown of this turn: it does not hold."""
        self.finished = False
        await self._growing.take_back()
        for message in self._messages:
            await message.remove()
        self._messages.clear()

    def _next_id(self) -> str:
        """Return the id that the transcript gives to the next message."""
        self._position += 1
        return message_id(self._audit_id, self._number, self._position - 1)

    def _note(self, message: cl.Message) -> None:
        """Note which turn a message belongs to; a thumb may be given to it, or to all that was shown in answer to one message."""
        turns: dict[str, int] = cl.user_session.get(TURNS) or {}
        turns |= {shown: self._number for shown in (message.id, message.parent_id) if shown}
        cl.user_session.set(TURNS, turns)


def _element(shown: Attachment) -> Element:
    if shown.kind == "image":
        return cl.Image(name=shown.name, url=shown.url, mime=shown.mime, display="inline", size="large")
    return cl.File(name=shown.name, url=shown.url, mime=shown.mime, display="inline")


async def take_buttons_away() -> None:
    """Remove the buttons of the question that has just been answered."""
    for button in cl.user_session.get(BUTTONS) or []:
        await button.remove()
    cl.user_session.set(BUTTONS, None)
