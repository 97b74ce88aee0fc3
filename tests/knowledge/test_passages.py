"""Guidance is cut at its headings, and a figure stands in it only through a claim."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.knowledge.load import Knowledge
from app.knowledge.passages import load_passages, slug

FRONT = "---\ntitle: A title\nkind: method\nabout: [data, data.pipeline]\n---\n"


def write(folder: Path, text: str) -> Path:
    (folder / "a.md").write_text(text, encoding="utf-8")
    return folder


def fails(folder: Path, text: str, message: str, knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_passages(write(folder, text), knowledge.claims)


def test_a_heading_becomes_the_part_of_an_id() -> None:
    assert slug("Write-back, & more!") == "write-back-more"


def test_a_document_is_cut_at_its_headings(tmp_path: Path, knowledge: Knowledge) -> None:
    text = FRONT + "# A title\n\n## First part\n\nOne.\n\n### Deeper\n\nTwo.\n\n## Second\nThree.\n"
    first, second = load_passages(write(tmp_path, text), knowledge.claims)
    assert (first.id, first.document, first.section) == ("a#first-part", "A title", "First part")
    assert first.text == "One.\n\n### Deeper\n\nTwo."
    assert (second.id, second.about) == ("a#second", ("data", "data.pipeline"))


def test_a_claim_is_replaced_by_its_value_and_recorded_once(tmp_path: Path, knowledge: Knowledge) -> None:
    text = FRONT + "## Part\nIt adds [[rebuild-delay]], yes, [[rebuild-delay]], and [[roi-share]].\n"
    (passage,) = load_passages(write(tmp_path, text), knowledge.claims)
    assert passage.text == "It adds four to six months, yes, four to six months, and 29%."
    assert passage.claims == ("rebuild-delay", "roi-share")


def test_an_unknown_claim_is_named_with_file_and_section(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "## Part\n[[no-such]]\n", r"a\.md: Part: claim no-such is not in claims\.yaml", knowledge)


def test_a_misspelt_claim_is_not_left_standing(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "## Part\n[[Rebuild Delay]]\n", "Part: claim Rebuild Delay is not in", knowledge)


def test_a_disputed_claim_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "## Part\n[[never-production]]\n", r"a\.md: Part: claim never-production is disputed", knowledge)


def test_text_that_no_passage_would_hold_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "# T\nLost.\n## Part\nKept.\n", r"a\.md: there is text before the first section", knowledge)


def test_two_sections_with_one_id_are_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "## Part\nOne.\n## Part!\nTwo.\n", "a second section with the id a#part", knowledge)


def test_an_empty_section_is_named(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, FRONT + "## Part\n\n## Next\nText.\n", r"a\.md: Part\.text: ", knowledge)


def test_front_matter_must_be_there_and_its_lines_are_counted_in_the_file(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, "## Part\nText.\n", r"a\.md: front matter is missing", knowledge)
    fails(tmp_path, "---\ntitle: T\nkind: [open\n---\n## Part\nText.\n", r"a\.md: front matter: line 4: ", knowledge)


def test_a_gap_id_alone_in_about_is_refused_and_not_read_as_letters(tmp_path: Path, knowledge: Knowledge) -> None:
    fails(tmp_path, "---\ntitle: T\nkind: gap\nabout: data\n---\n## Part\nText.\n", r"a\.md: Part\.about: ", knowledge)
