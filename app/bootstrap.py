"""build(settings, **replacements) → Services: the only place where parts are chosen."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from app.assessors.by_encoder import EncoderAssessor
from app.audit.assessment import Assessor
from app.audit.report import Report
from app.audit.report import build as build_report
from app.encoder.model import Encoder
from app.interview.conversation import Conversation
from app.interview.graph import build_graph
from app.interview.state import Context
from app.knowledge.load import Knowledge, load_knowledge
from app.knowledge.playbook import IndexReport, Playbook
from app.observability.tracing import Tracer, langsmith_tracer
from app.settings import Settings
from app.storage.audits import Audits
from app.storage.checkpoints import open_checkpoints
from app.storage.migrate import migrate


@dataclass(frozen=True)
class Services:
    """Everything that an interface needs, wired."""

    settings: Settings
    knowledge: Knowledge
    encoder: Encoder
    assessor: Assessor
    playbook: Playbook
    indexed: IndexReport
    """What indexing the playbook changed at the start."""
    audits: Audits
    conversation: Conversation
    tracer: Tracer
    secret: str
    """Signs the visitor cookie."""
    clock: Callable[[], datetime]

    async def report(self, audit_id: str) -> Report:
        """Build an audit's report from what is saved.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        view = await self.conversation.view(audit_id)
        return build_report(
            audit_id=audit_id,
            made_at=self.clock(),
            profile=view.profile,
            ledger=view.ledger,
            depth=view.state["depth"],
            assessor=self.assessor.fingerprint,
            rubric=self.knowledge.rubric,
            actions=self.knowledge.actions,
            passages={passage.id: passage for passage in self.knowledge.passages},
            claims=self.knowledge.claims,
        )


def _now() -> datetime:
    return datetime.now(UTC)


def secret_of(settings: Settings) -> str:
    """Return the signing secret; one that is not set is made once and kept, readable by the owner only."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    path = settings.var / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


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


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    assessor: Assessor | None = None,
    tracer: Tracer | None = None,
    clock: Callable[[], datetime] = _now,
    encoder: Encoder | None = None,
    knowledge: Knowledge | None = None,
) -> AsyncIterator[Services]:
    """Build all parts, hand them out, and close them in the end; tests pass replacements.

    Raises:
        KnowledgeError: a file under knowledge/ is bad.
        EncoderError: the encoder's weights are missing or changed.
        StorageError: the databases under `settings.var` cannot be used.
        TracingError: traces cannot be sent as they are configured.
    """
    settings.var.mkdir(parents=True, exist_ok=True)
    knowledge = knowledge or load_knowledge()
    encoder = encoder or Encoder.load()
    assessor = assessor or EncoderAssessor(encoder, knowledge.rubric)
    metadata = {"rubric": knowledge.rubric.version, "assessor": assessor.fingerprint}
    tracer = tracer or choose_tracer(settings, metadata)
    migrate(settings.database)
    playbook = Playbook(knowledge.passages, encoder, questions=knowledge.questions, path=settings.playbook, url=settings.chroma_url)
    indexed = playbook.index()
    audits = Audits(settings.database, clock)
    context = Context(rubric=knowledge.rubric, assessor=assessor, playbook=playbook, clock=clock)
    async with open_checkpoints(settings.checkpoints) as checkpoints:
        conversation = Conversation(build_graph(checkpoints), context, audits, tracer.turn)
        try:
            yield Services(
                settings, knowledge, encoder, assessor, playbook, indexed, audits, conversation, tracer, secret_of(settings), clock
            )
        finally:
            tracer.flush()
            await audits.close()
