"""How an audit begins in the chat: by a starter, by the first words, or from an earlier audit of the same project."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import chainlit as cl
from chainlit.input_widget import TextInput

from app.chat.wired import services
from app.interview.events import Depth, Event, Message, handed_to

STARTERS: dict[str, Depth] = {
    "Start the full audit (about fifteen minutes)": "full",
    "Start with the quick check (about five minutes)": "quick",
}
AGAIN = "See what has changed since my last audit"
WHO = "who"
"""The setting that says who answers."""


def visitor_id(user: cl.User | None) -> str | None:
    """Return whose browser this is."""
    return user.identifier.removeprefix("anon:") if user else None


async def starters_for(visitor: str | None) -> list[cl.Starter]:
    """Offer the two depths; who has finished an audit may begin from that one. Whatever else is typed first is taken as the opening."""
    texts = list(STARTERS)
    if visitor and await services().audits.latest_finished_of(visitor):
        texts.insert(0, AGAIN)
    return [cl.Starter(label=text.partition(" (")[0], message=text) for text in texts]


async def offer_names(who: str = "") -> None:
    """Put the setting for who answers beside the text field."""
    asks = TextInput(
        id=WHO,
        label="Who answers?",
        initial=who,
        placeholder="Name and role, for example: Ana Ruiz, InfoSec",
        description="Where several people answer, the report says who said what. Leave it empty if it is only you.",
    )
    await cl.ChatSettings([asks]).send()


async def happening(audit_id: str, sent: Message) -> AsyncGenerator[Sequence[Event]]:
    """Yield the events of each step of a turn; the first words of an audit begin it."""
    conversation = services().conversation
    if await services().audits.by_id(audit_id) is None:
        begun, greeting = await _begin(audit_id, sent.text), sent.text in STARTERS or sent.text == AGAIN
        if who := cl.user_session.get(WHO):
            handed = await conversation.reply(audit_id, handed_to(who))
            begun = [*begun[:1], *handed]
        yield begun if greeting else begun[:1]
        if greeting:
            return
    async with aclosing(conversation.stream(audit_id, sent)) as steps:
        async for events in steps:
            yield events


async def _begin(audit_id: str, text: str) -> list[Event]:
    visitor = visitor_id(cl.user_session.get("user"))
    last = await services().audits.latest_finished_of(visitor) if visitor and text == AGAIN else None
    follows = await services().snapshot(last.id) if last else None
    return await services().conversation.start(audit_id, STARTERS.get(text, "full"), visitor, follows=follows)
