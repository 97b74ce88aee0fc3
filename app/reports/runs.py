"""A passage's Markdown as runs of text, for whatever sets it: it gets data and never source."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Row = dict[str, Any]
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def blocks(text: str) -> list[Row]:
    """Turn a passage's Markdown into paragraphs and list items of runs: [{kind, runs: [{text, bold}]}]."""
    blocks: list[Row] = []
    lists: list[str] = []
    for token in _MARKDOWN.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("item" if token.type == "bullet_list_open" else "step")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "inline":
            blocks.append({"kind": lists[-1] if lists else "paragraph", "runs": _runs(token.children or [])})
        elif token.type in ("fence", "code_block"):
            blocks.append({"kind": "paragraph", "runs": [{"text": token.content, "bold": False}]})
    return blocks


def _runs(tokens: list[Token]) -> list[Row]:
    runs, bold = [], False
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            runs.append({"text": " ", "bold": False})
        elif token.content:
            runs.append({"text": token.content, "bold": bold})
    return runs
