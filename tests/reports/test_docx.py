"""The Word file, opened again: everything is in it, in order, linked, and nothing that a person typed breaks it."""

import pytest
from docx.oxml.ns import qn

from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.word_parts import clean
from tests.reports.printed import flat, text_of_word, word_of
from tests.reports.reports import KINDS, report


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, knowledge: Knowledge) -> Report:
    return report(knowledge, request.param)


def test_every_rating_and_every_quote_is_there(made: Report, knowledge: Knowledge) -> None:
    printed = text_of_word(word_of(knowledge, made))
    for finding in (f for gap in made.gaps for f in gap.findings):
        assert finding.name in printed
        for quote in finding.quotes:
            assert flat(clean(quote.text)) in printed


def test_headings_are_headings_in_the_order_of_the_page(made: Report, knowledge: Knowledge) -> None:
    headings = [p.text for p in word_of(knowledge, made).paragraphs if p.style.name in ("Title", "Heading 1")]
    gaps = [gap.title for gap in made.gaps]
    assert [text for text in headings if text in gaps] == gaps
    assert headings.index("The five gaps") < headings.index("The next 90 days") < headings.index("How this came about")


def test_every_link_leads_somewhere(made: Report, knowledge: Knowledge) -> None:
    body = word_of(knowledge, made).element.body
    targets = {start.get(qn("w:name")) for start in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert set(links) <= targets
    assert all(len(name) <= 40 for name in targets)
    numbers = [start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_pictures_have_words_and_tables_repeat_their_heads(knowledge: Knowledge) -> None:
    document = word_of(knowledge, report(knowledge, "mixed"))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(told) == 3
    assert all(len(words) > 20 for words in told)
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pages_are_numbered_by_fields_and_the_file_names_its_project(knowledge: Knowledge) -> None:
    document = word_of(knowledge, report(knowledge, "stalled"))
    fields = [field.text for field in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Nordwind AG" in document.core_properties.title
    assert "Nordwind AG" in document.sections[0].header.paragraphs[0].text
