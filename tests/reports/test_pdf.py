import re
from datetime import UTC, datetime

import pymupdf
import pytest

from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.to_pdf import to_pdf
from tests.reports.printed import laid_out, pdf_of, text_of_pdf
from tests.reports.reports import KINDS, report


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, knowledge: Knowledge) -> Report:
    return report(knowledge, request.param)


def opened(knowledge: Knowledge, report: Report) -> tuple[pymupdf.Document, str]:
    document = pdf_of(knowledge, report)
    return document, text_of_pdf(document)


def test_the_pdf_has_text_bookmarks_a_title_and_tags(made: Report, knowledge: Knowledge) -> None:
    document, printed = opened(knowledge, made)
    assert "The checklist" in document[0].get_text()
    assert not re.search(r"\bnan\b|\bNone\b(?! of (?:its|the) criteri)", printed)
    assert len(document.get_toc()) >= 5
    assert (document.metadata or {})["title"].startswith("Five-gap audit")
    catalog = document.xref_object(document.pdf_catalog())
    assert "/StructTreeRoot" in catalog
    assert "/Lang" in catalog
    assert f"1 of {len(document)}" in document[0].get_text()


def test_page_one_holds_all_that_a_board_reads(made: Report, knowledge: Knowledge) -> None:
    document, _ = opened(knowledge, made)
    first = re.sub(r"\s+", " ", document[0].get_text())
    assert "The five gaps" not in first
    assert ("Since the last audit" if made.comparison else "The five gaps") in document[1].get_text()
    assert all(line.text in first for line in made.result.checklist)
    assert all(move.title in first for move in made.first_moves)


def test_the_pdf_says_where_no_words_were_given(made: Report, knowledge: Knowledge) -> None:
    _, printed = opened(knowledge, made)
    silent = sum(not finding.quotes for gap in made.gaps for finding in gap.findings)
    assert printed.count("No words were given.") == silent


def test_what_a_person_typed_is_never_typesetter_source(knowledge: Knowledge) -> None:
    _, printed = opened(knowledge, report(knowledge, "evil"))
    assert "#panic()" in printed
    assert "<script>alert(1)</script>" in printed


def test_the_pdf_embeds_every_font_and_says_when_one_is_missing(knowledge: Knowledge) -> None:
    _, printed = opened(knowledge, report(knowledge, "odd"))
    assert "in a script that this document's fonts do not have" in printed.replace("’", "'")
    document, printed = opened(knowledge, report(knowledge, "mixed"))
    assert "do not have" not in printed
    names = {font[3].split("+")[-1] for page in document for font in page.get_fonts()}
    assert all(name.startswith(("Libertinus", "DejaVuSansMono", "NewCM")) for name in names)


def test_links_lead_from_plan_to_finding_and_back(knowledge: Knowledge) -> None:
    document, _ = opened(knowledge, report(knowledge, "stalled"))
    links = [link for page in document for link in page.get_links()]
    assert len(links) > 50
    assert all(link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED) for link in links)


def test_the_same_report_gives_the_same_pdf(knowledge: Knowledge) -> None:
    made = report(knowledge, "quick").model_copy(update={"made_at": datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)})
    assert to_pdf(laid_out(knowledge, made)) == to_pdf(laid_out(knowledge, made))
    assert (opened(knowledge, made)[0].metadata or {})["creationDate"].startswith("D:20200102030405")
