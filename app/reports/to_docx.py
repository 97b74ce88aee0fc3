"""The report as a Word file that can be edited: real styles, tables, bookmarks and links, charts as pictures."""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm

from app.audit.again.comparison import Comparison
from app.audit.plan.roadmap import Sprint, Task
from app.audit.told.findings import CriterionReport, GapReport
from app.audit.told.report import Report
from app.reports import deciding, since, statements, waiting, words
from app.reports.before_after import before_after
from app.reports.brand import DEFAULT, Brand
from app.reports.charts import bars, radar
from app.reports.crossings import Crossings, corrections, crossings
from app.reports.gantt import gantt
from app.reports.word_parts import Sheet

_PICTURE = Path(__file__).parent / "templates" / "picture.typ"
_DPI = 170
_PAGE_WIDTH = Cm(16.5)


def to_docx(report: Report, brand: Brand = DEFAULT) -> bytes:
    """Write a report as .docx, in the same order and words as the page."""
    sheet = Sheet(Document(), brand.accent)
    sheet.set_up(title=f"{brand.name}: {words.title(report)}", running=words.title(report, 60), brand=brand.name)
    links = crossings(report)
    _decide(sheet, report, brand)
    _proof(sheet, report, links)
    _plan(sheet, report, links)
    _appendix(sheet, report, links, brand)
    made = io.BytesIO()
    sheet.document.save(made)
    return made.getvalue()


