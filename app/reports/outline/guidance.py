"""A passage's Markdown as blocks: paragraphs and lists with strong words, which is all that the playbook uses."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.reports.blocks import Block, Bullet, Bullets, Paragraph
from app.reports.spans import Span, Spans, Text

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


# There are about a hundred passages, and every report shows some of them.
@lru_cache(maxsize=512)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Read the playbook's Markdown."""
    blocks: list[Block] = []
    items: list[Bullet] = []
    for token in _MARKDOWN.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = []
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            blocks.append(Bullets(items=tuple(items), numbered=token.type == "ordered_list_close"))
        elif token.type == "inline":
            spans = _spans(token.children or [])
            if token.level > 1:
                items.append(Bullet(spans=spans))
            else:
                blocks.append(Paragraph(spans=spans))
        elif token.type in ("fence", "code_block"):
            blocks.append(Paragraph(spans=(Text(text=token.content),)))
    return tuple(blocks)


def _spans(tokens: list[Token]) -> Spans:
    spans: list[Span] = []
    strong = False
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            spans.append(Text(text=" "))
        elif token.content:
            spans.append(Text(text=token.content, strong=strong))
    return tuple(spans)
