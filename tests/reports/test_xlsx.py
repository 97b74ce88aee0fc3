"""The workbook, opened again: text stays text, numbers are numbers."""

import io
from datetime import datetime

import openpyxl
import pytest

from app.knowledge.load import Knowledge
from app.reports.to_xlsx import to_xlsx
from tests.audit.ledgers import entry
from tests.reports.printed import laid_out
from tests.reports.reports import KINDS, report, report_of


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_has_its_sheets(knowledge: Knowledge, kind: str) -> None:
    book = opened(to_xlsx(laid_out(knowledge, report(knowledge, kind))))
    assert book.sheetnames == [
        "Ratings",
        "Plan",
        "Checklist",
        "Quotes",
        *{"people": ["Who said what"], "again": ["Since last time"]}.get(kind, []),
    ]
    assert book["Ratings"].max_row == 22
    assert all(sheet.freeze_panes == "A2" for sheet in book)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_looks_like_a_formula_is_text(knowledge: Knowledge, sign: str) -> None:
    attack = f'{sign}HYPERLINK("http://evil.example","click")'
    made = report_of(knowledge, [entry(1, "data.pipeline", 1, quote=attack)], company=attack)
    cell = opened(to_xlsx(laid_out(knowledge, made)))["Quotes"]["E2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == attack.strip()
    assert cell.hyperlink is None


def test_levels_and_days_are_numbers_and_dates(knowledge: Knowledge) -> None:
    book = opened(to_xlsx(laid_out(knowledge, report(knowledge, "stalled"))))
    assert book["Ratings"]["D2"].value == 0
    assert book["Ratings"]["D2"].data_type == "n"
    assert isinstance(book["Plan"]["I2"].value, datetime)
