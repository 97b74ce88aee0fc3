"""The report as PDF, set by Typst: what people typed is handed over as data and never becomes source."""

import json
import re
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.audit.report import Report
from app.reports import words
from app.reports.charts import bars, radar

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_LONG_WORD = re.compile(r"\S{24}(?=\S{16})")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def to_pdf(report: Report) -> bytes:
    """Typeset a report on A4."""
    import typst

    inputs = {"report": json.dumps(_breakable(_data(report))), "radar": radar(report), "bars": bars(report)}
    pdf: bytes = typst.compile(str(_TEMPLATE), format="pdf", sys_inputs=inputs)
    return pdf


def _data(report: Report) -> dict[str, Any]:
    """Everything as text, as it is to be printed."""
    data = report.model_dump(mode="json")
    result = report.result
    data["title"] = report.profile.title
    data["day"] = words.day(report.made_at.date())
    data["score"] = words.points(result.overall.value)
    data["spread"] = words.capital(words.spread(result.overall))
    data["coverage"] = words.coverage(report)
    data["lines"] = [{"text": line.text, "answer": words.ANSWERS[line.answer], "state": line.answer} for line in result.checklist]
    data["moves"] = [{**move.model_dump(mode="json"), "by": words.day(move.by)} for move in report.first_moves]
    for gap, shown in zip(report.gaps, data["gaps"], strict=True):
        shown["value"] = "not known yet" if gap.score is None else f"{words.points(gap.score)} of 100"
        for finding, row in zip(gap.findings, shown["findings"], strict=True):
            row["statement"] = words.capital(finding.statement)
            row["sure"] = words.sure(finding)
            row["evidence"] = words.GRADES[finding.grade] if finding.grade else ""
            row["gain"] = words.gain(finding.lever.points) if finding.lever else ""
    for sprint, shown in zip(report.roadmap.sprints, data["roadmap"]["sprints"], strict=True):
        shown["when"] = f"{words.day(sprint.starts)} to {words.day(sprint.ends)}"
        shown["effort"] = words.days(sprint.effort_days) if sprint.tasks else ""
        shown["score"] = words.points(sprint.expected.value)
        for task, row in zip(sprint.tasks, shown["tasks"], strict=True):
            row["effort"] = words.days(task.effort_days)
            row["after"] = ", ".join(task.after).lower()
    for passage in data["passages"]:
        passage["blocks"] = _blocks(passage["text"])
    return data


def _breakable(value: Any) -> Any:
    """Let words that are wider than a line break, wherever they stand."""
    if isinstance(value, dict):
        return {key: _breakable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    return _LONG_WORD.sub("\\g<0>\u200b", value) if isinstance(value, str) else value


def _blocks(text: str) -> list[dict[str, Any]]:
    """Turn a passage's Markdown into paragraphs and list items of runs: [{kind, runs: [{text, bold}]}]."""
    blocks: list[dict[str, Any]] = []
    kind = "paragraph"
    for token in _MARKDOWN.parse(text):
        if token.type == "list_item_open":
            kind = "item"
        elif token.type == "list_item_close":
            kind = "paragraph"
        elif token.type == "inline":
            blocks.append({"kind": kind, "runs": _runs(token.children or [])})
    return blocks


def _runs(tokens: list[Token]) -> list[dict[str, Any]]:
    runs, bold = [], False
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type == "softbreak":
            runs.append({"text": " ", "bold": False})
        elif token.content:
            runs.append({"text": token.content, "bold": bold})
    return runs
