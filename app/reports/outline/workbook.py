"""The report's data as sheets: ratings, plan, checklist, quotes, and who said what."""

from collections.abc import Sequence

from app.audit.told.findings import CriterionReport, GapReport
from app.audit.told.report import Report
from app.reports.layout import Column, Datum, Sheet
from app.reports.outline.board import answer
from app.reports.phrases import Phrases

_STANDINGS = {
    "rated": "reports.standing.rated",
    "unknown": "reports.standing.unknown",
    "not_applicable": "reports.standing.not_applicable",
    "skipped": "reports.standing.skipped",
    "bare": "reports.standing.bare",
    "open": "reports.standing.open",
}
_RATINGS = (16, 24, 22, 8, 16, 60, 14, 22, 12, 30)
_PLAN = (8, 26, 44, 26, 10, 10, 10, 10, 12, 60)
_CHECKLIST = (16, 70, 16)
_QUOTES = (24, 20, 8, 12, 90)
_PEOPLE = (24, 24, 8, 60, 22, 10)
_SINCE = (24, 22, 8, 8, 60, 60)
"""Widths of each sheet's columns, in letters."""

Rows = Sequence[tuple[Datum, ...]]


def sheets(report: Report, says: Phrases) -> tuple[Sheet, ...]:
    """Lay out the sheets; what there is nothing of has none, but for the first four."""
    findings = [(gap, finding) for gap in report.gaps for finding in gap.findings]
    made = [
        _sheet("reports.sheets.ratings", "reports.columns.ratings", _RATINGS, [_rating(g, f, says) for g, f in findings], says),
        _sheet("reports.sheets.plan", "reports.columns.plan", _PLAN, _tasks(report), says),
        _sheet("reports.sheets.checklist", "reports.columns.checklist", _CHECKLIST, _lines(report, says), says),
        _sheet("reports.sheets.quotes", "reports.columns.quotes", _QUOTES, _quotes(findings), says),
    ]
    if told := _people(findings, says):
        made.append(_sheet("reports.sheets.people", "reports.columns.people", _PEOPLE, told, says))
    if report.comparison:
        then = [(m.criterion, m.name, m.before, m.now, m.was, m.stands) for m in report.comparison.moved]
        made.append(_sheet("reports.sheets.since", "reports.columns.since", _SINCE, then, says))
    return tuple(made)


def _sheet(name: str, columns: str, widths: Sequence[int], rows: Rows, says: Phrases) -> Sheet:
    named = zip(says.many(columns), widths, strict=True)
    return Sheet(name=says.say(name), columns=tuple(Column(name=head, width=width) for head, width in named), rows=tuple(rows))


def _rating(gap: GapReport, f: CriterionReport, says: Phrases) -> tuple[Datum, ...]:
    grade = says.grade(f.grade) if f.grade else None
    standing, sure = says.say(_STANDINGS[f.standing]), round(f.confidence, 2)
    return gap.name, f.criterion, f.name, f.level, f.level_name, f.statement, standing, grade, sure, f.who_knows


def _tasks(report: Report) -> Rows:
    return [
        (s.number, t.id, t.title, t.owner, t.effort_days[0], t.effort_days[1], t.first_day, t.last_day, s.starts, t.done_when)
        for s in report.roadmap.sprints
        for t in s.tasks
    ]


def _lines(report: Report, says: Phrases) -> Rows:
    names = {gap.gap: gap.name for gap in report.gaps}
    return [(names[line.gap], line.text, answer(line.answer, says)) for line in report.result.checklist]


def _quotes(findings: Sequence[tuple[GapReport, CriterionReport]]) -> Rows:
    return [(f.criterion, q.who, q.turn, q.read_by, q.text) for _, f in findings for q in (*f.quotes, *f.corrected)]


def _people(findings: Sequence[tuple[GapReport, CriterionReport]], says: Phrases) -> Rows:
    yes, no = says.say("reports.answer.yes"), says.say("reports.answer.no")
    return [
        (f.criterion, one.who, one.level, one.statement, says.grade(one.grade) if one.grade else None, yes if one.counts else no)
        for _, f in findings
        for one in f.statements
    ]
