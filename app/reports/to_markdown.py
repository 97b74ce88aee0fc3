"""The report as Markdown: one page for the chat, and the whole."""

import re

from app.audit.report import Finding, GapReport, Report
from app.audit.roadmap import Sprint
from app.reports import words

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "n/a": "–"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~$&:-])")


def plain(text: str) -> str:
    """Escape what a person typed, so that it stays text in any Markdown reader."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def board_page(report: Report) -> str:
    """Write the page that a board reads."""
    result = report.result
    lines = [f"## {plain(report.profile.title)}: {result.band}", "", report.verdict, ""]
    if result.overall.value is not None:
        lines += [f"**Score {words.points(result.overall.value)} of 100**, {words.spread(result.overall)}; {words.coverage(report)}.", ""]
    lines += ["### The checklist", ""]
    lines += [f"- {_MARKS[line.answer]} {line.text} **{words.ANSWERS[line.answer]}**" for line in result.checklist]
    if report.bottleneck:
        lines += ["", "### The bottleneck", "", report.bottleneck.why]
    if report.first_moves:
        lines += ["", "### Three things to do first", ""]
        for number, move in enumerate(report.first_moves, start=1):
            lines.append(f"{number}. **{move.title}.** {move.first_step} *{move.owner}, by {words.day(move.by)}.*")
    if report.not_yet:
        lines += ["", "### Not yet", ""]
        lines += [f"- {item.title}: {item.reason}." for item in report.not_yet[:3]]
    return "\n".join(lines)


def to_markdown(report: Report) -> str:
    """Write the whole report."""
    parts = [f"# Five-gap audit\n\n{words.day(report.made_at.date())}", board_page(report)]
    parts += [_gap(gap) for gap in report.gaps]
    if report.unknown:
        asks = [f"- **{f.name}**: ask the {f.who_knows}. {f.question}" for f in report.unknown]
        parts.append("\n".join(["## What nobody knew yet", "", *asks]))
    parts.append("## The next 90 days\n\n" + "\n\n".join(_sprint(sprint) for sprint in report.roadmap.sprints))
    if report.not_yet:
        parts.append("\n".join(["## Not yet", "", *[f"- {item.title}: {item.reason}." for item in report.not_yet]]))
    parts.append(
        "## From the playbook\n\n" + "\n\n".join(f"### {p.document}: {p.section}\n\n`{p.id}`\n\n{p.text}" for p in report.passages)
    )
    if report.claims:
        sources = [f"- {c.text} ({c.source}, {c.date}; {c.state})" for c in report.claims]
        parts.append("\n".join(["## Figures and their sources", "", *sources]))
    parts.append(_method(report))
    return "\n\n".join(parts) + "\n"


def _gap(gap: GapReport) -> str:
    score = "not known yet" if gap.score is None else f"{words.points(gap.score)} of 100"
    return "\n\n".join(
        [f"## {gap.title}", f"**{score}**, {gap.known} of {gap.total} known. {gap.summary}", *[_finding(f) for f in gap.findings]]
    )


def _finding(finding: Finding) -> str:
    level = "" if finding.level is None else f" (level {finding.level}, {finding.level_name})"
    lines = [f"### {finding.name}{level}", "", f"{plain(words.capital(finding.statement))}."]
    lines += [
        "",
        *(
            [f"> {plain(q.text)} *(turn {q.turn}{', tapped' if q.read_by == 'tap' else ''})*" for q in finding.quotes]
            or ["*No words were given.*"]
        ),
    ]
    if finding.grade:
        lines += ["", f"Evidence: {words.GRADES[finding.grade]}. Confidence: {words.sure(finding)}."]
    if finding.note and finding.level is not None:
        lines += ["", f"{plain(words.capital(finding.note))}."]
    if finding.lever and finding.level is not None:
        lines += ["", f"What would move it: {finding.lever.fact} Worth {words.gain(finding.lever.points)}."]
    return "\n".join(lines)


def _sprint(sprint: Sprint) -> str:
    head = f"### Days {sprint.first_day} to {sprint.last_day}: {sprint.title}"
    if not sprint.tasks:
        return f"{head}\n\nNothing has to be done here."
    tasks = []
    for task in sprint.tasks:
        after = f" After: {', '.join(task.after).lower()}." if task.after else ""
        tasks.append(f"- **{task.title}** ({task.owner}, {words.days(task.effort_days)}).{after} Done when: {task.done_when}")
        tasks += [f"    - {step}" for step in task.steps]
    expected = "" if sprint.expected.value is None else f"\n\nExpected score after this sprint: {words.points(sprint.expected.value)}."
    return f"{head}\n\n" + "\n".join(tasks) + expected


def _method(report: Report) -> str:
    method = report.method
    return (
        f"## How this came about\n\n{method.asked} criteria were talked about ({method.depth} depth). "
        f"Rubric {method.rubric_version}; read by {method.assessor}. "
        "Unknown is never scored as zero. Effort figures are the playbook's own planning estimates."
    )
