"""What a person thinks of a message, passed on to the run that the message came from."""

from uuid import UUID

import chainlit as cl
from chainlit.data import get_data_layer

from app.chat.guard import is_uuid
from app.chat.transcript import Transcript
from app.chat.wired import services
from app.interview.errors import NoSuchAuditError

RUN = "run"
"""Where a message's metadata holds the id of its run; it is stored with the message, so it outlives the server."""


def run_note(run_id: UUID | None) -> dict[str, str]:
    """What a message notes about where it came from."""
    return {RUN: str(run_id)} if run_id else {}


async def rate(message_id: str | None, key: str, score: float, comment: str | None = None) -> None:
    """Send feedback on the run of a message of this chat; the id comes from the client, and another chat's is not taken."""
    thread_id = cl.context.session.thread_id
    run_id = await _run_of(message_id, thread_id)
    if run_id is not None:
        services().tracer.feedback(run_id, key, score, comment, await _names(thread_id))


async def _run_of(message_id: str | None, thread_id: str) -> UUID | None:
    layer = get_data_layer()
    if not isinstance(layer, Transcript) or message_id is None or not is_uuid(message_id):
        return None
    noted = [note.get(RUN) for note in await layer.notes(thread_id, message_id)]
    return next((UUID(run) for run in noted if is_uuid(run)), None)


async def _names(audit_id: str) -> tuple[str, ...]:
    try:
        view = await services().conversation.view(audit_id)
    except NoSuchAuditError:
        return ()
    return view.names
