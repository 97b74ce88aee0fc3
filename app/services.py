"""Everything that an interface needs, wired; `bootstrap` makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.audit.again.snapshot import Snapshot, take
from app.audit.ledger.assessment import Assessor
from app.audit.plan.changes import UNCHANGED, WhatIf
from app.audit.told.case_file import CaseFile
from app.audit.told.facts import facts_of
from app.audit.told.report import Report
from app.audit.told.report import build as build_report
from app.audit.told.telling import Telling, retold
from app.encoder.model import Encoder
from app.interview.conversation import Conversation
from app.interview.state import View
from app.knowledge.load import Knowledge
from app.knowledge.playbook import IndexReport, Playbook
from app.llm.guarded import GuardedModel
from app.llm.releases import Releases
from app.observability.cost import Budget
from app.observability.metrics import Metrics
from app.observability.tracing import Tracer
from app.observability.turns import turn_of
from app.reports.brand import Brand
from app.settings import Settings
from app.storage.audits import Audits
from app.storage.kept import Kept
from app.voice.narrator import SECONDS, LlmNarrator


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
    what_ifs: Kept[WhatIf]
    conversation: Conversation
    tracer: Tracer
    tellings: Kept[Telling]
    brands: Kept[Brand]
    """Brands of single reports."""
    narrator: LlmNarrator | None
    """Words the reports' paragraphs; None without a language model."""
    model: GuardedModel | None
    """The language model; None when none is configured."""
    budget: Budget
    metrics: Metrics
    prompts: Releases
    brand: Brand
    """Whose reports they are, but for those with a brand of their own."""
    secret: str
    """Signs the visitor cookie."""
    clock: Callable[[], datetime]

    async def report(self, audit_id: str) -> Report:
        """Build an audit's report from what is saved.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        return await self._report_of(audit_id, await self.conversation.view(audit_id))

    async def _report_of(self, audit_id: str, view: View) -> Report:
        case = CaseFile(
            audit_id=audit_id,
            profile=view.profile,
            ledger=tuple(view.ledger),
            depth=view.state["depth"],
            assessor=self.assessor.fingerprint,
            what_if=await self.what_ifs.of(audit_id) or UNCHANGED,
            before=view.before,
        )
        report = build_report(self.knowledge, case, self.clock())
        telling = await self.tellings.of(audit_id)
        return retold(report, telling, self.knowledge.words) if telling else report

    async def brand_of(self, audit_id: str) -> Brand:
        """Return whose name an audit's report goes out under."""
        return await self.brands.of(audit_id) or self.brand

    async def narrate(self, audit_id: str) -> None:
        """Have a model word the report's paragraphs, where there is one; the report takes of it what holds against its facts.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        if self.narrator is None:
            return
        view = await self.conversation.view(audit_id)
        report = await self._report_of(audit_id, view)
        turn = view.state["turn"]
        with turn_of(audit_id, turn, SECONDS), self.tracer.turn(audit_id, turn, view.names):
            telling = await self.narrator.tell(facts_of(report.gaps, report.roadmap, self.knowledge.words), view.state.get("prompts"))
        if telling:
            await self.tellings.keep(audit_id, telling)

    async def snapshot(self, audit_id: str) -> Snapshot:
        """Take a snapshot of an audit as it stands, for a later one to begin from.

        Raises:
            NoSuchAuditError: there is no audit with this id.
        """
        view = await self.conversation.view(audit_id)
        report = await self._report_of(audit_id, view)
        return take(audit_id, report.made_at.date(), view.profile, ratings=view.ratings, result=report.result, roadmap=report.roadmap)
