"""The report's own words: varied, in the right number, with quotes as they were said."""

import re
from collections import Counter

import pytest

from app.audit.methodology import Methodology
from app.audit.patterns import FIELDS
from app.audit.told.facts import Facts, Point, facts_of
from app.audit.told.prose import tell
from app.knowledge.load import Knowledge
from tests.audit.ledgers import ledger_of
from tests.reports.reports import KINDS, report, report_of

OWNERS, PIPELINE, REAL = (
    Point(name="ownership", statement="named owners"),
    Point(name="pipeline", statement="by hand"),
    Point(name="real data", statement="Not known yet", who="product owner"),
)
FACTS = Facts(
    gap="data", name="data", score="42", place="the weakest", strong=(OWNERS,), weak=(PIPELINE,), unknown=(REAL,), task="Do it", sprint=2
)


@pytest.fixture(scope="module")
def plain(method: Methodology) -> Methodology:
    """Patterns that show what they are filled with."""
    patterns = {
        kind: tuple(f"{kind}{n} " + " ".join(f"{field}={{{field}}}" for field in sorted(fields)) for n in range(5))
        for kind, fields in FIELDS.items()
    }
    return method.model_copy(update={"prose": patterns})


def told(method: Methodology, audit: str = "", **changed: object) -> dict[str, str]:
    sentences = tell([FACTS.model_copy(update=changed)], method, audit)["data"]
    assert {sentence.by for sentence in sentences} == {"authored"}
    return {sentence.slot: sentence.text for sentence in sentences}


def test_a_gap_is_told_from_its_standing_to_what_comes_next(plain: Methodology) -> None:
    assert told(plain) == {
        "standing": "Standing0 gap=data place=the weakest score=42",
        "strength": "Strength_one0 name=ownership statement=named owners",
        "weakness": "Weakness_one0 name=pipeline said= statement=by hand",
        "unknown": "Unknown_one0 Name=Real data name=real data who=product owner",
        "next": "Next0 sprint=2 task=Do it",
    }


def test_several_points_are_listed(plain: Methodology) -> None:
    more = Point(name="access", statement="open")
    several = told(plain, strong=(OWNERS, more), weak=(PIPELINE, more, OWNERS), unknown=(REAL, more))
    assert several["strength"] == "Strength_many0 names=ownership and access"
    assert several["weakness"] == "Weakness_many0 more=access and ownership name=pipeline said= statement=by hand"
    assert several["unknown"] == "Unknown_many0 names=real data and access"


def test_what_there_is_nothing_to_tell_of_is_left_out(plain: Methodology) -> None:
    assert told(plain, score="", strong=(), weak=(), unknown=(), task="") == {"standing": "Unscored0 gap=data"}


@pytest.mark.parametrize(
    ("pattern", "quote", "said"),
    [
        (" We heard: “{quote}”", "By hand", " We heard: “By hand”."),
        (" We heard: “{quote}”", "By hand.", " We heard: “By hand.”"),
        (" We heard: “{quote}”", "By hand!", " We heard: “By hand!”"),
        (" We heard: “{quote}”", "By hand?", " We heard: “By hand?”"),
        (" We heard: “{quote}”", "By hand…", " We heard: “By hand…”"),
        (" “{quote}” was said in turn {turn}", "So", " “So” was said in turn 3."),
        (" “{quote}” was said.", "So", " “So” was said."),
    ],
)
def test_a_quote_ends_its_sentence_once(method: Methodology, pattern: str, quote: str, said: str) -> None:
    made = method.model_copy(update={"prose": {**method.prose, "said": (pattern,), "weakness_one": ("Name: {statement}.{said}",)}})
    weak = (PIPELINE.model_copy(update={"quote": quote, "turn": 3}),)
    assert told(made, weak=weak)["weakness"] == f"Name: by hand.{said}"


def test_patterns_come_in_turn_and_an_audit_begins_where_its_id_says(plain: Methodology) -> None:
    facts = [FACTS.model_copy(update={"gap": gap, "strong": (), "weak": (), "unknown": ()}) for gap in "abcdef"]
    for audit, start in (("", 0), ("a", 97), ("ab", 97 + 98)):
        standing = [sentences[0].text.split()[0] for sentences in tell(facts, plain, audit).values()]
        assert standing == [f"Standing{(start + n) % 5}" for n in range(6)]
        assert tell(facts, plain, audit)["b"][1].text.startswith(f"Next{(start + 1) % 5}"), "each kind in its own turn"


@pytest.mark.parametrize("kind", KINDS)
def test_no_pattern_comes_twice_in_a_report(knowledge: Knowledge, kind: str) -> None:
    made = report(knowledge, kind)
    numbered = knowledge.model_copy(update={"prose": {k: tuple(f"{k}{n}" for n in range(5)) for k in knowledge.prose}})
    for audit in ("a", "b", "another"):
        sentences = tell(facts_of(made.gaps, made.roadmap, knowledge.words), numbered, audit)
        used = Counter(sentence.text for told in sentences.values() for sentence in told)
        assert not [text for text, times in used.items() if times > 1]


def test_one_point_and_several_read_differently(knowledge: Knowledge) -> None:
    levels = {"data.pipeline": 1, "data.governance": 3, "data.monitoring": None, "data.realism": 4}
    one = report_of(knowledge, ledger_of(levels)).gaps[0].words
    several = report_of(knowledge, ledger_of({"data.pipeline": 1, "data.governance": 0})).gaps[0].words
    assert "data monitoring and realistic data" in several
    assert re.search(r"data monitoring( |:|,| is)", one)
    assert "data monitoring and" not in one
    for text in (one, several):
        assert not re.search(r" [.,;:]|\.\.|\{|\}|: \.| {2}", text)
