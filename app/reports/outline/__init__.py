"""The report as blocks, once: every heading, every label, the order, and what is shown. The forms print it and decide nothing."""

from app.audit.told.report import Report
from app.audit.words import Words
from app.reports.blocks import Section
from app.reports.brand import Brand
from app.reports.layout import Outline
from app.reports.letters import has_boxes, visible
from app.reports.outline.annex import about, corrections, figures, made_by, playbook
from app.reports.outline.board import board, lead
from app.reports.outline.crossings import crossings
from app.reports.outline.gaps import gaps
from app.reports.outline.open_points import differing, not_known
from app.reports.outline.plan import plan
from app.reports.outline.since import since
from app.reports.outline.waiting import waiting_proof
from app.reports.outline.workbook import sheets
from app.reports.phrases import Phrases
from app.reports.spans import Typed

_TITLE = 120
"""Letters of the title; what is longer is cut."""
_RUNNING = 60
"""Letters of it that fit into the head of a page."""


def outline(report: Report, words: Words, brand: Brand) -> Outline:
    """Lay a report out."""
    says, links = Phrases(words), crossings(report)
    day, title = says.day(report.made_at.date()), _title(report, says, _TITLE)
    parts: list[Section | None] = [
        since(report, says),
        *gaps(report, says, links),
        not_known(report, says),
        differing(report, says),
        waiting_proof(report, says),
        plan(report, says, links),
        playbook(report, says, links),
        figures(report, says),
        corrections(report, says),
        about(report, says),
        made_by(report, says),
    ]
    return Outline(
        language=says.say("reports.language"),
        brand=brand,
        made_at=report.made_at,
        day=day,
        document_title=says.say("reports.document_title", brand=brand.name, title=title),
        kicker=says.say("reports.kicker", brand=brand.name, day=day),
        title=Typed(text=title),
        running=_title(report, says, _RUNNING),
        lead=lead(report, says),
        board=board(report, says),
        sections=tuple(section for section in parts if section),
        capacity_days=report.roadmap.capacity_days,
        tried_out=report.what_if.anything,
        sheets=sheets(report, says),
        page_of=says.say("reports.print.page", page="{page}", pages="{pages}"),
        logo_told=says.say("reports.print.logo", name=brand.name),
        script_note=says.say("reports.print.script") if has_boxes(_typed(report)) else "",
    )


def _title(report: Report, says: Phrases, length: int) -> str:
    name = visible(" ".join((report.profile.known_as or says.say("reports.untitled")).split()))
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"


def _typed(report: Report) -> str:
    """Return everything that people wrote in words of their own."""
    quotes = [quote.text for gap in report.gaps for f in gap.findings for quote in (*f.quotes, *f.corrected)]
    profile = [str(value) for value in report.profile.model_dump(exclude_none=True).values()]
    return " ".join([*quotes, *profile, *report.respondents])
