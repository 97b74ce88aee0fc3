"""What a person thinks of a message, passed on to the run that the message came from."""

import chainlit as cl

from app.chat.guard import is_uuid
from app.chat.identity import current_visitor
from app.chat.shown import TURNS
from app.chat.steps import turn_of_message
from app.chat.wired import wired
from app.errors import AuditError
from app.use.transcripts import Opinion


async def rate(message: str | None, opinion: Opinion) -> None:
    """Send feedback on the run of a message of this chat; the id comes from the client, and another chat's is not taken."""
    visitor, audit_id, transcripts = current_visitor(), cl.context.session.thread_id, wired().use.transcripts
    if visitor is None or message is None or not is_uuid(message):
        return
    try:
        turns = (await transcripts.of(visitor, audit_id)).turns
    except AuditError:
        return
    shown: dict[str, int] = cl.user_session.get(TURNS) or {}
    number = shown.get(message) or turn_of_message(audit_id, message)
    run = next((turn.run_id for turn in turns if turn.number == number), None)
    if run is not None:
        await transcripts.rate(visitor, audit_id, run, opinion)
