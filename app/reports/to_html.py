"""The report as a page: self-contained, without a script, nothing loaded from elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.audit.told.report import Report
from app.reports import deciding, since, statements, waiting, words
from app.reports.before_after import before_after
from app.reports.brand import DEFAULT, Brand
from app.reports.charts import bars, radar
from app.reports.crossings import corrections, crossings
from app.reports.gantt import gantt
from app.reports.letters import visible

_TEMPLATES = Path(__file__).parent / "templates"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def _anchor(name: str) -> str:
    """Turn a passage's or criterion's id into one that stands in an address as it is."""
    return name.replace("#", "--").replace(".", "-").replace(":", "-")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.finalize = lambda value: visible(value) if type(value) is str else value
    environment.filters |= {
        "day": words.day,
        "points": words.points,
        "capital": words.capital,
        "sentence": words.sentence,
        "markdown": lambda text: Markup(_MARKDOWN.render(text)),  # noqa: S704 - the playbook's own text, HTML switched off
        "anchor": _anchor,
    }
    return environment.get_template("report.html.j2")


def to_html(report: Report, brand: Brand = DEFAULT, *, listed: bool = False, edit: str = "") -> str:
    """Render a report as a page; search engines may list it only when `listed`.

    `edit` is the address that the forms of a try-out go to; without one there are none.
    """
    return _template().render(
        report=report,
        brand=brand,
        listed=listed,
        words=words,
        radar=Markup(radar(report)),  # noqa: S704 - drawn here, with every text escaped
        bars=Markup(bars(report)),  # noqa: S704 - likewise
        gantt=Markup(gantt(report)),  # noqa: S704 - likewise
        waiting=waiting,
        since=since,
        statements=statements,
        before_after=Markup(before_after(report.comparison)),  # noqa: S704 - likewise
        deciding=deciding,
        edit=edit,
        links=crossings(report),
        corrections=corrections(report),
        claims=words.claims(report),
    )
