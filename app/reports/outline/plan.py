"""The next ninety days: a try-out, the sprints with their tasks, and what is left for later."""

from app.audit.grammar import sentence, within
from app.audit.plan.roadmap import Postponed, Sprint, Task
from app.audit.told.report import Report
from app.reports.blocks import Block, Bullet, Bullets, Heading, LaterChange, Panel, Paragraph, Picture, Section, TaskChange
from app.reports.gantt import gantt
from app.reports.outline.crossings import Crossings
from app.reports.phrases import Phrases
from app.reports.spans import Text, Typed


def plan(report: Report, says: Phrases, links: Crossings) -> Section:
    """Lay out the plan."""
    blocks: list[Block] = [_try_out(report, says)] if report.what_if.anything else []
    blocks.append(Paragraph(spans=says.line("reports.plan.capacity", days=report.roadmap.capacity_days), tone="soft"))
    if drawn := gantt(report, says):
        blocks.append(Picture(name="gantt", svg=drawn, told=says.say("reports.charts.gantt")))
    for sprint in report.roadmap.sprints:
        blocks += _sprint(sprint, says, links)
    if report.not_yet:
        blocks.append(Heading(level=2, spans=says.line("reports.later.heading")))
        blocks.append(Bullets(items=tuple(_later(one, report, says) for one in report.not_yet)))
    heading = says.say("reports.plan.heading")
    return Section(id="plan", title=heading, short=heading, blocks=tuple(blocks))


def _try_out(report: Report, says: Phrases) -> Panel:
    """Say what a try-out does to the expected score, and what of it could not be done."""
    blocks: list[Block] = [Paragraph(spans=(Text(text=_expected(report, says)),))]
    if refusals := report.roadmap.refusals:
        items = tuple(Bullet(spans=(Typed(text=refusal),)) for refusal in refusals)
        blocks += [Heading(level=3, spans=says.line("reports.try.refused")), Bullets(items=items, tone="alarm")]
    return Panel(place="try_out", id="what-if", level=2, title=says.say("reports.try.heading"), blocks=tuple(blocks))


def _expected(report: Report, says: Phrases) -> str:
    now, before = report.roadmap.sprints[-1].expected.value, report.expected_as_planned.value
    if now is None or before is None:
        return says.say("reports.try.no_score")
    if round(now) == round(before):
        return says.say("reports.try.same", now=now)
    return says.say("reports.try.other", now=now, before=before)


def _sprint(sprint: Sprint, says: Phrases, links: Crossings) -> list[Block]:
    heading = says.line("reports.sprint.heading", first=sprint.first_day, last=sprint.last_day, title=sprint.title)
    parts = [says.say("reports.sprint.dates", starts=sprint.starts, ends=sprint.ends)]
    parts += [says.days(sprint.effort_days)] if sprint.tasks else []
    parts += [says.expected(sprint.expected)] if sprint.expected.value is not None else []
    tasks: list[Block] = [_task(task, sprint.number, says, links) for task in sprint.tasks]
    nothing = Paragraph(spans=says.line("reports.sprint.nothing"))
    return [
        Heading(level=2, spans=heading),
        Paragraph(spans=(Text(text=" · ".join(parts)),), tone="soft"),
        *(tasks or [nothing]),
    ]


def _task(task: Task, sprint: int, says: Phrases, links: Crossings) -> Panel:
    why = says.joined(links.to_findings(task.covers or (task.criterion,)))
    how = links.to_passages([task.passage]) if task.passage else []
    return Panel(
        place="task",
        id=task.id,
        level=3,
        title=task.title,
        blocks=(
            Paragraph(spans=(Text(text=_owed(task, says)),), tone="small"),
            Bullets(items=tuple(Bullet(spans=(Text(text=step),)) for step in task.steps)),
            Paragraph(spans=says.line("reports.task.done_when", done=sentence(task.done_when)), tone="small"),
            Paragraph(
                spans=says.line("reports.task.why_how", why=why, how=how[0]) if how else says.line("reports.task.why", why=why),
                tone="small",
            ),
        ),
        change=TaskChange(task=task.id, sprint=sprint, movable=task.to_level is not None),
    )


def _owed(task: Task, says: Phrases) -> str:
    """Say who does a task, how much work it is, on which days, and what comes first."""
    days = says.days(task.effort_days)
    if not task.after:
        return says.say("reports.task.owed", owner=task.owner, effort=days, first=task.first_day, last=task.last_day)
    after = ", ".join(map(within, task.after))
    return says.say("reports.task.owed_after", owner=task.owner, effort=days, first=task.first_day, last=task.last_day, after=after)


def _later(one: Postponed, report: Report, says: Phrases) -> Bullet:
    return Bullet(
        spans=says.line("reports.later.item", title=one.title, reason=sentence(one.reason)),
        change=LaterChange(task=one.id, taken_out=one.id in report.what_if.changes.dropped),
    )
