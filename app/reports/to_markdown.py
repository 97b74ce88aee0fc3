"""The report as Markdown: one page for the chat, and the whole."""

import re
from itertools import groupby

from app.reports.blocks import (
    Block,
    Bullet,
    Bullets,
    Checklist,
    Heading,
    Panel,
    Paragraph,
    Picture,
    Quotes,
    Row,
    ScoreFigure,
    Section,
    Table,
)
from app.reports.layout import Outline
from app.reports.letters import visible
from app.reports.spans import Link, Span, Spans, Typed

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "none": "–"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|<>~$&:@!])")
_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_WEB = re.compile(r"\bwww\.", re.IGNORECASE)


def plain(text: str) -> str:
    """Escape what a person typed, so that it stays text in any Markdown reader."""
    escaped = _SPECIAL.sub(r"\\\1", visible(" ".join(text.split())))
    escaped = _WEB.sub(r"www\\.", escaped)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    mark = start[0]
    return f"{mark}\\{escaped[len(mark) :]}" if mark.isdigit() else f"\\{escaped}"


def board_page(outline: Outline) -> str:
    """Write the page that a board reads."""
    parts = [f"## {plain(outline.title.text)}", *map(_block, outline.lead)]
    return "\n\n".join([*parts, *(_section(section, "###") for section in outline.board)])


def to_markdown(outline: Outline) -> str:
    """Write the whole report."""
    brand = outline.brand
    parts = [f"# {plain(brand.name)}", outline.day, board_page(outline)]
    parts += [_section(section, "##") for section in outline.sections]
    parts += [plain(line) for line in (brand.closing, *brand.contact_lines) if line]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, marks: str) -> str:
    return "\n\n".join([f"{marks} {section.title}", *map(_block, section.blocks)])


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {_line(block.spans)}"
        case Paragraph():
            return _line(block.spans)
        case ScoreFigure():
            score = f"{block.value} {block.of}: {block.band}" if block.value else block.band
            return f"**{score}.** {block.range}"
        case Picture():
            return f"*{block.told}*"
        case Panel():
            badge = f" ({block.badge})" if block.badge else ""
            return "\n\n".join([f"{'#' * (block.level + 1)} {block.title}{badge}", *map(_block, block.blocks)])
        case Quotes():
            return "\n\n".join(f"> {plain(quote.words.text)} *({plain(quote.source.text)})*" for quote in block.quotes)
        case Bullets() | Checklist() | Table():
            return "\n".join(_lines(block))


def _lines(block: Bullets | Checklist | Table) -> list[str]:
    match block:
        case Bullets():
            return [f"{f'{number}.' if block.numbered else '-'} {_item(one)}" for number, one in enumerate(block.items, start=1)]
        case Checklist():
            return [f"- {_MARKS[line.state]} {line.text} **{line.answer}**" for line in block.lines]
        case Table():
            return [f"- {_row(block, row)}" for row in block.rows]


def _item(item: Bullet) -> str:
    return f"{_line(item.spans)} *{_line(item.note)}*" if item.note else _line(item.spans)


def _row(table: Table, row: Row) -> str:
    """Write a row as a line: a table of sentences cannot be read as plain text."""
    first, *others = map(_line, row.cells)
    if not table.head:
        return f"{first}: {', '.join(others)}"
    named = f"**{first}**" if table.named else first
    return " · ".join([named, *(f"{head}: {cell}" for head, cell in zip(table.head[1:], others, strict=True))])


def _line(spans: Spans) -> str:
    runs = groupby(spans, key=lambda span: not isinstance(span, Link) and span.strong)
    return "".join(f"**{text}**" if strong else text for strong, text in ((strong, "".join(map(_span, run))) for strong, run in runs))


def _span(span: Span) -> str:
    if isinstance(span, Link):
        return f"{span.text} (`{span.id}`)" if span.place == "passage" else span.text
    return plain(span.text) if isinstance(span, Typed) else span.text
