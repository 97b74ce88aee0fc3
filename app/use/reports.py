"""The report of an audit: built from what is saved, in any form, under a brand, in a model's words where there is a model."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.access.permission import Act
from app.access.principal import OPERATOR, LinkHolder, Principal
from app.audit.again.snapshot import Snapshot, take
from app.audit.plan.changes import UNCHANGED, WhatIf
from app.audit.score.explanation import explain
from app.audit.told.case_file import CaseFile
from app.audit.told.facts import facts_of
from app.audit.told.report import Report, build
from app.audit.told.telling import Telling, retold
from app.errors import FivegapError, NoSuchAuditError
from app.executor import Executor
from app.interview.state import Interview
from app.interview.view import View
from app.knowledge.load import Knowledge
from app.knowledge.self_audit import own_report
from app.observability.tracing import Tracer
from app.observability.turns import turn_of
from app.reports.brand import DEFAULT, Brand
from app.reports.charts import radar
from app.reports.forms import FORMS
from app.reports.layout import Outline
from app.reports.outline import outline
from app.reports.phrases import Phrases
from app.reports.to_html import to_html
from app.storage.audits import Audits
from app.storage.kept import Kept
from app.storage.outbox import Outbox, OutboxEntry
from app.storage.records import SavedAudit
from app.use.permitted import permitted
from app.voice.narrator import SECONDS, LlmNarrator

log = logging.getLogger(__name__)
TO_WORD = "report.to_word"
"""The outbox's kind for a report whose paragraphs a model is to word."""
MOST_TO_CATCH_UP = 50


@dataclass(frozen=True)
class Kinds:
    """What is kept beside an audit, one of a kind an audit."""

    what_ifs: Kept[WhatIf]
    tellings: Kept[Telling]
    brands: Kept[Brand]


