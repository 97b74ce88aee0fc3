"""Audits that are held to be traced."""

from collections.abc import Sequence
from uuid import uuid4

from app.bootstrap import build
from app.encoder.model import Encoder
from app.interview.events import Message
from app.knowledge.load import Knowledge
from app.observability.tracing import Tracer
from app.settings import Settings


async def hold(settings: Settings, encoder: Encoder, knowledge: Knowledge, tracer: Tracer, said: Sequence[Message]) -> str:
    """Hold an audit and return its id; what was traced is on its way when this returns."""
    audit = str(uuid4())
    async with build(settings, encoder=encoder, knowledge=knowledge, tracer=tracer) as services:
        await services.conversation.start(audit)
        for message in said:
            await services.conversation.reply(audit, message)
    return audit
