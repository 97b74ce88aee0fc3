"""A whole report as it is printed: page one, the sections and the sheets, in order."""

from datetime import date, datetime

from app.audit.model import Value
from app.reports.blocks import Block, Section
from app.reports.brand import Brand
from app.reports.spans import Typed

Datum = str | float | int | date | None


class Column(Value):
    """A column of a sheet; the width is in letters."""

    name: str
    width: int


class Sheet(Value):
    """A table of data."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Datum, ...], ...]


class Outline(Value):
    """A whole report as it is printed, whatever the form: what is not in it is not printed, and what is, is."""

    language: str
    brand: Brand
    made_at: datetime
    day: str
    document_title: str
    kicker: str
    """Whose report it is and of which day, above its title."""
    title: Typed
    running: str
    """The title for the head of each page."""
    lead: tuple[Block, ...]
    """Page one, before its sections: where the project stands."""
    board: tuple[Section, ...]
    """The sections of page one, which a board reads."""
    sections: tuple[Section, ...]
    capacity_days: float
    """Person-days a sprint."""
    tried_out: bool
    """Whether the plan is one that the person tries out."""
    sheets: tuple[Sheet, ...]
    page_of: str
    """The number of a page, with `{page}` and `{pages}` where the figures stand."""
    logo_told: str
    script_note: str
    """What a form says whose letters lack a script that a person wrote in; empty where everybody's letters do."""
