"""build(settings, **replacements) → Services: the only place where parts are chosen."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from app.assessors.by_encoder import EncoderAssessor
from app.assessors.by_llm import LlmAssessor
from app.audit.ledger.assessment import Assessor
from app.audit.plan.changes import WhatIf
from app.audit.told.telling import Telling
from app.encoder.model import Encoder
from app.interview.conversation import Conversation
from app.interview.graph import build_graph
from app.interview.state import Context
from app.knowledge.load import Knowledge, load_knowledge
from app.knowledge.operations import load_prices, load_reader_baseline
from app.knowledge.playbook import Playbook
from app.llm.by_openai import OpenAIEndpoint
from app.llm.guarded import GuardedModel
from app.llm.model import PingedEndpoint
from app.llm.prompts import load_prompt_sets
from app.llm.releases import Releases
from app.observability.cost import Budget, Usage
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer, langsmith_tracer
from app.reports.brand import DEFAULT, Brand, load_brand
from app.services import Services
from app.settings import Settings
from app.storage.audits import Audits
from app.storage.checkpoints import open_checkpoints
from app.storage.kept import Kept
from app.storage.migrate import migrate
from app.storage.spend import StoredSpend
from app.storage.visitor import kept_secret
from app.voice.by_llm import LlmVoice
from app.voice.narrator import LlmNarrator

MOST_CALLS_PER_AUDIT = 45
"""Model calls of one audit; the last of them are kept for reading, and the wording goes back to the authored questions."""


def _now() -> datetime:
    return datetime.now(UTC)


def secret_of(settings: Settings) -> str:
    """Return the signing secret; one that is not set is made once and kept, readable by the owner only."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    return kept_secret(settings.var / "secret")


def choose_tracer(settings: Settings, metadata: dict[str, str]) -> Tracer:
    """Trace when it is switched on and has what it needs; else send nothing.

    Raises:
        TracingError: OpenTelemetry is asked for and its packages are not installed.
    """
    if not settings.langsmith_tracing or settings.trace_lacks:
        return Tracer()
    return langsmith_tracer(
        api_key=settings.langsmith_api_key.get_secret_value() if settings.langsmith_api_key else None,
        endpoint=settings.langsmith_endpoint,
        project=settings.langsmith_project,
        metadata=dict(metadata),
        content=settings.trace_content,
        redaction=settings.trace_redaction,
        sampling=settings.trace_sampling,
        to=settings.trace_to,
        otlp_endpoint=settings.otlp_endpoint or "",
    )


def choose_endpoint(settings: Settings) -> OpenAIEndpoint | None:
    """Talk to a language model when one is configured; nothing is sent before it is needed."""
    if not settings.has_model:
        return None
    return OpenAIEndpoint(
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        models={"careful": settings.model_careful, "fast": settings.model_fast},
        temperature=settings.model_temperature,
        effort=settings.model_effort,
        length_limits=settings.model_length_limits,
    )


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    assessor: Assessor | None = None,
    endpoint: PingedEndpoint | None = None,
    tracer: Tracer | None = None,
    clock: Callable[[], datetime] = _now,
    encoder: Encoder | None = None,
    knowledge: Knowledge | None = None,
    prompts: Releases | None = None,
) -> AsyncIterator[Services]:
    """Build all parts, hand them out, and close them in the end; tests pass replacements.

    Raises:
        KnowledgeError: a file under knowledge/ is bad.
        EncoderError: the encoder's weights are missing or changed.
        StorageError: the databases under `settings.var` cannot be used.
        BrandError: the brand's file is bad.
        PromptError: a prompt is bad, or a set that the settings name is not there.
        TracingError: traces cannot be sent as they are configured.
    """
    settings.var.mkdir(parents=True, exist_ok=True)
    knowledge = knowledge or load_knowledge()
    encoder = encoder or Encoder.load()
    prompts = prompts or Releases(load_prompt_sets(), settings.prompts, settings.prompts_canary, settings.prompts_canary_share)
    migrate(settings.database)
    metrics, prices, spend = Metrics(load_reader_baseline(encoder.fingerprint)), load_prices(), StoredSpend(settings.database)
    budget = Budget(
        spend,
        lambda: clock().date(),
        audit_usd=settings.budget_audit_usd,
        day_usd=settings.budget_day_usd,
        audit_calls=MOST_CALLS_PER_AUDIT,
    )
    endpoint = endpoint or choose_endpoint(settings)
    cost = prices.at_most_usd if settings.model_host else _free  # a model on this machine costs nothing
    model = GuardedModel(endpoint, budget, metrics, cost) if endpoint else None
    embedded = EncoderAssessor(encoder, knowledge.rubric, metrics.readings)
    assessor = assessor or (LlmAssessor(model, prompts, embedded, knowledge.rubric, settings.model_trust) if model else embedded)
    metadata = {"rubric": knowledge.rubric.version, "assessor": assessor.fingerprint}
    tracer = tracer or choose_tracer(settings, metadata)
    playbook = Playbook(knowledge.passages, encoder, questions=knowledge.questions, path=settings.playbook, url=settings.chroma_url)
    indexed = playbook.index()
    audits, what_ifs = Audits(settings.database, clock), Kept(settings.database, "what_ifs", WhatIf)
    tellings, brands = Kept(settings.database, "tellings", Telling), Kept(settings.database, "brands", Brand)
    context = Context(
        rubric=knowledge.rubric,
        assessor=assessor,
        playbook=playbook,
        clock=clock,
        voice=LlmVoice(model, prompts) if model else None,
        read_at=settings.model_host,
        choose_prompts=prompts.choose,
    )
    async with open_checkpoints(settings.checkpoints) as checkpoints:
        conversation = Conversation(
            build_graph(checkpoints), context, audits, tracer.turn, turn_seconds=settings.turn_seconds, done=metrics.turn
        )
        try:
            yield Services(
                settings=settings,
                knowledge=knowledge,
                encoder=encoder,
                assessor=assessor,
                playbook=playbook,
                indexed=indexed,
                audits=audits,
                what_ifs=what_ifs,
                tellings=tellings,
                brands=brands,
                narrator=LlmNarrator(model, prompts) if model else None,
                conversation=conversation,
                tracer=tracer,
                model=model,
                budget=budget,
                metrics=metrics,
                prompts=prompts,
                brand=load_brand(settings.brand) if settings.brand else DEFAULT,
                secret=secret_of(settings),
                clock=clock,
            )
        finally:
            if model:
                await model.close()
            tracer.flush()
            await spend.close()
            for store in (what_ifs, tellings, brands, audits):
                await store.close()


def _free(_model: str, _usage: Usage) -> float:
    return 0.0
