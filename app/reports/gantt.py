"""The 90-day plan as a chart: one bar a task on its days, sprint by sprint."""

from html import escape

from app.audit.plan.roadmap import Sprint, Task
from app.audit.told.report import Report
from app.reports.charts import ACCENT, FONT, INK, MUTED
from app.reports.phrases import Phrases

DAYS = 90
WIDTH = 760
LABELS = 316
"""Pixels of the column of titles."""
HEAD, ROW, BAR = 44, 30, 14
_LETTERS = 46
"""Letters of a title that fit beside the days."""
_PER_DAY = (WIDTH - LABELS) / DAYS


def gantt(report: Report, says: Phrases) -> str:
    """Draw the plan; empty where nothing is to be done."""
    rows = [(sprint, task) for sprint in report.roadmap.sprints for task in sprint.tasks]
    if not rows:
        return ""
    height = HEAD + ROW * len(rows) + 8
    parts = [_month(sprint, height, says) for sprint in report.roadmap.sprints]
    parts += [_bar(task, HEAD + ROW * index) for index, (_, task) in enumerate(rows)]
    tasks = [says.say("reports.charts.gantt_task", title=task.title, first=task.first_day, last=task.last_day) for _, task in rows]
    title = says.say("reports.charts.gantt_title", tasks="; ".join(tasks))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}' role='img'>"
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _at(day: int) -> float:
    """Place the beginning of a day, 1 to 90."""
    return LABELS + (day - 1) * _PER_DAY


def _month(sprint: Sprint, height: int, says: Phrases) -> str:
    left, width = _at(sprint.first_day), (sprint.last_day - sprint.first_day + 1) * _PER_DAY
    shade = (
        f"<rect x='{left:.1f}' y='0' width='{width:.1f}' height='{height}' fill='{MUTED}' fill-opacity='.1'/>" if sprint.number % 2 else ""
    )
    days = escape(says.say("reports.charts.days", first=sprint.first_day, last=sprint.last_day))
    return f"{shade}<text x='{left + 6:.1f}' y='18' font-size='12' class='ink' fill='{INK}' {FONT}>{days}</text>"


def _bar(task: Task, y: int) -> str:
    left, right = _at(task.first_day), _at(task.last_day + 1)
    title = task.title if len(task.title) <= _LETTERS else task.title[: _LETTERS - 1].rstrip() + "…"
    look = f"class='accent-fill' fill='{ACCENT}'" + ("" if task.to_level is not None else " fill-opacity='.4'")
    return (
        f"<text x='0' y='{y + 13}' font-size='12.5' class='ink' fill='{INK}' {FONT}>{escape(title)}</text>"
        f"<line x1='0' y1='{y + 22}' x2='{WIDTH}' y2='{y + 22}' class='muted-stroke' stroke='{MUTED}' stroke-opacity='.25'/>"
        f"<rect x='{left:.1f}' y='{y + 2}' width='{max(right - left, 3):.1f}' height='{BAR}' rx='3' {look}/>"
    )
