from datetime import date

import pytest

from app.audit.ledger.evidence import Entry, rate
from app.audit.methodology import Methodology
from app.audit.score.scoring import score
from app.audit.told.findings import CriterionReport, GapReport, GapSentence, Quote
from app.audit.told.gap_reports import gap_reports
from tests.audit import small
from tests.audit.ledgers import entry


def reported(method: Methodology, *ledger: Entry) -> tuple[GapReport, ...]:
    ratings = rate(ledger, method.rubric)
    return gap_reports(method, ratings, score(method.rubric, ratings))


def core_of(method: Methodology, *ledger: Entry) -> CriterionReport:
    return reported(method, *ledger)[0].findings[0]


def test_a_gap_is_reported_with_its_score_range_and_coverage(method: Methodology) -> None:
    gap, *others = reported(method, entry(1, "data.core", 2))
    assert gap.model_dump(exclude={"findings", "low", "high"}) == {
        "gap": "data",
        "name": "Data",
        "title": "Title of data",
        "summary": "Summary of data",
        "score": 50,
        "known": 1,
        "total": 2,
        "told": (),
    }
    assert (gap.low, gap.high) == (pytest.approx(100 / 3), pytest.approx(200 / 3))
    assert [finding.criterion for finding in gap.findings] == ["data.core", "data.more"]
    assert [other.gap for other in others] == ["agentops", "security", "integration", "adoption"]


def test_a_rated_criterion_is_reported_with_its_words_and_what_was_said_before(method: Methodology) -> None:
    passages = (small.passage("data.core#how", about=("data.core",)),)
    made = method.model_copy(update={"passages": passages})
    made.__dict__.pop("passages_of", None)
    ledger = [
        entry(1, "data.core", 0, quote="No."),
        entry(2, "data.core", 3, quote="Yes.", replaces=1, confidence=0.8, note="only a plan", carried_from=None),
    ]
    finding = core_of(made, *ledger)
    assert finding.model_dump(exclude={"lever", "confidence", "grade"}) == {
        "criterion": "data.core",
        "name": "Data core",
        "core": True,
        "question": "How is data.core?",
        "standing": "rated",
        "level": 3,
        "level_name": "production-ready",
        "statement": "Data core at 3",
        "note": "only a plan",
        "quotes": ({"text": "Yes.", "turn": 2, "who": "respondent", "read_by": "encoder", "said_on": None},),
        "corrected": ({"text": "No.", "turn": 1, "who": "respondent", "read_by": "encoder", "said_on": None},),
        "statements": (),
        "passages": ("data.core#how",),
        "who_knows": None,
    }
    assert finding.confidence == 0.8
    assert finding.lever is not None
    assert (finding.lever.criterion, finding.lever.to_level) == ("data.core", 4)


def test_a_quote_from_an_earlier_audit_says_of_when(method: Methodology) -> None:
    finding = core_of(method, entry(1, "data.core", 3, quote="So.", carried_from="2026-05-04", read_by="tap", who="Ana"))
    assert finding.quotes == (Quote(text="So.", turn=1, who="Ana", read_by="tap", said_on=date(2026, 5, 4)),)


@pytest.mark.parametrize(
    ("fields", "statement", "who_knows"),
    [
        ({}, "Not known yet", "data lead"),
        ({"standing": "skipped"}, "Skipped", "data lead"),
        ({"standing": "bare"}, "Claimed, but without a detail to rate it by", "data lead"),
        ({"standing": "not_applicable"}, "Does not apply", None),
        ({"standing": "not_applicable", "note": "no data"}, "Does not apply: no data", None),
        ({"note": "a note"}, "Not known yet", "data lead"),
    ],
)
def test_what_has_no_level_says_why_and_whom_to_ask(
    method: Methodology, fields: dict[str, object], statement: str, who_knows: str | None
) -> None:
    finding = core_of(method, entry(1, "data.core", **fields))
    assert (finding.statement, finding.who_knows, finding.level_name) == (statement, who_knows, None)


def test_what_was_not_asked_says_so(method: Methodology) -> None:
    finding = core_of(method)
    assert (finding.statement, finding.standing, finding.who_knows) == ("Not asked yet", "open", "data lead")


@pytest.mark.parametrize(("level", "name"), enumerate(["absent", "ad hoc", "partial", "production-ready", "proven"]))
def test_a_level_has_its_name(method: Methodology, level: int, name: str) -> None:
    assert core_of(method, entry(1, "data.core", level)).level_name == name


def test_where_several_spoke_each_statement_stands_and_one_counts(method: Methodology) -> None:
    finding = core_of(method, entry(1, "data.core", 3, who="Ana", quote="Good."), entry(2, "data.core", 1, who="Ben", quote="Bad."))
    assert [(one.who, one.level, one.statement, one.counts, one.quotes[0].text) for one in finding.statements] == [
        ("Ana", 3, "Data core at 3", False, "Good."),
        ("Ben", 1, "Data core at 1", True, "Bad."),
    ]
    assert finding.statements[0].grade == "claimed"


@pytest.mark.parametrize(
    ("second", "disputed"),
    [
        (entry(2, "data.core", 3, who="Ben"), False),
        (entry(2, "data.core", 2, who="Ben"), True),
        (entry(2, "data.core", who="Ben"), True),
    ],
)
def test_people_disagree_who_say_another_level_or_cannot_say(method: Methodology, second: Entry, disputed: bool) -> None:
    assert core_of(method, entry(1, "data.core", 3, who="Ana"), second).disputed is disputed


def test_one_who_was_not_contradicted_is_not_disputed_nor_are_two_who_do_not_know_alike(method: Methodology) -> None:
    assert not core_of(method, entry(1, "data.core", 3)).disputed
    unknown = [entry(1, "data.core", who="Ana"), entry(2, "data.core", who="Ben")]
    assert not core_of(method, *unknown).disputed
    skipped = [unknown[0], entry(2, "data.core", standing="skipped", who="Ben")]
    assert core_of(method, *skipped).disputed


def test_a_gaps_sentences_make_a_paragraph(method: Methodology) -> None:
    gap = reported(method)[0]
    told = (GapSentence(slot="standing", text="One."), GapSentence(slot="next", text="Two."))
    assert gap.model_copy(update={"told": told}).words == "One. Two."
