"""Ratings, plan, checklist and quotes as a workbook; text stays text, whatever sign it begins with."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.audit.told.report import Report
from app.reports import words
from app.reports.brand import DEFAULT, Brand
from app.reports.word_parts import clean

Field = str | float | int | date | None
LONGEST = 32_000
"""Letters that a cell takes."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def to_xlsx(report: Report, brand: Brand = DEFAULT) -> bytes:
    """Write a report's tables as .xlsx."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = clean(words.title(report)), clean(brand.name)
    findings = [(gap, finding) for gap in report.gaps for finding in gap.findings]
    _sheet(
        book,
        "Ratings",
        {
            "Gap": 16,
            "Id": 24,
            "Criterion": 22,
            "Level": 8,
            "Name": 16,
            "Statement": 60,
            "Standing": 14,
            "Evidence": 22,
            "Confidence": 12,
            "Ask": 30,
        },
        [
            (g.name, f.criterion, f.name, f.level, f.level_name, f.statement, f.standing, f.grade, round(f.confidence, 2), f.who_knows)
            for g, f in findings
        ],
    )
    _sheet(
        book,
        "Plan",
        {
            "Sprint": 8,
            "Id": 26,
            "Action": 44,
            "Owner": 26,
            "Days low": 10,
            "Days high": 10,
            "From day": 10,
            "To day": 10,
            "Starts": 12,
            "Done when": 60,
        },
        [
            (s.number, t.id, t.title, t.owner, t.effort_days[0], t.effort_days[1], t.first_day, t.last_day, s.starts, t.done_when)
            for s in report.roadmap.sprints
            for t in s.tasks
        ],
    )
    lines = [(line.gap, line.text, words.ANSWERS[line.answer]) for line in report.result.checklist]
    _sheet(book, "Checklist", {"Gap": 16, "Line": 70, "Answer": 16}, lines)
    quotes = [(f.criterion, q.who, q.turn, q.read_by, q.text) for _, f in findings for q in (*f.quotes, *f.corrected)]
    _sheet(book, "Quotes", {"Id": 24, "Who": 20, "Turn": 8, "Read by": 12, "Words": 90}, quotes)
    if told := [
        (f.criterion, a.who, a.level, a.statement, a.grade, "yes" if a.counts else "no") for _, f in findings for a in f.statements
    ]:
        _sheet(book, "Who said what", {"Id": 24, "Who": 24, "Level": 8, "Statement": 60, "Evidence": 22, "Counts": 10}, told)
    if report.comparison:
        then = [(m.criterion, m.name, m.before, m.now, m.was, m.stands) for m in report.comparison.moved]
        _sheet(book, "Since last time", {"Id": 24, "Criterion": 22, "Then": 8, "Now": 8, "Stood": 60, "Stands": 60}, then)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, title: str, columns: dict[str, int], rows: Sequence[Sequence[Field]]) -> None:
    """Write a sheet with a head that stays in sight; `columns` are names with their widths in letters."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, field) for field in row])


def _cell(sheet: object, value: Field, *, bold: bool = False) -> Cell:
    """Make a cell; text that looks like a formula is marked as text, so that no program computes it."""
    cell = WriteOnlyCell(sheet, value=clean(value)[:LONGEST] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)
    return cell
