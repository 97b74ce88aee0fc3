"""What Chainlit calls: a message, a tap, a return. Each ends in one turn of the conversation."""

import asyncio
import logging
from contextlib import aclosing
from functools import cache
from typing import Any

import chainlit as cl
from chainlit.server import sio
from chainlit.session import ws_sessions_id
from chainlit.types import Feedback, ThreadDict
from pydantic import ValidationError

from app.access.cookie import visitor_of
from app.access.pace import Pace
from app.access.principal import Visitor
from app.audit.ledger.evidence import RESPONDENT
from app.chat.beginning import WHO, happening, offer_names, starters_for
from app.chat.cards import CHOOSE, MISREAD, question_actions
from app.chat.feedback import rate
from app.chat.guard import guarded
from app.chat.identity import current_visitor, identifier_of, visitor_of_user
from app.chat.report import report_card
from app.chat.shown import ASKED, BUTTONS, ShownTurn, take_buttons_away
from app.chat.transcript import AuditThreads
from app.chat.wired import wired
from app.errors import AuditError, BusyError, NoSuchAuditError
from app.interview.asked import Question
from app.interview.choices import ChangeChoice
from app.interview.messages import Message, Tap, Typed, handed_to
from app.use.transcripts import Opinion

log = logging.getLogger(__name__)

MOST, IN_SECONDS = 24, 12
"""Messages and taps of one visitor in any so many seconds."""
LONGEST_TYPED = 200_000
"""Characters that are looked at at all; what is longer than can be read is answered in words."""
RESUMED_SECONDS = 0.3

sio.on(
    "connect",
    guarded(sio.handlers["/"]["connect"], lambda: len(ws_sessions_id), wired().most_sockets, wired().public_url),
)


@cl.data_layer
def threads() -> AuditThreads:
    """Show our audits as Chainlit's threads."""
    return AuditThreads()


@cl.header_auth_callback
async def visitor(headers: Any) -> cl.User | None:
    """Know a visitor by the signed cookie; nobody logs in."""
    known = visitor_of(headers.get("cookie", ""), wired().secret)
    return cl.User(identifier=identifier_of(Visitor(id=known)), display_name=wired().use.words.say("chat.you")) if known else None


@cl.set_starters
async def starters(user: cl.User | None = None) -> list[cl.Starter]:
    """Offer the ways to begin."""
    return await starters_for(visitor_of_user(user))


@cl.on_chat_start
async def begin() -> None:
    """Wait for the first words: an audit exists once somebody has said something."""
    await offer_names()


@cl.on_settings_update
async def answering(settings: dict[str, object]) -> None:
    """Take who answers from here on; before the first words it is kept until there is an audit."""
    handed = handed_to(str(settings.get(WHO) or ""))
    cl.user_session.set(WHO, handed.who)
    if await wired().use.interviews.exists(cl.context.session.thread_id):
        await _turn(handed)


@cl.on_message
async def message(said: cl.Message) -> None:
    """Take what was typed."""
    await _turn(Typed(text=said.content[:LONGEST_TYPED], question_id=cl.user_session.get(ASKED)))


@cl.action_callback(CHOOSE)
async def tap(action: cl.Action) -> None:
    """Take a tap."""
    if (sent := _tapped(action)) is not None:
        await _take_tap(action, sent)


@cl.action_callback(MISREAD)
async def misread(action: cl.Action) -> None:
    """Note that an answer was understood wrongly, and take it as the wish to change it."""
    sent = _tapped(action)
    if sent is None or not isinstance(sent.choice, ChangeChoice):
        return
    await rate(action.forId, Opinion(MISREAD, 0))
    await _take_tap(action, sent)


@cl.on_feedback
async def thumb(given: Feedback) -> None:
    """Pass a thumb on to the run that the message came from."""
    await rate(given.forId, Opinion("thumb", given.value, given.comment))


def _tapped(action: cl.Action) -> Tap | None:
    """Check a tap: the payload comes from the client, like any other input."""
    try:
        return Tap.model_validate(action.payload)
    except ValidationError:
        return None


async def _take_tap(action: cl.Action, sent: Tap) -> None:
    await cl.Message(content=action.label, type="user_message", author=wired().use.words.say("chat.you")).send()
    await _turn(sent)


@cl.on_chat_resume
async def resume(thread: ThreadDict) -> None:
    """Put the buttons of the open question back; Chainlit shows the transcript by itself."""
    audit_id, use, asking = thread["id"], wired().use, current_visitor()
    if asking is None:
        return
    try:
        events, view = await use.interviews.resume(asking, audit_id), await use.interviews.view(asking, audit_id)
    except AuditError:
        return
    await offer_names("" if view.speaker == RESPONDENT else view.speaker)
    asked = next((e for e in events if isinstance(e, Question)), None)
    said = [step for step in thread.get("steps") or [] if step["type"] == "assistant_message"]
    if asked is None or not said:
        return
    cl.user_session.set(BUTTONS, None)
    cl.user_session.set(ASKED, asked.question_id)

    async def later() -> None:
        # The page drops what is sent before Chainlit has told it that the thread was resumed.
        await asyncio.sleep(RESUMED_SECONDS)
        buttons = question_actions(audit_id, asked)
        for button in buttons:
            await button.remove()
            await button.send(for_id=said[-1]["id"])
        cl.user_session.set(BUTTONS, buttons)

    cl.user_session.set("resuming", asyncio.create_task(later()))


@cache
def _pace() -> Pace:
    return Pace(MOST, IN_SECONDS)


async def _turn(sent: Message) -> None:
    audit_id, asking, words = cl.context.session.thread_id, current_visitor(), wired().use.words
    if asking is None or not _pace().lets(asking.id):
        await cl.Message(content=words.say("chat.too_fast")).send()
        return
    shown = ShownTurn(audit_id, words)
    try:
        async with aclosing(happening(asking, audit_id, sent)) as steps:
            async for events in steps:
                await take_buttons_away()
                await shown.show(events)
        if shown.finished:
            await shown.put(await report_card(wired().use, asking, audit_id))
    except (BusyError, NoSuchAuditError) as error:
        await shown.take_back()
        await cl.Message(content=words.say("chat.busy" if isinstance(error, BusyError) else "chat.gone")).send()
    except Exception:
        log.exception("a turn failed", extra={"audit": audit_id})
        await shown.take_back()
        await cl.Message(content=words.say("chat.failed")).send()
