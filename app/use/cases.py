"""All use cases, for the interfaces, and how they are made of the parts that `bootstrap` chose."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.assessors.grades import graded
from app.audit.plan.changes import WhatIf
from app.audit.told.telling import Telling
from app.audit.words import Words
from app.interview.context import Context
from app.interview.interviewer import Interviewer
from app.reports.brand import DEFAULT, Brand, load_brand
from app.storage.audits import Audits
from app.storage.kept import Kept
from app.storage.outbox import Outbox
from app.storage.thumbs import Thumbs
from app.storage.transcripts import Transcripts as StoredTranscripts
from app.use.interviews import Interviews
from app.use.operations import Operations
from app.use.parts import Parts
from app.use.plans import Plans
from app.use.reports import Kinds, Reports
from app.use.running import Running
from app.use.shares import Shares
from app.use.transcripts import Transcripts
from app.voice.by_llm import LlmVoice
from app.voice.narrator import LlmNarrator


@dataclass(frozen=True)
class UseCases:
    """What can be done with an audit, and the words to say it in."""

    words: Words
    interviews: Interviews
    transcripts: Transcripts
    reports: Reports
    plans: Plans
    shares: Shares
    operations: Operations


@asynccontextmanager
async def use_cases(parts: Parts) -> AsyncIterator[UseCases]:
    """Make the use cases of chosen parts; in the end wait for what is still running.

    Raises:
        BrandError: the brand's file is bad.
    """
    settings, knowledge, model, tracer = parts.settings, parts.knowledge, parts.model, parts.tracer
    audits, running = Audits(parts.database), Running()
    kept = Kinds(
        what_ifs=Kept(parts.database, "what_ifs", WhatIf),
        tellings=Kept(parts.database, "tellings", Telling),
        brands=Kept(parts.database, "brands", Brand),
    )
    reports = Reports(
        audits=audits,
        kept=kept,
        outbox=Outbox(parts.database),
        knowledge=knowledge,
        executor=parts.executor,
        narrator=LlmNarrator(model, parts.prompts) if model else None,
        tracer=tracer,
        clock=parts.clock,
        brand=load_brand(settings.brand) if settings.brand else DEFAULT,
        assessor=parts.assessor.fingerprint,
    )
    context = Context(
        rubric=knowledge.rubric,
        words=knowledge.words,
        graded=graded,
        assessor=parts.assessor,
        playbook=parts.playbook,
        clock=parts.clock,
        voice=LlmVoice(model, parts.prompts) if model else None,
        read_at=settings.model_host,
        choose_prompts=parts.prompts.choose,
    )
    interviews = Interviews(
        audits=audits,
        interviewer=Interviewer(context),
        reports=reports,
        rubric=knowledge.rubric,
        tracer=tracer,
        metrics=parts.metrics,
        running=running,
        clock=parts.clock,
        turn_seconds=settings.turn_seconds,
    )
    try:
        running.start(reports.catch_up())
        yield UseCases(
            words=knowledge.words,
            interviews=interviews,
            transcripts=Transcripts(
                audits=audits,
                stored=StoredTranscripts(parts.database),
                thumbs=Thumbs(parts.database),
                rubric=knowledge.rubric,
                tracer=tracer,
                clock=parts.clock,
            ),
            reports=reports,
            plans=Plans(audits, kept.what_ifs),
            shares=Shares(audits),
            operations=Operations(parts, audits),
        )
    finally:
        await running.close()