class Reports:
    """Builds, prints and words reports; what takes long runs beside the event loop."""

    def __init__(
        self,
        *,
        audits: Audits,
        kept: Kinds,
        outbox: Outbox,
        knowledge: Knowledge,
        executor: Executor,
        narrator: LlmNarrator | None,
        tracer: Tracer,
        clock: Callable[[], datetime],
        brand: Brand,
        assessor: str,
    ) -> None:
        """Take what a report is made of; `brand` is for all reports without one of their own, `assessor` names what reads answers."""
        self._audits = audits
        self._kept = kept
        self._outbox = outbox
        self._knowledge = knowledge
        self._executor = executor
        self._narrator = narrator
        self._tracer = tracer
        self._clock = clock
        self._brand = brand
        self._assessor = assessor

    @property
    def words_by_model(self) -> bool:
        """Whether there is a model to word paragraphs."""
        return self._narrator is not None

    async def of(self, principal: Principal, audit_id: str) -> Report:
        """Build an audit's report from what is saved.

        Raises:
            NoSuchAuditError: there is no audit of this id.
            NotAllowedError: it is not theirs to read.
        """
        return await self._report(await permitted(self._audits, principal, Act.READ_REPORT, audit_id))

    async def audit_of(self, holder: LinkHolder) -> str:
        """Return the id of the audit whose report a link opens. Raises NoSuchAuditError where it opens none."""
        record = await self._audits.by_token(holder.token)
        if record is None:
            raise NoSuchAuditError("with this link")
        return record.id

    async def written(self, principal: Principal, audit_id: str, form: str) -> bytes:
        """Write a report in a form of `FORMS`. Raises as `of` does."""
        report, brand = await self.of(principal, audit_id), await self.brand_of(audit_id)
        return await self._executor.run(FORMS[form].write, report, self._knowledge.words, brand)

    async def outlined(self, principal: Principal, audit_id: str) -> Outline:
        """Lay a report out, for whoever prints it. Raises as `of` does."""
        return await self.lay_out(await self.of(principal, audit_id))

    async def lay_out(self, report: Report) -> Outline:
        """Lay out a report that was built already."""
        return await self._executor.run(outline, report, self._knowledge.words, await self.brand_of(report.audit_id))

    async def page(self, principal: Principal, audit_id: str, *, edit: str = "") -> str:
        """Show a report as a page; `edit` is where the forms of a try-out go to, none without. Raises as `of` does."""
        laid_out = await self.outlined(principal, audit_id)
        return await self._executor.run(to_html, laid_out, self._knowledge.words, edit=edit)

    async def own_page(self) -> str:
        """Show what we say about this program itself."""
        laid_out = await self._executor.run(lambda: outline(own_report(self._knowledge), self._knowledge.words, DEFAULT))
        return await self._executor.run(to_html, laid_out, self._knowledge.words, listed=True)

    async def radar(self, principal: Principal, audit_id: str) -> str:
        """Draw a report's radar as SVG on white: the chat shows it on light and on dark. Raises as `of` does."""
        return radar(await self.of(principal, audit_id), Phrases(self._knowledge.words), paper="#ffffff")

    async def explained(self, principal: Principal, audit_id: str, target: str) -> tuple[str, ...]:
        """Say line by line how a criterion's, a gap's or the overall score came about.

        Raises as `of` does, and KeyError for a target that is none of them.
        """
        saved = await permitted(self._audits, principal, Act.READ_REPORT, audit_id)
        return explain(target, Interview.model_validate_json(saved.state).ledger, self._knowledge)

    async def snapshot(self, principal: Principal, audit_id: str) -> Snapshot:
        """Take a snapshot of an audit as it stands, for a later one to begin from. Raises as `of` does."""
        saved = await permitted(self._audits, principal, Act.FOLLOW, audit_id)
        report, view = await self._report(saved), self._view(saved)
        return take(audit_id, report.made_at.date(), view.profile, ratings=view.ratings, result=report.result, roadmap=report.roadmap)

    async def brand_of(self, audit_id: str) -> Brand:
        """Return whose name an audit's report goes out under."""
        return await self._kept.brands.of(audit_id) or self._brand

    async def put_brand(self, principal: Principal, audit_id: str, brand: Brand | None) -> Brand:
        """Put a brand on one audit's report, or take it off; return whose name it goes out under now. Raises as `of` does."""
        await permitted(self._audits, principal, Act.BRAND, audit_id)
        if brand is None:
            await self._kept.brands.drop(audit_id)
        else:
            await self._kept.brands.keep(audit_id, brand)
        return await self.brand_of(audit_id)

    async def word(self, audit_id: str) -> None:
        """Have a model word the report's paragraphs, where there is one; the report takes of it what holds against its facts."""
        saved = await permitted(self._audits, OPERATOR, Act.READ_REPORT, audit_id)
        report, view = await self._report(saved), self._view(saved)
        if self._narrator is None:
            return
        turn = view.interview.turn
        with turn_of(audit_id, turn, SECONDS), self._tracer.turn(audit_id, turn, view.names):
            telling = await self._narrator.tell(facts_of(report.gaps, report.roadmap, self._knowledge.words), view.interview.prompts)
        if telling:
            await self._kept.tellings.keep(audit_id, telling)

    async def catch_up(self) -> None:
        """Word what a process that ended left to be worded."""
        if self._narrator is None:
            return  # it waits for a process that has a model
        for entry in await self._outbox.waiting(TO_WORD, MOST_TO_CATCH_UP):
            try:
                await self.take_up(entry)
            except (FivegapError, ValueError) as error:  # one that cannot be read does not stand in the way of the others
                log.warning("a report was not worded", extra={"audit": entry.audit_id, "error": type(error).__name__})

    async def take_up(self, entry: OutboxEntry) -> None:
        """Word the report that an entry of the outbox asks for."""
        if entry.audit_id:
            await self.word(entry.audit_id)
        await self._outbox.done(entry.id, self._clock())

    async def _report(self, saved: SavedAudit) -> Report:
        audit_id, view = saved.record.id, self._view(saved)
        case = CaseFile(
            audit_id=audit_id,
            profile=view.profile,
            ledger=view.ledger,
            depth=view.interview.depth,
            assessor=self._assessor,
            what_if=await self._kept.what_ifs.of(audit_id) or UNCHANGED,
            before=view.interview.before,
        )
        report = await self._executor.run(build, self._knowledge, case, self._clock())
        telling = await self._kept.tellings.of(audit_id)
        return retold(report, telling, self._knowledge.words) if telling else report

    def _view(self, saved: SavedAudit) -> View:
        return View(Interview.model_validate_json(saved.state), self._knowledge.rubric)
