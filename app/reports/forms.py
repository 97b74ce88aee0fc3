"""Every form that a report can be had in: what it is called, and how it is made. The only list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from app.audit.told.report import Report
from app.reports.brand import Brand
from app.reports.to_docx import to_docx
from app.reports.to_html import to_html
from app.reports.to_json import to_json
from app.reports.to_markdown import to_markdown
from app.reports.to_pdf import to_pdf
from app.reports.to_xlsx import to_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Form:
    """One form of a report."""

    media_type: str
    write: Callable[[Report, Brand], bytes]
    is_text: bool = False


FORMS: dict[str, Form] = {
    "md": Form("text/markdown; charset=utf-8", lambda report, brand: to_markdown(report, brand).encode(), is_text=True),
    "html": Form("text/html; charset=utf-8", lambda report, brand: to_html(report, brand).encode(), is_text=True),
    "json": Form("application/json", lambda report, _brand: to_json(report).encode(), is_text=True),
    "pdf": Form("application/pdf", to_pdf),
    "docx": Form(f"{_OFFICE}.wordprocessingml.document", to_docx),
    "xlsx": Form(f"{_OFFICE}.spreadsheetml.sheet", to_xlsx),
}
"""File ending → form."""
