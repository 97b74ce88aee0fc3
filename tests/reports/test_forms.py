import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pymupdf
import pytest
from jsonschema import validate

from app.audit.report import Report
from app.knowledge.load import Knowledge
from app.reports.charts import bars, radar
from app.reports.to_html import to_html
from app.reports.to_json import schema, to_json
from app.reports.to_markdown import board_page, plain, to_markdown
from app.reports.to_pdf import to_pdf
from tests.reports.reports import EVIL, KINDS, report

HOLES = re.compile(r"\bNone\b|\bnan\b|\{\{|\bUndefined\b")


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, knowledge: Knowledge) -> Report:
    return report(knowledge, request.param)


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def pdf_text(pdf: bytes) -> tuple[pymupdf.Document, str]:
    document = pymupdf.open(stream=pdf, filetype="pdf")
    return document, "\n".join(page.get_text() for page in document)


def test_no_form_has_a_hole_in_its_text(made: Report) -> None:
    _, printed = pdf_text(to_pdf(made))
    for text in (to_html(made), to_markdown(made), board_page(made), printed):
        assert not HOLES.search(text)


def test_the_page_loads_nothing_runs_nothing_and_its_links_lead_somewhere(made: Report) -> None:
    page = _Page(to_html(made))
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [a for _, a in page.tags if "src" in a or any(name.startswith("on") for name in a)]
    for tag, attributes in page.tags:
        if tag == "a":
            target = attributes["href"] or ""
            assert target.startswith("#")
            assert target[1:] in ids
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_what_a_person_typed_is_text_in_every_form(knowledge: Knowledge) -> None:
    evil = report(knowledge, "evil")
    assert "<script" not in to_html(evil)
    assert "<script" not in to_markdown(evil).replace("\\<script", "")
    assert "](javascript" not in to_markdown(evil)
    _, printed = pdf_text(to_pdf(evil))
    assert "#panic()" in printed
    assert "<script" not in radar(evil)


def test_plain_leaves_no_mark_unescaped() -> None:
    assert re.search(r"(?<!\\)[*_`\[\]<>#]", plain(EVIL)) is None


def test_every_rating_shows_its_words_or_says_that_there_are_none(made: Report) -> None:
    page = to_html(made)
    shown = page.count("<blockquote>")
    assert shown == sum(len(f.quotes) for gap in made.gaps for f in gap.findings)
    assert page.count("No words were given.") == sum(not f.quotes for gap in made.gaps for f in gap.findings)


def test_json_keeps_to_its_published_schema(made: Report) -> None:
    validate(json.loads(to_json(made)), schema())


def test_the_pdf_has_text_bookmarks_and_a_title(made: Report) -> None:
    document, printed = pdf_text(to_pdf(made))
    assert "The checklist" in printed
    assert len(document.get_toc()) >= 5
    assert document.metadata["title"].startswith("Five-gap audit")


def test_charts_are_sound_svg_with_a_title(made: Report) -> None:
    for chart in (radar(made), bars(made)):
        root = ElementTree.fromstring(chart)
        assert root.find("{http://www.w3.org/2000/svg}title") is not None


def test_the_board_page_says_what_matters_first(knowledge: Knowledge) -> None:
    text = board_page(report(knowledge, "stalled"))
    for part in ("Stalled", "All of the five checklist lines are a no", "The bottleneck", "Three things to do first", "Not yet"):
        assert part in text
    assert text.count("\n1. ") == text.count("\n3. ") == 1


def test_a_correction_is_shown_with_what_was_said_before(knowledge: Knowledge) -> None:
    assert "Said before, and corrected since" in to_html(report(knowledge, "mixed"))
