"""Audits that are held to be traced."""

from collections.abc import Sequence
from uuid import uuid4

from app.encoder.model import Encoder
from app.interview.messages import Message
from app.knowledge.load import Knowledge
from app.observability.tracing import Tracer
from app.settings import Settings
from evals.program import running


async def hold(settings: Settings, encoder: Encoder, knowledge: Knowledge, tracer: Tracer, said: Sequence[Message]) -> str:
    """Hold an audit and return its id; what was traced is on its way when this returns."""
    audit = str(uuid4())
    async with running(settings, encoder=encoder, knowledge=knowledge, tracer=tracer) as program:
        await program.begin(audit)
        for message in said:
            await program.take(audit, message)
    return audit
