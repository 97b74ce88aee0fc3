"""What Chainlit calls: a message, a tap, a return. Each ends in one turn of the conversation."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any
from uuid import UUID

import chainlit as cl
from chainlit.server import sio
from chainlit.session import ws_sessions_id
from chainlit.types import Feedback, ThreadDict
from pydantic import ValidationError

from app.audit.ledger.evidence import RESPONDENT
from app.chat.beginning import WHO, happening, offer_names, starters_for, visitor_id
from app.chat.cards import CHOOSE, MISREAD, Card, cards, question_actions
from app.chat.feedback import rate, run_note
from app.chat.guard import Bucket, guarded
from app.chat.report import show_report
from app.chat.spoken import Spoken
from app.chat.transcript import Transcript
from app.chat.wired import services
from app.interview.events import Asked, Event, Finished, Message, Piece, handed_to
from app.storage.visitor import visitor_of

log = logging.getLogger(__name__)

BURST, PER_SECOND = 12, 1.0
"""Messages and taps of one session: a burst, then a steady rate."""
TOO_FAST = "That was a little fast for me. Please send that again in a moment."
FAILED = "Something went wrong on my side, and that message was not taken. What you said before is saved; please send it again."
LONGEST_TAP = 80

sio.on(
    "connect",
    guarded(
        sio.handlers["/"]["connect"],
        lambda: len(ws_sessions_id),
        services().settings.most_sockets,
        services().settings.public_url,
    ),
)


@cl.data_layer
def transcript() -> Transcript:
    """Keep the transcript in our database."""
    return Transcript(services().settings.database.resolve())


@cl.header_auth_callback
async def visitor(headers: Any) -> cl.User | None:
    """Know a visitor by the signed cookie; nobody logs in."""
    visitor_id = visitor_of(headers.get("cookie", ""), services().secret)
    return cl.User(identifier=f"anon:{visitor_id}", display_name="You") if visitor_id else None


@cl.set_starters
async def starters(user: cl.User | None = None) -> list[cl.Starter]:
    """Offer the ways to begin."""
    return await starters_for(visitor_id(user))


@cl.on_chat_start
async def begin() -> None:
    """Wait for the first words: an audit exists once somebody has said something."""
    await offer_names()


@cl.on_settings_update
async def answering(settings: dict[str, object]) -> None:
    """Take who answers from here on; before the first words it is kept until there is an audit."""
    handed = handed_to(str(settings.get(WHO) or ""))
    cl.user_session.set(WHO, handed.text)
    if await services().audits.by_id(cl.context.session.thread_id) is not None:
        await _turn(handed)


@cl.on_message
async def message(said: cl.Message) -> None:
    """Take what was typed."""
    await _turn(Message(text=said.content[:200_000]))


@cl.action_callback(CHOOSE)
async def tap(action: cl.Action) -> None:
    """Take a tap."""
    sent = _tapped(action)
    if sent is not None:
        await _take_tap(action, sent)


@cl.action_callback(MISREAD)
async def misread(action: cl.Action) -> None:
    """Note that an answer was understood wrongly, and take it as the wish to change it."""
    sent = _tapped(action)
    if sent is None or not (sent.choice or "").startswith("change:"):
        return
    await rate(action.forId, MISREAD, 0)
    await _take_tap(action, sent)


@cl.on_feedback
async def thumb(given: Feedback) -> None:
    """Pass a thumb on to the run that the message came from."""
    await rate(given.forId, "thumb", given.value, given.comment)


def _tapped(action: cl.Action) -> Message | None:
    """Check a tap: the payload comes from the client, like any other input."""
    try:
        sent = Message.model_validate(action.payload, strict=True)
    except ValidationError:
        return None
    return sent if sent.choice is not None and len(sent.choice) <= LONGEST_TAP else None


async def _take_tap(action: cl.Action, sent: Message) -> None:
    await cl.Message(content=action.label or sent.choice or "", type="user_message", author="You").send()
    await _turn(sent)


@cl.on_chat_resume
async def resume(thread: ThreadDict) -> None:
    """Put the buttons of the open question back; Chainlit shows the transcript by itself."""
    audit_id = thread["id"]
    if await services().audits.by_id(audit_id) is None:
        return
    events = await services().conversation.resume(audit_id)
    speaker = (await services().conversation.view(audit_id)).speaker
    await offer_names("" if speaker == RESPONDENT else speaker)
    asked = next((e for e in events if isinstance(e, Asked)), None)
    said = [step for step in thread.get("steps") or [] if step["type"] == "assistant_message"]
    if asked is None or not said:
        return
    cl.user_session.set("buttons", None)

    async def later() -> None:
        # The page drops what is sent before Chainlit has told it that the thread was resumed.
        await asyncio.sleep(0.3)
        buttons = question_actions(audit_id, asked)
        for button in buttons:
            await button.remove()
            await button.send(for_id=said[-1]["id"])
        cl.user_session.set("buttons", buttons)

    cl.user_session.set("resuming", asyncio.create_task(later()))


async def _turn(sent: Message) -> None:
    audit_id = cl.context.session.thread_id
    bucket = cl.user_session.get("bucket") or Bucket(BURST, PER_SECOND)
    cl.user_session.set("bucket", bucket)
    if not bucket.take():
        await cl.Message(content=TOO_FAST).send()
        return
    finished, spoken = False, Spoken()
    try:
        async with aclosing(happening(audit_id, sent)) as steps:
            async for events in steps:
                await _take_buttons_away()
                await _show_step(audit_id, events, spoken)
                finished = finished or any(isinstance(event, Finished) for event in events)
    except Exception:
        log.exception("a turn failed", extra={"audit": audit_id})
        await spoken.take_back()
        await cl.Message(content=FAILED).send()
        return
    if finished:
        await show_report(audit_id)


async def _show_step(audit_id: str, events: Sequence[Event], spoken: Spoken) -> None:
    """Show what one step brought: a piece as it is spoken, everything else as cards."""
    for event in events:
        if isinstance(event, Piece):
            await spoken.say(event.text)
    run_id = services().conversation.last_run(audit_id)
    for card in cards(audit_id, events):
        if spoken.speaking and card.completes:
            await spoken.complete(card, run_note(run_id))
            _remember(card)
        else:
            await _show(card, run_id)


async def _take_buttons_away() -> None:
    for button in cl.user_session.get("buttons") or []:
        await button.remove()
    cl.user_session.set("buttons", None)


async def _show(card: Card, run_id: UUID | None) -> None:
    await cl.Message(content=card.text, actions=card.actions, metadata=run_note(run_id)).send()
    _remember(card)


def _remember(card: Card) -> None:
    if card.is_question:
        cl.user_session.set("buttons", card.actions)
