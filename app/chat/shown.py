"""What one turn has shown so far, so that it can be taken back where the turn is run again or fails."""

from collections.abc import Sequence

import chainlit as cl
from chainlit.element import Element

from app.audit.words import Words
from app.chat.cards import Attachment, Card, cards
from app.chat.growing import GrowingMessage
from app.interview.events import Event, Finished, Piece, TurnBegan

BUTTONS = "buttons"
"""Where a session keeps the buttons of the open question."""
TURNS = "turns"
"""Where a session keeps which turn a message belongs to: those that it showed have ids of their own until the page is loaded again."""


class ShownTurn:
    """The messages of one turn."""

    def __init__(self, audit_id: str, words: Words) -> None:
        self._audit_id = audit_id
        self._words = words
        self._growing = GrowingMessage()
        self._messages: list[cl.Message] = []
        self._number = 0
        self.finished = False

    async def show(self, events: Sequence[Event]) -> None:
        """Show what one step brought: a piece as it is spoken, everything else as cards."""
        for event in events:
            match event:
                case TurnBegan():
                    await self.take_back()
                    self._number = event.number
                case Piece():
                    await self._growing.say(event.text)
                case Finished():
                    self.finished = True
                case _:
                    continue
        for card in cards(self._audit_id, events, self._words):
            await self.put(card)

    async def put(self, card: Card) -> None:
        """Show one card."""
        if self._growing.growing and card.completes:
            message = await self._growing.complete(card)
        else:
            message = await cl.Message(content=card.text, actions=card.actions, elements=list(map(_element, card.attachments))).send()
        if message is not None:
            self._messages.append(message)
            self._note(message)
        if card.is_question:
            cl.user_session.set(BUTTONS, card.actions)

    async def take_back(self) -> None:
        """Remove everything that was shown of this turn: it does not hold."""
        self.finished = False
        await self._growing.take_back()
        for message in self._messages:
            await message.remove()
        self._messages.clear()

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
