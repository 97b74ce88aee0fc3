"""The five gaps, and every criterion as a card: its level, the words it rests on, and what would move it."""

from app.audit.grammar import capital, sentence, within
from app.audit.told.findings import CriterionReport, GapReport, Quote
from app.audit.told.report import Report
from app.reports.blocks import Block, Panel, Paragraph, Picture, QuoteLine, Quotes, Section
from app.reports.charts import bars, radar
from app.reports.letters import direction
from app.reports.outline.crossings import Crossings
from app.reports.phrases import Phrases
from app.reports.spans import Spans, Text, Typed


def gaps(report: Report, says: Phrases, links: Crossings) -> list[Section]:
    """Draw the five gaps, then lay each one out."""
    pictures = (
        Picture(name="radar", svg=radar(report, says), told=says.say("reports.charts.radar", gaps=says.gaps(report.gaps))),
        Picture(name="bars", svg=bars(report, says), told=says.say("reports.charts.bars")),
    )
    heading = says.say("reports.gaps")
    return [Section(id="gaps", title=heading, short=heading, blocks=pictures), *(_gap(gap, says, links) for gap in report.gaps)]


def _gap(gap: GapReport, says: Phrases, links: Crossings) -> Section:
    blocks: list[Block] = [
        Paragraph(spans=says.line("reports.gap.stands", line=says.gap_line(gap), summary=gap.summary), tone="soft"),
        *([Paragraph(spans=(Typed(text=gap.words),))] if gap.told else []),
        *(_finding(finding, says, links) for finding in gap.findings),
    ]
    return Section(id=f"gap-{gap.gap}", title=gap.title, blocks=tuple(blocks))


def _finding(finding: CriterionReport, says: Phrases, links: Crossings) -> Panel:
    blocks: list[Block] = [Paragraph(spans=(_statement(finding),)), _quotes(finding, says)]
    blocks += [Paragraph(spans=says.corrected(quote), tone="small") for quote in finding.corrected]
    if footing := _footing(finding, says):
        blocks.append(Paragraph(spans=footing, tone="small"))
    if lever := _lever(finding, says):
        blocks.append(Paragraph(spans=lever, tone="small"))
    if passages := links.to_passages(finding.passages):
        blocks.append(Paragraph(spans=says.line("reports.finding.passages", passages=says.joined(passages)), tone="small"))
    if tasks := links.to_tasks(finding.criterion):
        blocks.append(Paragraph(spans=says.line("reports.finding.tasks", tasks=says.joined(tasks)), tone="small"))
    badge = "" if finding.level is None else says.say("reports.level", level=finding.level, name=finding.level_name or "")
    return Panel(place="finding", id=finding.criterion, level=2, title=finding.name, badge=badge, blocks=tuple(blocks))


def _statement(finding: CriterionReport) -> Text | Typed:
    """Say where it stands; the reason why something does not apply is the person's."""
    told = sentence(capital(finding.statement))
    return Typed(text=told) if finding.level is None else Text(text=told)


def _quotes(finding: CriterionReport, says: Phrases) -> Block:
    if not finding.quotes:
        return Paragraph(spans=says.line("reports.finding.no_words"), tone="small")
    return Quotes(quotes=tuple(_quote(quote, says) for quote in finding.quotes))


def _quote(quote: Quote, says: Phrases) -> QuoteLine:
    return QuoteLine(words=Typed(text=quote.text), source=Typed(text=says.source(quote)), rtl=direction(quote.text) == "rtl")


def _footing(finding: CriterionReport, says: Phrases) -> Spans:
    """Say in one line how well a rating is founded, how surely it was read, and what was noted."""
    noted = finding.note if finding.standing != "not_applicable" else ""
    if finding.grade is None:
        return (Typed(text=sentence(capital(noted))),) if noted else ()
    grade, sure = says.grade(finding.grade), _sure(finding, says)
    if not noted:
        return says.line("reports.finding.evidence", grade=grade, sure=sure)
    return says.line("reports.finding.evidence_noted", grade=grade, sure=sure, noted=Typed(text=sentence(noted)))


def _sure(finding: CriterionReport, says: Phrases) -> str:
    """Say how sure the reading is."""
    if finding.level is None:
        return ""
    if finding.confidence >= 0.75:
        return says.say("reports.sure.high")
    return says.say("reports.sure.medium") if finding.confidence >= 0.5 else says.say("reports.sure.low")


def _lever(finding: CriterionReport, says: Phrases) -> Spans:
    """Say what would move a rating, or settle what is not known."""
    found = finding.lever
    if found is None:
        return ()
    points, proof = round(found.points), sentence(within(found.proof))
    if finding.level is None:
        return says.line("reports.finding.would_settle", fact=found.fact, points=points, proof=proof)
    return says.line("reports.finding.would_move", fact=found.fact, points=points, proof=proof)
