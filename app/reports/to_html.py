"""The report as a page: self-contained, without a script, nothing loaded from elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from app.audit.grammar import capital
from app.audit.words import Words
from app.reports.layout import Outline
from app.reports.letters import visible

_TEMPLATES = Path(__file__).parent / "templates"
_BY_NAME_ALONE = ("passage", "section", "try_out")
"""Parts whose names cannot be those of other parts."""


def _anchor(place: str, name: str) -> str:
    """Give a part of the report a name that stands in an address as it is."""
    plain = name.replace("#", "--").replace(".", "-").replace(":", "-")
    return plain if place in _BY_NAME_ALONE else f"{place}-{plain}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.finalize = lambda value: visible(value) if type(value) is str else value
    environment.globals["anchor"] = _anchor
    environment.filters |= {
        "capital": capital,
        "drawing": Markup,  # what we drew ourselves, with every text in it escaped
    }
    return environment.get_template("report.html.j2")


def to_html(outline: Outline, words: Words, *, listed: bool = False, edit: str = "") -> str:
    """Render a report as a page; search engines may list it only when `listed`.

    `edit` is the address that the forms of a try-out go to; without one there are none. `words` says what stands in them.
    """
    return _template().render(outline=outline, brand=outline.brand, say=words.say, listed=listed, edit=edit).lstrip()
