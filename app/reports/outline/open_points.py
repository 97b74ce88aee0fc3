"""What is open between people: what nobody knew, and where they see it differently."""

from app.audit.grammar import sentence, within
from app.audit.told.findings import CriterionReport, PersonStatement
from app.audit.told.report import Report
from app.reports.blocks import Block, Bullet, Bullets, Heading, Paragraph, Row, Section, Table
from app.reports.outline.crossings import to_finding
from app.reports.phrases import Phrases, flat
from app.reports.spans import Spans, Text, Typed


def not_known(report: Report, says: Phrases) -> Section | None:
    """List what is not known yet, with whom to ask what."""
    if not report.unknown:
        return None
    head = (says.say("reports.unknown.point"), says.say("reports.unknown.ask"), says.say("reports.unknown.question"))
    rows = [Row(cells=((to_finding(f),), (Text(text=f.who_knows or ""),), (Text(text=f.question),))) for f in report.unknown]
    table = Table(head=head, rows=tuple(rows), widths=(0.22, 0.25, 0.53))
    return Section(id="unknown", title=says.say("reports.unknown.heading"), short=says.say("reports.unknown.short"), blocks=(table,))


def differing(report: Report, says: Phrases) -> Section | None:
    """List what people put at different levels, or only some of them could say."""
    disputed = [finding for gap in report.gaps for finding in gap.findings if finding.disputed]
    if not disputed:
        return None
    blocks = [block for finding in disputed for block in _statements(finding, says)]
    rule = Paragraph(spans=says.line("reports.people.rule"), tone="small")
    return Section(id="statements", title=says.say("reports.people.heading"), blocks=(*blocks, rule))


def _statements(finding: CriterionReport, says: Phrases) -> tuple[Block, Block]:
    return (
        Heading(level=2, spans=(to_finding(finding),)),
        Bullets(items=tuple(_item(one, says) for one in finding.statements)),
    )


def _item(one: PersonStatement, says: Phrases) -> Bullet:
    quotes = [says.line("reports.people.quote", words=flat(quote.text)) for quote in one.quotes]
    spaced = [span for quote in quotes for span in (Text(text=" "), *quote)]
    return Bullet(spans=(*says.line("reports.people.item", who=says.name(one.who), puts=_puts(one, says)), *spaced))


def _puts(one: PersonStatement, says: Phrases) -> Spans:
    """Say where one person puts it, on which evidence, and whether the rating follows from it."""
    told = within(one.statement.rstrip("."))
    where: Spans = (Typed(text=told),)
    if one.level is not None:
        where = says.line("reports.people.level", level=one.level, told=told)
    if one.grade:
        where = says.line("reports.people.on_evidence", where=where, grade=says.grade(one.grade))
    if one.counts:
        return says.line("reports.people.counts", where=where)
    return (*where[:-1], where[-1].model_copy(update={"text": sentence(where[-1].text)}))
