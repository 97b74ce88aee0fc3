"""The report as PDF, set by Typst: what people typed is handed over as data and never becomes source."""

import json
import re
from pathlib import Path
from typing import Any

from app.audit.again.comparison import Comparison
from app.audit.plan.roadmap import Sprint, Task
from app.audit.told.findings import CriterionReport, PersonStatement, Quote
from app.audit.told.report import Report
from app.reports import deciding, since, statements, waiting, words
from app.reports.before_after import before_after
from app.reports.brand import DEFAULT, Brand
from app.reports.charts import bars, radar
from app.reports.crossings import Crossings, corrections, crossings
from app.reports.gantt import gantt
from app.reports.letters import direction, has_boxes, visible
from app.reports.runs import Row, blocks

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_RUNNING = 60
"""Letters of the title that fit into the running header."""
_SHORT = 1200
"""Letters that still fit on a page together with what stands around them, so that it need not break."""
_LONG_WORD = re.compile(r"\S{24}(?=\S{16})")


def to_pdf(report: Report, brand: Brand = DEFAULT) -> bytes:
    """Typeset a report on A4, tagged, with the typesetter's own fonts."""
    import typst

    data = json.dumps(_printable(_data(report, brand)))
    inputs = {
        "report": data,
        "radar": radar(report),
        "bars": bars(report),
        "gantt": gantt(report),
        "before_after": before_after(report.comparison),
        "logo": _logo(brand),
    }
    pdf: bytes = typst.compile(
        str(_TEMPLATE), format="pdf", sys_inputs=inputs, ignore_system_fonts=True, timestamp=int(report.made_at.timestamp())
    )
    return pdf


def _data(report: Report, brand: Brand) -> Row:
    """Everything as text, as it is to be printed."""
    links, result = crossings(report), report.result
    typed = [q.text for gap in report.gaps for f in gap.findings for q in (*f.quotes, *f.corrected)]
    return {
        "title": words.title(report),
        "brand": {"name": brand.name, "accent": brand.accent, "closing": brand.closing, "contact": " · ".join(brand.contact_lines)},
        "running": words.title(report, _RUNNING),
        "day": words.day(report.made_at.date()),
        "verdict": report.verdict,
        "score": "" if result.overall.value is None else words.points(result.overall.value),
        "band": report.band_name,
        "spread": words.capital(f"{words.spread(result.overall)}; {words.coverage(report)}."),
        "lines": [{"text": line.text, "answer": words.ANSWERS[line.answer], "state": line.answer} for line in result.checklist],
        "bottleneck": report.bottleneck.why if report.bottleneck else "",
        "first": words.first_moves(report),
        "moves": [_move(move.title, move.first_step, move.owner, words.day(move.by)) for move in report.first_moves],
        "waiting": {
            "heading": waiting.HEADING,
            "said": waiting.sentences(report),
            "rests": [words.sentence(waiting.assumption(made)) for made in report.impact.assumptions],
            "missing": [{"what": f"{one.what}:", "how": one.how_to_get_it} for one in report.impact.missing],
            "proof": waiting.PROOF,
            "rests_on": waiting.RESTS_ON,
            "missing_head": waiting.MISSING,
        },
        "asks": [
            {"who": words.capital(who), "points": [{"id": f.criterion, "name": f.name} for f in points]}
            for who, points in deciding.to_ask(report)
        ],
        "later": deciding.not_yet(report)[:3],
        "tried": deciding.tried_out(report) if report.what_if.anything else "",
        "refusals": list(report.roadmap.refusals),
        "not_yet": [f"{item.title}: {words.sentence(item.reason)}" for item in report.not_yet],
        "gaps": [
            {
                "title": gap.title,
                "line": words.gap_line(gap),
                "summary": gap.summary,
                "told": gap.words,
                "findings": [_finding(f, links) for f in gap.findings],
            }
            for gap in report.gaps
        ],
        "told": {
            "radar": f"Radar of the five gaps. {words.gaps(report)}",
            "bars": f"Bars of the five gaps. {words.gaps(report)}",
            "gantt": "The plan by days; each task stands below.",
        },
        "since": _since(report.comparison),
        "statements": {
            "heading": statements.HEADING,
            "rule": statements.RULE,
            "points": [
                {"id": f.criterion, "name": f.name, "said": [_account(one) for one in f.statements]} for f in statements.disputed(report)
            ],
        },
        "unknown": [{"id": f.criterion, "name": f.name, "who": f.who_knows, "question": f.question} for f in report.unknown],
        "capacity": f"{report.roadmap.capacity_days:g}",
        "sprints": [_sprint(sprint, links) for sprint in report.roadmap.sprints],
        "passages": [
            {
                "id": p.id,
                "title": f"{p.document}: {p.section}",
                "short": len(p.text) < _SHORT,
                "blocks": blocks(p.text),
                "users": _users(p.id, links),
            }
            for p in report.passages
        ],
        "claims": [[c.text, c.source, c.date, c.state] for c in words.claims(report)],
        "corrections": [{"id": finding.criterion, "name": finding.name, **_quote(quote)} for finding, quote in corrections(report)],
        "about": [list(pair) for pair in words.about(report)],
        "method": words.method(report),
        "boxes": has_boxes(" ".join([*typed, words.title(report), *(value for _, value in words.about(report))])),
    }


