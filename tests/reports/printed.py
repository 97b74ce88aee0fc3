"""Reports as each form prints them, for tests."""

import io
import re
from typing import Any

import docx
import pymupdf
from docx.oxml.ns import qn

from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.brand import DEFAULT, Brand
from app.reports.layout import Outline
from app.reports.outline import outline
from app.reports.to_docx import to_docx
from app.reports.to_html import to_html
from app.reports.to_markdown import board_page, to_markdown
from app.reports.to_pdf import to_pdf

HEAD, FOOT = 66, 58
"""Points of a page that its running head and its number take."""


def laid_out(knowledge: Knowledge, report: Report, brand: Brand = DEFAULT) -> Outline:
    return outline(report, knowledge.words, brand)


def page_of(knowledge: Knowledge, report: Report, brand: Brand = DEFAULT, *, edit: str = "") -> str:
    return to_html(laid_out(knowledge, report, brand), knowledge.words, edit=edit)


def markdown_of(knowledge: Knowledge, report: Report) -> str:
    return to_markdown(laid_out(knowledge, report))


def board_of(knowledge: Knowledge, report: Report) -> str:
    return board_page(laid_out(knowledge, report))


def pdf_of(knowledge: Knowledge, report: Report, brand: Brand = DEFAULT) -> pymupdf.Document:
    return pymupdf.open(stream=to_pdf(laid_out(knowledge, report, brand)), filetype="pdf")


def word_of(knowledge: Knowledge, report: Report) -> Any:
    return docx.Document(io.BytesIO(to_docx(laid_out(knowledge, report))))


def flat(text: str) -> str:
    """On one line, without the places where a long word may break."""
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


def text_of_pdf(document: pymupdf.Document) -> str:
    """What stands between the running heads and the page numbers."""
    return flat(" ".join(page.get_text(clip=pymupdf.Rect(0, HEAD, page.rect.width, page.rect.height - FOOT)) for page in document))


def text_of_word(document: Any) -> str:
    """All paragraphs, with their links, also of tables."""
    paragraphs = ("".join(t.text or "" for t in paragraph.iter(qn("w:t"))) for paragraph in document.element.body.iter(qn("w:p")))
    return flat("\n".join(paragraphs))
