"""The report as a Word file that can be edited: real styles, tables, bookmarks and links, drawings as pictures."""

import io
from pathlib import Path

from docx import Document
from docx.shared import Cm

from app.audit.grammar import capital
from app.reports.blocks import Block, Bullets, Checklist, Heading, Panel, Paragraph, Picture, Quotes, ScoreFigure, Section, Table
from app.reports.brand import Brand
from app.reports.layout import Outline
from app.reports.spans import Text
from app.reports.word_parts import WordFile

_PICTURE = Path(__file__).parent / "templates" / "picture.typ"
_DPI = 170
_PAGE_WIDTH = 16.5
"""Centimetres between the margins."""
_WIDTHS = {"radar": 11.0, "bars": 13.0, "before_after": 13.0, "gantt": _PAGE_WIDTH}
"""Of each drawing, in centimetres."""
_ANSWER = 3.5
"""Centimetres of a checklist's answers."""


def to_docx(outline: Outline) -> bytes:
    """Write a report as .docx."""
    brand = outline.brand
    file = WordFile(Document(), brand.accent)
    file.set_up(title=outline.document_title, running=outline.running, brand=brand.name, language=outline.language, page_of=outline.page_of)
    if brand.logo:
        file.picture(_logo(brand), Cm(4), outline.logo_told)
    file.text((Text(text=outline.kicker),), style="Subtitle")
    file.heading((outline.title,), 0)
    _blocks(file, outline.lead)
    for section in outline.board:
        file.heading((Text(text=section.title),), 2)
        _blocks(file, section.blocks)
    file.page_break()
    for section in outline.sections:
        _section(file, section)
    for line in (brand.closing, *brand.contact_lines):
        if line:
            file.text((Text(text=line),))
    made = io.BytesIO()
    file.document.save(made)
    return made.getvalue()


def _picture(svg: str) -> io.BytesIO:
    """Draw an SVG as a PNG."""
    import typst

    png: bytes = typst.compile(str(_PICTURE), format="png", ppi=_DPI, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    return io.BytesIO(png)


def _logo(brand: Brand) -> io.BytesIO:
    logo = brand.logo or b""
    return io.BytesIO(logo) if brand.logo_kind == "image/png" else _picture(logo.decode())


def _section(file: WordFile, section: Section) -> None:
    file.heading((Text(text=section.title),), 1, bookmark=("section", section.id))
    _blocks(file, section.blocks)


def _blocks(file: WordFile, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        _block(file, block)


def _block(file: WordFile, block: Block) -> None:
    match block:
        case Heading():
            file.heading(block.spans, block.level)
        case Paragraph():
            file.text(block.spans)
        case ScoreFigure():
            score = f"{block.value} {block.of}: {block.band}" if block.value else block.band
            file.text((Text(text=score, strong=True),))
            file.text((Text(text=block.range),))
        case Picture():
            file.picture(_picture(block.svg), Cm(_WIDTHS[block.name]), block.told)
        case Panel():
            badge = f" ({block.badge})" if block.badge else ""
            file.heading((Text(text=f"{block.title}{badge}"),), block.level, bookmark=(block.place, block.id))
            _blocks(file, block.blocks)
        case Bullets() | Checklist() | Table() | Quotes():
            _lines(file, block)


def _lines(file: WordFile, block: Bullets | Checklist | Table | Quotes) -> None:
    match block:
        case Bullets():
            for item in block.items:
                file.text(item.spans, style="List Number" if block.numbered else "List Bullet", note=item.note)
        case Checklist():
            rows = [((Text(text=line.text),), (Text(text=line.answer, strong=True),)) for line in block.lines]
            file.table(block.head, rows, widths=(_PAGE_WIDTH - _ANSWER, _ANSWER))
        case Table():
            widths = [share * _PAGE_WIDTH for share in block.widths]
            bookmarks = [("claim", row.claim) if row.claim else None for row in block.rows]
            file.table(block.head, [row.cells for row in block.rows], widths=widths, bookmarks=bookmarks)
        case Quotes():
            for quote in block.quotes:
                file.quote(quote.words.text, capital(quote.source.text))