def _logo(brand: Brand) -> str:
    """Return the logo as a drawing, a picture wrapped into one; empty without one."""
    if not brand.logo:
        return ""
    inside = f"<image href='{brand.logo_uri}' width='100%' height='100%' preserveAspectRatio='xMinYMid meet'/>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='100' viewBox='0 0 400 100'>{inside}</svg>"


def _move(title: str, step: str, owner: str, by: str) -> Row:
    return {"title": words.sentence(title), "step": step, "owner": f"{owner}, by {by}" if by else owner}


def _quote(quote: Quote) -> Row:
    return {
        "text": quote.text,
        "flat": " ".join(quote.text.split()),
        "dir": direction(quote.text),
        "said": words.said(quote),
    }


def _account(account: PersonStatement) -> Row:
    quotes = " ".join(f"“{' '.join(quote.text.split())}”" for quote in account.quotes)
    return {"who": f"{statements.name(account.who)}:", "line": statements.line(account), "quotes": quotes}


def _since(found: Comparison | None) -> Row | None:
    if found is None:
        return None
    return {
        "heading": since.HEADING,
        "said": " ".join(since.sentences(found)),
        "told": f"Scores before and now. {' '.join(since.sentences(found)[:1])}",
        "moved_head": since.MOVED,
        "columns": list(since.COLUMNS),
        "moved": [{"id": id_, "name": name, "was": was, "now": now} for id_, name, was, now in since.moved(found)],
        "work_head": since.PLAN,
        "work": [{"title": one.title, "outcome": since.OUTCOMES[one.outcome]} for one in found.work],
    }


def _finding(finding: CriterionReport, links: Crossings) -> Row:
    return {
        "id": finding.criterion,
        "name": finding.name,
        "level": "" if finding.level is None else f"level {finding.level}, {finding.level_name}",
        "statement": words.sentence(words.capital(finding.statement)),
        "short": sum(len(quote.text) for quote in (*finding.quotes, *finding.corrected)) + len(finding.note) < _SHORT,
        "quotes": [_quote(quote) for quote in finding.quotes],
        "corrected": [_quote(quote) for quote in finding.corrected],
        "footing": words.sentence(words.footing(finding)) if words.footing(finding) else "",
        "lever": list(words.lever(finding) or ()),
        "passages": [{"id": p.id, "section": p.section} for p in links.shown(finding)],
        "tasks": [{"id": task.id, "title": task.title} for task in links.tasks_of.get(finding.criterion, [])],
    }


def _sprint(sprint: Sprint, links: Crossings) -> Row:
    return {
        "title": f"Days {sprint.first_day} to {sprint.last_day}: {sprint.title}",
        "line": words.sprint_line(sprint),
        "tasks": [_task(task, links) for task in sprint.tasks],
    }


def _task(task: Task, links: Crossings) -> Row:
    passage = links.passage(task.passage)
    return {
        "id": task.id,
        "title": task.title,
        "owed": words.owed(task),
        "steps": task.steps,
        "done": words.sentence(task.done_when),
        "criterion": task.criterion,
        "why": links.findings[task.criterion].name,
        "how": {"id": passage.id, "section": passage.section} if passage else None,
    }


def _users(passage: str, links: Crossings) -> list[Row]:
    return [{"id": criterion, "name": links.findings[criterion].name} for criterion in links.users_of.get(passage, [])]


def _printable(value: Any) -> Any:
    """Take out what cannot be seen, and let words that are wider than a line break."""
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return _LONG_WORD.sub("\\g<0>\u200b", visible(value)) if isinstance(value, str) else value
