"""Our own audit is whole, follows the rules that hold for everybody, and says nothing that the repository does not show."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.assessors.grades import graded
from app.errors import KnowledgeError
from app.knowledge.load import FOLDER, Knowledge
from app.knowledge.self_audit import FILE, Item, SelfAudit, load_self_audit, own_report
from app.reports.brand import DEFAULT
from app.reports.outline import outline
from app.reports.to_markdown import to_markdown
from tests.knowledge.self_audit_facts import broken_facts

FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours|ourselves)\b", re.IGNORECASE)


@pytest.fixture
def own(knowledge: Knowledge) -> SelfAudit:
    return load_self_audit(FOLDER, knowledge.rubric)


def made_up(*facts: dict[str, Any], says: str = "We made this up.") -> Item:
    return Item.model_validate({"criterion": "data.pipeline", "level": 1, "grade": "described", "says": says, "facts": facts})


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / FILE
    read = json.loads(path.read_text(encoding="utf-8"))
    change(read)
    path.write_text(json.dumps(read), encoding="utf-8")


def test_every_criterion_is_answered_once_in_the_rubrics_order(own: SelfAudit, knowledge: Knowledge) -> None:
    assert [item.criterion for item in own.items] == list(knowledge.rubric.criteria)


def test_every_claimed_file_and_figure_is_there(own: SelfAudit) -> None:
    assert [problem for item in own.items for problem in broken_facts(item)] == []


def test_every_answer_is_ours_and_short(own: SelfAudit) -> None:
    for item in own.items:
        assert FIRST_PERSON.search(item.says), item.criterion
        assert len(item.says.split()) <= 70, item.criterion


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        ({"file": "app/nowhere.py"}, "there is no app/nowhere.py"),
        ({"file": "Makefile", "contains": "make coffee"}, "Makefile does not contain 'make coffee'"),
        ({"file": "chainlit.md", "lines_at_least": 5000}, "lines, fewer than 5000"),
        ({"baseline": "nowhere.json", "figure": "kappa", "at_least": 0}, "there is no nowhere.json"),
        ({"baseline": "reading.json", "figure": "charm", "at_least": 0}, "reading.json has no charm"),
        ({"baseline": "reading.json", "figure": "kappa", "at_least": 1.5}, "not kappa at least 1.5"),
        ({"baseline": "reading.json", "figure": "kappa", "at_most": 0.1}, "not kappa at most 0.1"),
        ({"baseline": "reading.json", "figure": "special_recall.either", "at_least": 0.5, "guarded": True}, "no floor keeps"),
    ],
)
def test_a_fact_that_does_not_hold_is_found(fact: dict[str, Any], problem: str) -> None:
    (found,) = broken_facts(made_up(fact))
    assert found.startswith("data.pipeline: ")
    assert problem in found


def test_a_number_that_no_fact_carries_is_found() -> None:
    assert broken_facts(made_up({"file": "Makefile"}, says="We have 7 users.")) == ["data.pipeline: no fact carries 7"]


def test_facts_that_hold_are_left_alone() -> None:
    held = {"baseline": "reading.json", "figure": "kappa", "at_least": 0.5, "guarded": True}
    assert broken_facts(made_up({"file": "Makefile", "lines_at_least": 3}, held, says="We ask for 0.5 and 3 lines.")) == []


def test_the_report_follows_from_our_words_by_the_same_rules(own: SelfAudit, knowledge: Knowledge) -> None:
    report = own_report(knowledge)
    findings = {finding.criterion: finding for gap in report.gaps for finding in gap.findings}
    assert report.made_at == own.made_at
    for item in own.items:
        finding = findings[item.criterion]
        assert finding.level == (item.level if isinstance(item.level, int) else None)
        assert [quote.text for quote in finding.quotes] == [item.says]
    assert {finding.criterion for finding in report.unknown} == {i.criterion for i in own.items if i.level == "unknown"}
    assert report == own_report(knowledge)


def test_our_words_are_shown_as_ours_with_what_they_rest_on(knowledge: Knowledge) -> None:
    markdown = to_markdown(outline(own_report(knowledge), knowledge.words, DEFAULT))
    assert "in our own words" in markdown
    assert "kappa at least" in markdown
    assert "said in turn" not in markdown
    assert "tapped" not in markdown


def test_stated_words_are_graded_like_spoken_ones(own: SelfAudit, knowledge: Knowledge) -> None:
    stated = {item.criterion: item for item in own.items}
    for finding in (finding for gap in own_report(knowledge).gaps for finding in gap.findings):
        if finding.level is not None:
            assert finding.grade == stated[finding.criterion].grade == graded(stated[finding.criterion].says)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda read: read["items"].pop(), "items: not answered: adoption.incentive"),
        (lambda read: read["items"].append(read["items"][0]), "items: more than once: data.pipeline"),
        (lambda read: read["items"][0].update(criterion="data.magic"), "items: no criterion: data.magic"),
        (lambda read: read["items"][0].update(level=7), "items.0.level"),
        (lambda read: read["items"][0].update(level=3, facts=[]), "items.0: facts: level 3 needs at least one"),
        (lambda read: read["items"][0].pop("grade"), "items.0: grade: what claims a level has one"),
        (lambda read: read["items"][0].update(facts=[{"baseline": "a.json", "figure": "b"}]), "items.0.facts.0"),
        (lambda read: read.update(date="soon"), "date"),
    ],
)
def test_a_bad_field_is_named(folder: Path, knowledge: Knowledge, change: Callable[[dict[str, Any]], None], problem: str) -> None:
    edit(folder, change)
    with pytest.raises(KnowledgeError, match=rf"^knowledge/en/self-audit\.json: {re.escape(problem)}"):
        load_self_audit(folder, knowledge.rubric)


def test_a_syntax_error_is_named_with_its_line(folder: Path, knowledge: Knowledge) -> None:
    (folder / FILE).write_text('{\n  "date": soon\n}', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^knowledge/en/self-audit\.json: line 2: "):
        load_self_audit(folder, knowledge.rubric)
