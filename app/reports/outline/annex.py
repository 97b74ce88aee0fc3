"""What stands at the end: passages of the playbook, figures with their sources, corrections, the project, and how the report came about."""

from app.audit.guidance import Claim, Passage
from app.audit.told.report import Report
from app.reports.blocks import Block, Bullet, Bullets, Panel, Paragraph, Row, Section, Table
from app.reports.outline.crossings import Crossings, to_finding
from app.reports.outline.guidance import blocks_of
from app.reports.phrases import Phrases, flat
from app.reports.spans import Text, Typed

_STATES = {
    "as reported by the article": "reports.figures.state.reported",
    "confirmed": "reports.figures.state.confirmed",
}
"""How far a figure was checked. A disputed one has no words, since it is never shown."""
_READERS = {
    "model": "reports.method.reader.model",
    "encoder": "reports.method.reader.encoder",
    "tap": "reports.method.reader.tap",
    "probe": "reports.method.reader.probe",
}


def claims(report: Report) -> tuple[Claim, ...]:
    """Return the figures that may be shown: a disputed one never is."""
    return tuple(claim for claim in report.claims if claim.state != "disputed")


def playbook(report: Report, says: Phrases, links: Crossings) -> Section | None:
    """Give the passages that the report names, in full."""
    if not report.passages:
        return None
    cards = tuple(_passage(passage, says, links) for passage in report.passages)
    return Section(id="playbook", title=says.say("reports.playbook.heading"), short=says.say("reports.playbook.short"), blocks=cards)


def _passage(passage: Passage, says: Phrases, links: Crossings) -> Panel:
    title = says.say("reports.playbook.passage", document=passage.document, section=passage.section)
    spans = says.line("reports.playbook.id", id=passage.id)
    if users := links.users_of.get(passage.id):
        spans = says.line("reports.playbook.back", id=passage.id, findings=says.joined(links.to_findings(users)))
    blocks = (*blocks_of(passage.text), Paragraph(spans=spans, tone="small"))
    return Panel(place="passage", id=passage.id, level=2, title=title, blocks=blocks)


def figures(report: Report, says: Phrases) -> Section | None:
    """List every figure from outside with its source and whether it was checked."""
    shown = claims(report)
    if not shown:
        return None
    head = (
        says.say("reports.figures.figure"),
        says.say("reports.figures.source"),
        says.say("reports.figures.date"),
        says.say("reports.figures.checked"),
    )
    rows = tuple(_figure(claim, says) for claim in shown)
    table = Table(head=head, rows=rows, widths=(0.4, 0.28, 0.15, 0.17), named=False)
    return Section(id="figures", title=says.say("reports.figures.heading"), short=says.say("reports.figures.short"), blocks=(table,))


def _figure(claim: Claim, says: Phrases) -> Row:
    cells = (claim.text, claim.source, claim.date, says.say(_STATES[claim.state]))
    return Row(cells=tuple((Text(text=cell),) for cell in cells), claim=claim.id)


def corrections(report: Report, says: Phrases) -> Section | None:
    """List every answer that was replaced, with the finding it was about."""
    items = [
        Bullet(
            spans=says.line(
                "reports.corrections.item", finding=to_finding(finding), words=flat(quote.text), source=Typed(text=says.source(quote))
            )
        )
        for gap in report.gaps
        for finding in gap.findings
        for quote in finding.corrected
    ]
    if not items:
        return None
    blocks = (Paragraph(spans=says.line("reports.corrections.told")), Bullets(items=tuple(items)))
    return Section(id="corrections", title=says.say("reports.corrections.heading"), blocks=blocks)


def about(report: Report, says: Phrases) -> Section | None:
    """List what the person said about the project."""
    p = report.profile
    months = None if p.months_in_pilot is None else says.months((p.months_in_pilot, p.months_in_pilot))
    tasks = None if p.tasks_per_month is None else says.say("reports.tasks", tasks=p.tasks_per_month)
    told = (
        (says.say("reports.about.company"), p.company),
        (says.say("reports.about.industry"), p.industry),
        (says.say("reports.about.size"), p.size),
        (says.say("reports.about.answered_by"), ", ".join(report.respondents) or p.role),
        (says.say("reports.about.project"), p.project),
        (says.say("reports.about.stage"), p.stage),
        (says.say("reports.about.months_in_pilot"), months),
        (says.say("reports.about.spend"), p.spend),
        (says.say("reports.about.tasks_per_month"), tasks),
        (says.say("reports.about.value_per_task"), p.value_per_task),
        (says.say("reports.about.target_date"), p.target_date),
    )
    rows = tuple(Row(cells=((Text(text=label),), (Typed(text=value),))) for label, value in told if value)
    table = Table(rows=rows, widths=(0.28, 0.72))
    return Section(id="about", title=says.say("reports.about.heading"), blocks=(table,)) if rows else None


def made_by(report: Report, says: Phrases) -> Section:
    """Say how the report came about, in enough detail to repeat it."""
    made, total = report.method, sum(len(gap.findings) for gap in report.gaps)
    parts = [says.say("reports.method.asked", asked=made.asked, total=total, depth=made.depth), says.say("reports.method.arithmetic")]
    readers = [says.say(key, count=made.read_by[reader]) for reader, key in _READERS.items() if made.read_by.get(reader)]
    if len(readers) > 1:
        parts.append(says.say("reports.method.readers", readers=", ".join(readers)))
    if any(sentence.by == "model" for gap in report.gaps for sentence in gap.told):
        parts.append(says.say("reports.method.worded"))
    parts.append(says.say("reports.method.versions", rubric=made.rubric_version, reader=made.assessor, schema=made.schema_version))
    blocks: tuple[Block, ...] = (Paragraph(spans=(Text(text=" ".join(parts)),), tone="small"),)
    return Section(id="method", title=says.say("reports.method.heading"), short=says.say("reports.method.short"), blocks=blocks)
