"""What the use cases are made of, as `bootstrap` chose it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.audit.ledger.assessment import Assessor
from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import Knowledge
from app.knowledge.playbook import IndexReport, Playbook
from app.llm.guarded import GuardedModel
from app.llm.releases import Releases
from app.observability.cost import Budget
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer
from app.settings import Settings
from app.storage.database import Database


@dataclass(frozen=True)
class Parts:
    """All parts that were chosen; use cases take what they need, evaluations look at single ones."""

    settings: Settings
    clock: Callable[[], datetime]
    knowledge: Knowledge
    executor: Executor
    encoder: Encoder
    playbook: Playbook
    indexed: IndexReport
    """What indexing the playbook changed at the start."""
    database: Database
    metrics: Metrics
    budget: Budget
    prompts: Releases
    model: GuardedModel | None
    assessor: Assessor
    tracer: Tracer
