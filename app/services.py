"""Everything that an interface needs, wired; `bootstrap` makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.audit.assessment import Assessor
from app.audit.report import Report
from app.audit.report import build as build_report
from app.audit.snapshot import Snapshot, take
from app.encoder.model import Encoder
from app.interview.conversation import Conversation
from app.knowledge.load import Knowledge
from app.knowledge.playbook import IndexReport, Playbook
from app.llm.guarded import GuardedModel
from app.llm.releases import Releases
from app.observability.cost import Budget
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer
from app.reports.brand import Brand
from app.settings import Settings
from app.storage.audits import Audits
from app.storage.what_ifs import WhatIfs


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
    what_ifs: WhatIfs
    conversation: Conversation
    tracer: Tracer
    model: GuardedModel | None
    """The language model; None when none is configured."""
    budget: Budget
    metrics: Metrics
    prompts: Releases
    brand: Brand
    """Whose reports they are."""
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
            prose=self.knowledge.prose,
            what_if=await self.what_ifs.of(audit_id),
            before=view.before,
        )

    async def snapshot(self, audit_id: str) -> Snapshot:
        """Take a snapshot of an audit as it stands, for a later one to begin from.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        report, view = await self.report(audit_id), await self.conversation.view(audit_id)
        return take(audit_id, report.made_at.date(), view.profile, ratings=view.ratings, result=report.result, roadmap=report.roadmap)
