"""The report as PDF, set by Typst: what people typed is handed over as data and never becomes source."""

import json
import re
from pathlib import Path
from typing import Any

from app.audit.grammar import capital
from app.reports.brand import Brand
from app.reports.layout import Outline
from app.reports.letters import visible
from app.reports.spans import text_of

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_SHORT = 1200
"""Letters that still fit on a page together with what stands around them, so that a card need not break."""
_LONG_WORD = re.compile(r"\S{24}(?=\S{16})")
_NOT_SET = ("svg", "id")
"""What is handed over and not set as text."""


def to_pdf(outline: Outline) -> bytes:
    """Typeset a report on A4, tagged, with the typesetter's own fonts."""
    import typst

    inputs = {"report": json.dumps(_data(outline)), "logo": _logo(outline.brand)}
    pdf: bytes = typst.compile(
        str(_TEMPLATE), format="pdf", sys_inputs=inputs, ignore_system_fonts=True, timestamp=int(outline.made_at.timestamp())
    )
    return pdf


def _data(outline: Outline) -> Any:
    """Return everything as text, as it is to be printed."""
    data = outline.model_dump(mode="json", exclude={"sheets": True, "brand": {"logo"}})
    lead = " ".join(text_of(block.spans) for block in outline.lead if block.kind == "paragraph")
    return _printable(data | {"description": lead, "contact": " · ".join(outline.brand.contact_lines)})


def _printable(value: Any) -> Any:
    """Take out what cannot be seen, let words that are wider than a line break, and say what fits on a page."""
    if isinstance(value, dict):
        made = {key: item if key in _NOT_SET else _printable(item) for key, item in value.items()}
        match made.get("kind"):
            case "panel":
                made["short"] = _letters(made["blocks"]) < _SHORT
            case "quotes":
                for quote in made["quotes"]:
                    quote["source"]["text"] = capital(quote["source"]["text"])
        return made
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return _LONG_WORD.sub("\\g<0>\u200b", visible(value)) if isinstance(value, str) else value


def _letters(value: Any) -> int:
    """Count the letters that a part of the report prints."""
    if isinstance(value, dict):
        return sum(len(item) if key == "text" else _letters(item) for key, item in value.items())
    return sum(map(_letters, value)) if isinstance(value, list) else 0


def _logo(brand: Brand) -> str:
    """Return the logo as a drawing, a picture wrapped into one; empty without one."""
    if not brand.logo:
        return ""
    inside = f"<image href='{brand.logo_uri}' width='100%' height='100%' preserveAspectRatio='xMinYMid meet'/>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='100' viewBox='0 0 400 100'>{inside}</svg>"
