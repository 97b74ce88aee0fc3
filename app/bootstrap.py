"""build(settings, **replacements) → UseCases: the only place where parts are chosen."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from app.access.cookie import kept_secret
from app.assessors.by_encoder import EncoderAssessor
from app.assessors.by_llm import LlmAssessor
from app.audit.ledger.assessment import Assessor
from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import Knowledge, load_knowledge
from app.knowledge.operations import load_prices, load_reader_baseline
from app.knowledge.playbook import Playbook
from app.llm.guarded import GuardedModel
from app.llm.model import PingedEndpoint
from app.llm.prompts import load_prompt_sets
from app.llm.releases import Releases
from app.observability.cost import Budget, Usage
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer, langsmith_tracer
from app.settings import Settings
from app.storage.database import Database
from app.storage.migrate import migrate
from app.storage.spend import StoredSpend
from app.use.cases import UseCases, use_cases
from app.use.parts import Parts

MOST_CALLS_PER_AUDIT = 45
"""Model calls of one audit; the last of them are kept for reading, and the wording goes back to the authored questions."""


def _now() -> datetime:
    return datetime.now(UTC)


def secret_of(settings: Settings) -> str:
    """Return the signing secret; one that is not set is made once and kept, readable by the owner only."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    settings.var.mkdir(parents=True, exist_ok=True)
    return kept_secret(settings.var / "secret")


def migrated(settings: Settings) -> str:
    """Bring the database to the newest schema and return where it is, without who logs in. Raises StorageError."""
    migrate(settings.database)
    return settings.shown_database


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


def choose_endpoint(settings: Settings) -> PingedEndpoint | None:
    """Talk to a language model when one is configured; nothing is sent before it is needed."""
    if not settings.has_model:
        return None
    from app.llm.by_openai import OpenAIEndpoint  # a second of imports that most installations never need

    return OpenAIEndpoint(
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        models={"careful": settings.model_careful, "fast": settings.model_fast},
        temperature=settings.model_temperature,
        effort=settings.model_effort,
        length_limits=settings.model_length_limits,
    )


@asynccontextmanager
async def choose(
    settings: Settings,
    *,
    assessor: Assessor | None = None,
    endpoint: PingedEndpoint | None = None,
    tracer: Tracer | None = None,
    clock: Callable[[], datetime] = _now,
    encoder: Encoder | None = None,
    knowledge: Knowledge | None = None,
    playbook: Playbook | None = None,
    prompts: Releases | None = None,
) -> AsyncIterator[Parts]:
    """Choose all parts, hand them out, and close them in the end; tests pass replacements.

    Raises:
        SetUpError: a file under knowledge/ or prompts/ is bad, the encoder's weights are missing or changed, traces cannot be sent.
        StorageError: the database cannot be used.
    """
    settings.var.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as open_parts:
        executor = Executor()
        open_parts.push_async_callback(executor.close)
        knowledge = knowledge or load_knowledge()
        encoder = encoder or Encoder.load()
        prompts = prompts or Releases(load_prompt_sets(), settings.prompts, settings.prompts_canary, settings.prompts_canary_share)
        await executor.run(migrate, settings.database)
        database = Database(settings.database)
        open_parts.push_async_callback(database.close)
        metrics, prices = Metrics(load_reader_baseline(encoder.fingerprint)), load_prices()
        budget = Budget(
            StoredSpend(database),
            lambda: clock().date(),
            audit_usd=settings.budget_audit_usd,
            day_usd=settings.budget_day_usd,
            audit_calls=MOST_CALLS_PER_AUDIT,
        )
        endpoint = endpoint or choose_endpoint(settings)
        cost = prices.at_most_usd if settings.model_host else _free  # a model on this machine costs nothing
        model = GuardedModel(endpoint, budget, metrics, cost) if endpoint else None
        if model:
            open_parts.push_async_callback(model.close)
        embedded = EncoderAssessor(encoder, knowledge.rubric, executor, metrics.readings)
        assessor = assessor or (LlmAssessor(model, prompts, embedded, knowledge.rubric, settings.model_trust) if model else embedded)
        tracer = tracer or choose_tracer(settings, {"rubric": knowledge.rubric.version, "assessor": assessor.fingerprint})
        open_parts.callback(tracer.flush)
        playbook = playbook or Playbook(
            knowledge.passages,
            encoder,
            executor,
            questions=knowledge.questions,
            kept=knowledge.vectors,
            path=settings.playbook,
            url=settings.chroma_url,
        )
        indexed = await executor.run(playbook.index)
        yield Parts(
            settings=settings,
            clock=clock,
            knowledge=knowledge,
            executor=executor,
            encoder=encoder,
            playbook=playbook,
            indexed=indexed,
            database=database,
            metrics=metrics,
            budget=budget,
            prompts=prompts,
            model=model,
            assessor=assessor,
            tracer=tracer,
        )


@asynccontextmanager
async def build(settings: Settings, **replacements: object) -> AsyncIterator[UseCases]:
    """Build everything, hand the use cases out, and close it all in the end. Takes the replacements of `choose`, and raises as it does."""
    async with choose(settings, **replacements) as parts, use_cases(parts) as use:  # type: ignore[arg-type]
        yield use


def _free(_model: str, _usage: Usage) -> float:
    return 0.0
