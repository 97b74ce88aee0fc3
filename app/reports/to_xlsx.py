"""The report's data as a workbook; text stays text, whatever sign it begins with."""

import io

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.reports.layout import Datum, Outline, Sheet
from app.reports.word_parts import clean

LONGEST = 32_000
"""Letters that a cell takes."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def to_xlsx(outline: Outline) -> bytes:
    """Write a report's sheets as .xlsx."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = clean(outline.title.text), clean(outline.brand.name)
    for sheet in outline.sheets:
        _write(book, sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    """Write a sheet with a head that stays in sight."""
    made = book.create_sheet(sheet.name)
    made.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        made.column_dimensions[get_column_letter(number)].width = column.width
    made.append([_cell(made, column.name, bold=True) for column in sheet.columns])
    for row in sheet.rows:
        made.append([_cell(made, datum) for datum in row])


def _cell(sheet: object, value: Datum, *, bold: bool = False) -> Cell:
    """Make a cell; text that looks like a formula is marked as text, so that no program computes it."""
    cell = WriteOnlyCell(sheet, value=clean(value)[:LONGEST] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)
    return cell