def picture(svg: str) -> io.BytesIO:
    """Draw an SVG as a PNG."""
    import typst

    png: bytes = typst.compile(str(_PICTURE), format="png", ppi=_DPI, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    return io.BytesIO(png)


def _decide(sheet: Sheet, report: Report, brand: Brand) -> None:
    result = report.result
    if brand.logo:
        drawn = io.BytesIO(brand.logo) if brand.logo_kind == "image/png" else picture(brand.logo.decode())
        sheet.picture(drawn, Cm(4), f"Logo of {brand.name}")
    sheet.text(f"{brand.name} · {words.day(report.made_at.date())}", style="Subtitle")
    sheet.heading(words.title(report), 0)
    sheet.text(report.verdict)
    score = "Not scored yet" if result.overall.value is None else f"{words.points(result.overall.value)} of 100: {report.band_name}"
    sheet.text(score, bold=True)
    sheet.text(words.capital(f"{words.spread(result.overall)}; {words.coverage(report)}."))
    sheet.heading("The checklist", 2)
    sheet.table(("Line", "Answer"), [(line.text, words.ANSWERS[line.answer]) for line in result.checklist], widths=(13.0, 3.5))
    if report.bottleneck:
        sheet.heading("The bottleneck", 2)
        sheet.text(report.bottleneck.why)
    sheet.heading(waiting.HEADING, 2)
    for said in waiting.sentences(report):
        sheet.text(said)
    if report.first_moves:
        sheet.heading(words.first_moves(report), 2)
        for move in report.first_moves:
            by = f", by {words.day(move.by)}" if move.by else ""
            sheet.item(f"{move.title}. ", f"{move.first_step} {move.owner}{by}. Done when: {words.sentence(move.done_when)}", numbered=True)
    if report.not_yet:
        sheet.heading("Not yet", 2)
        for said in deciding.not_yet(report)[:3]:
            sheet.item("", said)
    if report.unknown:
        sheet.heading("What nobody knew, and who would know", 2)
        for who, points in deciding.to_ask(report):
            sheet.links(f"{words.capital(who)}: ", [(f"finding-{f.criterion}", f.name) for f in points], style="List Bullet")


def _proof(sheet: Sheet, report: Report, links: Crossings) -> None:
    sheet.page_break()
    if report.comparison:
        _since(sheet, report.comparison)
    sheet.heading("The five gaps", 1)
    sheet.picture(picture(radar(report)), Cm(11), f"Radar of the five gaps. {words.gaps(report)}")
    sheet.picture(picture(bars(report)), Cm(13), f"Bars of the five gaps. {words.gaps(report)}")
    for gap in report.gaps:
        _gap(sheet, gap, links)
    if report.unknown:
        sheet.heading("What is not known yet, and who would know", 1)
        rows = [(f.name, f.who_knows or "", f.question) for f in report.unknown]
        sheet.table(("Point", "Ask the", "Question"), rows, widths=(4.0, 4.5, 8.0))
    if disputed := statements.disputed(report):
        sheet.heading(statements.HEADING, 1)
        for finding in disputed:
            sheet.heading(finding.name, 2)
            for one in finding.statements:
                quotes = " ".join(f"“{quote.text}”" for quote in one.quotes)
                sheet.item(f"{statements.name(one.who)}: ", f"{statements.line(one)} {quotes}")
        sheet.text(statements.RULE)


def _since(sheet: Sheet, found: Comparison) -> None:
    sheet.heading(since.HEADING, 1)
    sheet.text(" ".join(since.sentences(found)))
    sheet.picture(picture(before_after(found)), Cm(13), f"Scores before and now. {since.sentences(found)[0]}")
    if found.moved:
        sheet.heading(since.MOVED, 2)
        rows: list[tuple[str, ...]] = [(name, was, now) for _, name, was, now in since.moved(found)]
        sheet.table(since.COLUMNS, rows, widths=(4.0, 6.25, 6.25))
    if found.work:
        sheet.heading(since.PLAN, 2)
        done: list[tuple[str, ...]] = [(one.title, since.OUTCOMES[one.outcome]) for one in found.work]
        sheet.table(("Planned", "Today"), done, widths=(13.0, 3.5))


def _gap(sheet: Sheet, gap: GapReport, links: Crossings) -> None:
    sheet.heading(gap.title, 1)
    sheet.text(words.gap_line(gap), bold=True)
    sheet.text(gap.summary)
    if gap.told:
        sheet.text(gap.words)
    for finding in gap.findings:
        _finding(sheet, finding, links)


def _finding(sheet: Sheet, finding: CriterionReport, links: Crossings) -> None:
    level = "" if finding.level is None else f" (level {finding.level}, {finding.level_name})"
    sheet.heading(f"{finding.name}{level}", 2, bookmark=f"finding-{finding.criterion}")
    sheet.text(words.sentence(words.capital(finding.statement)))
    for quote in finding.quotes:
        sheet.quote(quote.text, words.capital(words.said(quote)))
    if not finding.quotes:
        sheet.text("No words were given.", italic=True)
    for quote in finding.corrected:
        sheet.text(f"Before: “{quote.text}” ({words.said(quote)})", italic=True)
    if footing := words.footing(finding):
        sheet.text(words.sentence(footing))
    if lever := words.lever(finding):
        sheet.item(f"{lever[0]}: ", lever[1], style="Normal")
    if shown := links.shown(finding):
        sheet.links("Playbook: ", [(p.id, p.section) for p in shown])
    if tasks := links.tasks_of.get(finding.criterion):
        sheet.links("In the plan: ", [(f"task-{task.id}", task.title) for task in tasks])


def _plan(sheet: Sheet, report: Report, links: Crossings) -> None:
    if waiting.has_proof(report):
        sheet.heading(waiting.PROOF, 1)
        for made in report.impact.assumptions:
            sheet.item("", words.sentence(waiting.assumption(made)))
        for one in report.impact.missing:
            sheet.item(f"{one.what}: ", one.how_to_get_it)
    sheet.heading("The next 90 days", 1)
    if report.what_if.anything:
        sheet.text(f"This is a try-out. {deciding.tried_out(report)}", bold=True)
    for refusal in report.roadmap.refusals:
        sheet.text(refusal)
    sheet.text(f"Planned for {report.roadmap.capacity_days:g} person-days a sprint. Efforts are the playbook's own planning estimates.")
    if drawn := gantt(report):
        sheet.picture(picture(drawn), _PAGE_WIDTH, "The plan by days; each task stands below.")
    for sprint in report.roadmap.sprints:
        _sprint(sheet, sprint, links)
    if report.not_yet:
        sheet.heading("Not yet", 2)
        for item in report.not_yet:
            sheet.item(f"{item.title}: ", words.sentence(item.reason))


def _sprint(sheet: Sheet, sprint: Sprint, links: Crossings) -> None:
    sheet.heading(f"Days {sprint.first_day} to {sprint.last_day}: {sprint.title}", 2)
    sheet.text(words.sprint_line(sprint))
    for task in sprint.tasks:
        _task(sheet, task, links)
    if not sprint.tasks:
        sheet.text("Nothing has to be done here.")


def _task(sheet: Sheet, task: Task, links: Crossings) -> None:
    sheet.heading(task.title, 3, bookmark=f"task-{task.id}")
    sheet.text(words.owed(task))
    for step in task.steps:
        sheet.item("", step)
    sheet.item("Done when: ", words.sentence(task.done_when), style="Normal")
    sheet.links("Why: ", [(f"finding-{task.criterion}", links.findings[task.criterion].name)])
    if passage := links.passage(task.passage):
        sheet.links("How: ", [(passage.id, passage.section)])


def _appendix(sheet: Sheet, report: Report, links: Crossings, brand: Brand) -> None:
    if report.passages:
        sheet.heading("From the playbook", 1)
    for passage in report.passages:
        sheet.heading(f"{passage.document}: {passage.section}", 2, bookmark=passage.id)
        sheet.markdown(passage.text)
        if users := links.users_of.get(passage.id):
            sheet.links("Back to ", [(f"finding-{c}", links.findings[c].name) for c in users])
    if claims := words.claims(report):
        sheet.heading("Figures and their sources", 1)
        rows: list[tuple[str, ...]] = [(c.text, c.source, c.date, c.state) for c in claims]
        sheet.table(("Figure", "Source", "Date", "Checked"), rows, widths=(6.5, 5.0, 2.5, 2.5))
    if changed := corrections(report):
        sheet.heading("Corrections", 1)
        for finding, quote in changed:
            sheet.item(f"{finding.name}, before: ", f"“{quote.text}” ({words.said(quote)})")
    about: list[tuple[Any, ...]] = list(words.about(report))
    if about:
        sheet.heading("About the project", 1)
        sheet.table((), about, widths=(5.0, 11.5))
    sheet.heading("How this came about", 1)
    sheet.text(words.method(report))
    for line in (brand.closing, *brand.contact_lines):
        if line:
            sheet.text(line)
