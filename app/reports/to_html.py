"""The report as a page: self-contained, without a script, nothing loaded from elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.audit.report import Report
from app.reports import words
from app.reports.charts import bars, radar

_TEMPLATES = Path(__file__).parent / "templates"
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "day": words.day,
        "points": words.points,
        "days": words.days,
        "gain": words.gain,
        "capital": words.capital,
        "markdown": lambda text: Markup(_MARKDOWN.render(text)),  # noqa: S704 - the playbook's own text, HTML switched off
        "anchor": lambda text: text.replace("#", "--").replace(".", "-").replace(":", "-"),
    }
    return environment.get_template("report.html.j2")


def to_html(report: Report) -> str:
    """Render a report as a page."""
    return _template().render(
        report=report,
        words=words,
        radar=Markup(radar(report)),  # noqa: S704 - drawn here, with every text escaped
        bars=Markup(bars(report)),  # noqa: S704 - likewise
        passages={p.id: p for p in report.passages},
    )
