import json
import re
from html.parser import HTMLParser

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from app.audit.told.findings import CriterionReport
from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.phrases import Phrases
from app.reports.to_json import schema, to_json
from app.reports.to_markdown import plain
from tests.reports.printed import board_of, markdown_of, page_of
from tests.reports.reports import EVIL, KINDS, report

HOLES = re.compile(r"\bNone\b|\bnan\b|\{\{|\bUndefined\b|\b1 points\b|\b1 person-days\b|\.\.(?!\.)")
COUNTED = {"None of its criteria applies", "None of the criteria applies"}


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


def findings(report: Report) -> list[CriterionReport]:
    return [finding for gap in report.gaps for finding in gap.findings]


def without_counts(text: str) -> str:
    for phrase in COUNTED:
        text = text.replace(phrase, "")
    return text


def test_no_form_has_a_hole_in_its_text(made: Report, knowledge: Knowledge) -> None:
    for text in (page_of(knowledge, made), markdown_of(knowledge, made), board_of(knowledge, made)):
        assert not HOLES.search(without_counts(text))


def test_the_page_loads_nothing_runs_nothing_and_its_links_lead_somewhere(made: Report, knowledge: Knowledge) -> None:
    page = _Page(page_of(knowledge, made))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in page.tags)
    assert not [a for _, a in page.tags if "src" in a or any(name.startswith("on") for name in a)]
    for tag, attributes in page.tags:
        if tag == "a":
            target = attributes["href"] or ""
            assert target.startswith("#")
            assert target[1:] in ids
    assert not re.search(r"url\(|@import", page_of(knowledge, made))


def test_the_page_is_in_order_for_those_who_hear_it(made: Report, knowledge: Knowledge) -> None:
    page = _Page(page_of(knowledge, made))
    assert page_of(knowledge, made).startswith("<!doctype html>")
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    assert next(attributes for tag, attributes in page.tags if tag == "a")["class"] == "skip"


def test_plan_finding_and_passage_lead_to_one_another(knowledge: Knowledge) -> None:
    page = page_of(knowledge, report(knowledge, "stalled"))
    for name, part in (("task", "finding-"), ("finding", "task-"), ("finding", "data-pipeline--"), ("passage", "finding-")):
        blocks = re.findall(rf'class="{name}" id="[^"]+">(.*?)(?=class="(?:task|finding|passage)" id=|</main>)', page, re.DOTALL)
        assert any(f'href="#{part}' in block for block in blocks), (name, part)


@pytest.mark.parametrize("kind", ["evil", "odd"])
def test_what_a_person_typed_is_text_in_every_form(knowledge: Knowledge, kind: str) -> None:
    evil = report(knowledge, kind)
    assert not re.search(r"<script|<b>none", page_of(knowledge, evil))
    for text in (markdown_of(knowledge, evil), board_of(knowledge, evil)):
        rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        assert not re.search(r"<script|<a |<table|<h1>h|<b>none|javascript:alert\(2\)\"", rendered)
    assert "\u202e" not in markdown_of(knowledge, evil) + page_of(knowledge, evil)


@pytest.mark.parametrize(
    "typed", [EVIL, "- item", "1. one", "12) two", "# head", "===", "> quote", "a\n\n---\n\n    b", "<i>x</i> &lt; | a |"]
)
def test_typed_words_come_out_of_markdown_as_they_went_in(typed: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = rendered.parse(plain(typed))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or []) == " ".join(typed.split())


def test_every_rating_shows_its_words_or_says_that_there_are_none(made: Report, knowledge: Knowledge) -> None:
    page, text = page_of(knowledge, made), markdown_of(knowledge, made)
    assert page.count("<blockquote>") == sum(len(f.quotes) for f in findings(made))
    for shown in (page, text):
        assert shown.count("No words were given.") == sum(not f.quotes for f in findings(made))


def test_a_tapped_answer_is_called_tapped(knowledge: Knowledge) -> None:
    odd = report(knowledge, "odd")
    assert "Tapped in turn 3" in page_of(knowledge, odd)
    assert "tapped in turn 3" in markdown_of(knowledge, odd)


def test_json_keeps_to_its_published_schema(made: Report) -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(json.loads(to_json(made)))
    assert Report.model_validate_json(to_json(made)) == made


def test_the_schema_has_a_name_and_a_version(knowledge: Knowledge) -> None:
    assert schema()["$id"].endswith(f"v{schema()['version']}")
    assert json.loads(to_json(report(knowledge, "quick")))["method"]["schema_version"] == schema()["version"]


def test_the_board_page_says_what_matters_first(knowledge: Knowledge) -> None:
    text = board_of(knowledge, report(knowledge, "stalled"))
    for part in ("Stalled", "All of the five checklist lines are a no", "The bottleneck", "Three things to do first", "Not yet"):
        assert part in text
    assert text.count("\n1. ") == text.count("\n3. ") == 1
    assert text.count(", by ") == 3
    assert all(f"by {Phrases(knowledge.words).day(move.by)}" in text for move in report(knowledge, "stalled").first_moves)
    assert len(text) < 3000


def test_a_correction_is_shown_with_what_was_said_before(knowledge: Knowledge) -> None:
    mixed = report(knowledge, "mixed")
    for text in (page_of(knowledge, mixed), markdown_of(knowledge, mixed)):
        assert "Corrections" in text
        assert "efore: “" in text


def test_a_disputed_figure_is_not_printed_even_if_a_report_carried_one(knowledge: Knowledge) -> None:
    carried = report(knowledge, "stalled").model_copy(update={"claims": (knowledge.claims["never-production"],)})
    for text in (page_of(knowledge, carried), markdown_of(knowledge, carried)):
        assert "89%" not in text
