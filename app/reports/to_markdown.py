"""The report as Markdown: one page for the chat, and the whole."""

import re

from app.audit.plan.roadmap import Sprint, Task
from app.audit.told.findings import CriterionReport, GapReport
from app.audit.told.report import Report
from app.reports import deciding, since, statements, waiting, words
from app.reports.brand import DEFAULT, Brand
from app.reports.crossings import Crossings, corrections, crossings
from app.reports.letters import visible

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "n/a": "–"}
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


def _section(title: str, lines: list[str]) -> list[str]:
    """A section, or nothing where there is nothing to say."""
    return ["\n".join([f"## {title}", "", *lines])] if lines else []


def board_page(report: Report) -> str:
    """Write the page that a board reads."""
    result = report.result
    lines = [f"## {plain(words.title(report))}: {report.band_name}", "", report.verdict, ""]
    score = "Not scored yet" if result.overall.value is None else f"Score {words.points(result.overall.value)} of 100"
    lines += [f"**{score}**, {words.spread(result.overall)}; {words.coverage(report)}.", "", "### The checklist", ""]
    lines += [f"- {_MARKS[line.answer]} {line.text} **{words.ANSWERS[line.answer]}**" for line in result.checklist]
    if report.bottleneck:
        lines += ["", "### The bottleneck", "", report.bottleneck.why]
    lines += ["", f"### {waiting.HEADING}", "", *waiting.sentences(report)]
    if report.first_moves:
        lines += ["", f"### {words.first_moves(report)}", ""]
        for number, move in enumerate(report.first_moves, start=1):
            by = f", by {words.day(move.by)}" if move.by else ""
            lines.append(f"{number}. **{move.title}.** {move.first_step} *{move.owner}{by}.*")
    if report.not_yet:
        lines += ["", "### Not yet", ""]
        lines += [f"- {said}" for said in deciding.not_yet(report)[:3]]
    return "\n".join(lines)


def to_markdown(report: Report, brand: Brand = DEFAULT) -> str:
    """Write the whole report."""
    links = crossings(report)
    parts = [f"# {plain(brand.name)}\n\n{words.day(report.made_at.date())}", board_page(report)]
    parts += _section(since.HEADING, _since(report))
    parts += [_gap(gap, links) for gap in report.gaps]
    parts += _section(
        "What is not known yet, and who would know", [f"- **{f.name}**: ask the {f.who_knows}. {f.question}" for f in report.unknown]
    )
    parts += _section(statements.HEADING, _accounts(report))
    parts += _section(waiting.PROOF, _waiting(report))
    parts += _section("A try-out", [deciding.tried_out(report)] if report.what_if.anything else [])
    parts.append("## The next 90 days\n\n" + "\n\n".join(_sprint(sprint, links) for sprint in report.roadmap.sprints))
    parts += _section("What could not be changed", [f"- {plain(refusal)}" for refusal in report.roadmap.refusals])
    parts += _section("Not yet", [f"- {item.title}: {words.sentence(item.reason)}" for item in report.not_yet])
    if report.passages:
        told = [f"### {p.document}: {p.section}\n\n`{p.id}`\n\n{p.text}" for p in report.passages]
        parts.append("## From the playbook\n\n" + "\n\n".join(told))
    parts += _section("Figures and their sources", [f"- {c.text} ({c.source}, {c.date}; {c.state})" for c in words.claims(report)])
    changed = [f"- **{finding.name}**, before: “{plain(q.text)}” *({plain(words.said(q))})*" for finding, q in corrections(report)]
    parts += _section("Corrections", changed)
    parts += _section("About the project", [f"- {label}: {plain(value)}" for label, value in words.about(report)])
    parts += _section("How this came about", [words.method(report)])
    parts += [plain(line) for line in (brand.closing, *brand.contact_lines) if line]
    return "\n\n".join(parts) + "\n"


def _waiting(report: Report) -> list[str]:
    found = report.impact
    lines = []
    if found.assumptions:
        lines += [waiting.RESTS_ON, ""]
        lines += [f"- {words.sentence(plain(waiting.assumption(made)))}" for made in found.assumptions]
    if found.missing:
        lines += ["", waiting.MISSING, ""]
        lines += [f"- **{plain(one.what)}**: {plain(one.how_to_get_it)}" for one in found.missing]
    return lines


def _accounts(report: Report) -> list[str]:
    lines = []
    for finding in statements.disputed(report):
        lines += [f"### {finding.name}", ""]
        for one in finding.statements:
            quotes = " ".join(f"“{plain(quote.text)}”" for quote in one.quotes)
            lines.append(f"- **{plain(statements.name(one.who))}**: {plain(statements.line(one))} {quotes}")
        lines.append("")
    return [*lines, statements.RULE] if lines else []


def _since(report: Report) -> list[str]:
    found = report.comparison
    if found is None:
        return []
    lines = [" ".join(since.sentences(found)), "", "| Score | Then | Now |", "|---|---|---|"]
    lines += [
        f"| {pair.name} | {words.points(pair.before.value)} | {words.points(pair.now.value)} |" for pair in (found.overall, *found.gaps)
    ]
    if found.moved:
        lines += ["", f"### {since.MOVED}", ""]
        lines += [f"- **{name}**: {plain(was)} Now: {plain(stands)}" for _, name, was, stands in since.moved(found)]
    if found.work:
        lines += ["", f"### {since.PLAN}", "", *(f"- {since.OUTCOMES[one.outcome]}: {one.title}" for one in found.work)]
    return lines


def _gap(gap: GapReport, links: Crossings) -> str:
    return "\n\n".join(
        [
            f"## {gap.title}",
            f"**{words.gap_line(gap)}** {gap.summary}",
            *([plain(gap.words)] if gap.told else []),
            *[_finding(f, links) for f in gap.findings],
        ]
    )


def _finding(finding: CriterionReport, links: Crossings) -> str:
    level = "" if finding.level is None else f" (level {finding.level}, {finding.level_name})"
    parts = [f"### {finding.name}{level}", words.sentence(plain(words.capital(finding.statement)))]
    parts += [f"> {plain(q.text)} *({plain(words.said(q))})*" for q in finding.quotes] or ["*No words were given.*"]
    parts += [f"Before: “{plain(q.text)}” *({plain(words.said(q))})*" for q in finding.corrected]
    if footing := words.footing(finding):
        parts.append(words.sentence(plain(footing)))
    if lever := words.lever(finding):
        parts.append(f"**{lever[0]}:** {lever[1]}")
    if shown := links.shown(finding):
        parts.append("Playbook: " + ", ".join(f"{p.section} (`{p.id}`)" for p in shown))
    return "\n\n".join(parts)


def _sprint(sprint: Sprint, links: Crossings) -> str:
    head = f"### Days {sprint.first_day} to {sprint.last_day}: {sprint.title}\n\n{words.sprint_line(sprint)}"
    if not sprint.tasks:
        return f"{head}\n\nNothing has to be done here."
    return f"{head}\n\n" + "\n".join(line for task in sprint.tasks for line in _task(task, links))


def _task(task: Task, links: Crossings) -> list[str]:
    passage = links.passage(task.passage)
    how = f" How: `{passage.id}`." if passage else ""
    first = f"- **{task.title}** ({words.owed(task)}). Done when: {words.sentence(task.done_when)}{how}"
    return [first, *(f"    - {step}" for step in task.steps)]
