"""How an audit begins in the chat: by a starter, by the first words, or from an earlier audit of the same project."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import chainlit as cl
from chainlit.input_widget import TextInput

from app.access.principal import Visitor
from app.audit.words import Words
from app.chat.shown import ASKED
from app.chat.wired import wired
from app.errors import NoSuchAuditError
from app.interview.events import Depth, Event
from app.interview.messages import Message, Typed
from app.use.interviews import Beginning

WHO = "who"
"""The setting that says who answers."""
_STARTERS: tuple[tuple[str, Depth], ...] = (("chat.start_full", "full"), ("chat.start_quick", "quick"))
_AGAIN = "chat.start_again"


async def starters_for(visitor: Visitor | None) -> list[cl.Starter]:
    """Offer the two depths; who has finished an audit may begin from that one. Whatever else is typed first is taken as the opening."""
    use = wired().use
    texts = [use.words.say(key) for key, _ in _STARTERS]
    if visitor and await use.interviews.last_finished_by(visitor):
        texts.insert(0, use.words.say(_AGAIN))
    return [cl.Starter(label=text.partition(" (")[0], message=text) for text in texts]


async def offer_names(who: str = "") -> None:
    """Put the setting for who answers beside the text field."""
    words = wired().use.words
    asks = TextInput(
        id=WHO,
        label=words.say("chat.who.label"),
        initial=who,
        placeholder=words.say("chat.who.placeholder"),
        description=words.say("chat.who.description"),
    )
    await cl.ChatSettings([asks]).send()


async def happening(visitor: Visitor, audit_id: str, sent: Message) -> AsyncGenerator[Sequence[Event]]:
    """Yield the events of each step of a turn; the first words of an audit begin it, and are its first answer unless a starter."""
    interviews = wired().use.interviews
    how: Beginning | None = None
    answer: Message | None = sent
    if not await interviews.exists(audit_id):
        if cl.user_session.get(ASKED):  # it was there: nothing begins again under its name
            raise NoSuchAuditError(audit_id)
        starter = await _beginning(visitor, sent.text if isinstance(sent, Typed) else "")
        how, answer = starter or Beginning(who=cl.user_session.get(WHO) or ""), None if starter else sent
    async with aclosing(interviews.reply(visitor, audit_id, answer, how)) as steps:
        async for events in steps:
            yield events


async def _beginning(visitor: Visitor, text: str) -> Beginning | None:
    """Return how a starter begins an audit; None where the text is an answer already."""
    words, who = wired().use.words, cl.user_session.get(WHO) or ""
    if text == words.say(_AGAIN):
        return Beginning(who=who, follows=await wired().use.interviews.last_finished_by(visitor))
    depth = _depth_of(text, words)
    return Beginning(depth=depth, who=who) if depth else None


def _depth_of(text: str, words: Words) -> Depth | None:
    return next((depth for key, depth in _STARTERS if words.say(key) == text), None)
