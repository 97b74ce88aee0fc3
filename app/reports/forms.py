"""Every form that a report can be had in: what it is called, and how it is made. The only list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from app.audit.told.report import Report
from app.audit.words import Words
from app.reports.brand import Brand
from app.reports.outline import outline
from app.reports.to_html import to_html
from app.reports.to_json import to_json
from app.reports.to_markdown import to_markdown
from app.reports.to_pdf import to_pdf

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Form:
    """One form of a report."""

    media_type: str
    write: Callable[[Report, Words, Brand], bytes]
    is_text: bool = False


def _word(report: Report, words: Words, brand: Brand) -> bytes:
    from app.reports.to_docx import to_docx  # python-docx and openpyxl are loaded when somebody wants such a file, not at start

    return to_docx(outline(report, words, brand))


def _workbook(report: Report, words: Words, brand: Brand) -> bytes:
    from app.reports.to_xlsx import to_xlsx

    return to_xlsx(outline(report, words, brand))


FORMS: dict[str, Form] = {
    "md": Form("text/markdown; charset=utf-8", lambda *of: to_markdown(outline(*of)).encode(), is_text=True),
    "html": Form(
        "text/html; charset=utf-8", lambda report, words, brand: to_html(outline(report, words, brand), words).encode(), is_text=True
    ),
    "json": Form("application/json", lambda report, _words, _brand: to_json(report).encode(), is_text=True),
    "pdf": Form("application/pdf", lambda *of: to_pdf(outline(*of))),
    "docx": Form(f"{_OFFICE}.wordprocessingml.document", _word),
    "xlsx": Form(f"{_OFFICE}.spreadsheetml.sheet", _workbook),
}
"""File ending → form."""
