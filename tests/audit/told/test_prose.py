"""The report's own words: varied, in the right number, with quotes as they were said; and what a model may put in their place."""

import re
from collections import Counter

import pytest

from app.audit.told.prose import Facts, Point, facts_of, tell
from app.audit.told.telling import Telling, checked, fingerprint_of, retold
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, entry, ledger_of
from tests.reports.reports import KINDS, report, report_of

FACTS = Facts(
    gap="data",
    name="data pipelines",
    score="42",
    place="the weakest of the five",
    strong=(Point(name="data ownership", statement="named owners"),),
    weak=(Point(name="production pipeline", statement="by hand", quote="Mark exports 3 tables every Monday.", turn=4),),
    unknown=(Point(name="realistic data", statement="Not known yet", who="product owner"),),
    task="Automate the first sources end to end",
    sprint=1,
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_pattern_comes_twice_in_a_report(knowledge: Knowledge, kind: str) -> None:
    made = report(knowledge, kind)
    facts = facts_of(made.gaps, made.roadmap, knowledge.words)
    for audit in ("a", "b", "another"):
        told = tell(facts, {k: tuple(f"{k}{n}" for n in range(5)) for k in knowledge.prose}, audit)
        used = Counter(sentence.text for sentences in told.values() for sentence in sentences)
        assert not [text for text, times in used.items() if times > 1]


def test_another_audit_begins_with_other_patterns_and_the_same_one_reads_the_same(knowledge: Knowledge) -> None:
    made = report(knowledge, "mixed")
    facts = facts_of(made.gaps, made.roadmap, knowledge.words)
    assert tell(facts, knowledge, "a") == tell(facts, knowledge, "a")
    assert tell(facts, knowledge, "a") != tell(facts, knowledge, "b")


@pytest.mark.parametrize("kind", KINDS)
def test_every_authored_sentence_holds_against_its_own_facts(knowledge: Knowledge, kind: str) -> None:
    """So the check is not stricter than the truth: what code wrote from the facts passes as if a model had."""
    made = report(knowledge, kind)
    by_gap = {one.gap: one for one in facts_of(made.gaps, made.roadmap, knowledge.words)}
    for gap in made.gaps:
        worded = {sentence.slot: sentence.text for sentence in gap.told}
        again = checked(gap.told, worded, by_gap[gap.gap]) if gap.told else ()
        plain = [s for s in again if s.slot in ("standing", "next")]
        assert all(sentence.by == "model" for sentence in plain)


def test_one_point_and_several_read_differently(knowledge: Knowledge) -> None:
    one = (
        report_of(knowledge, ledger_of({"data.pipeline": 1, "data.governance": 3, "data.monitoring": None, "data.realism": 4}))
        .gaps[0]
        .words
    )
    several = report_of(knowledge, ledger_of({"data.pipeline": 1, "data.governance": 0})).gaps[0].words
    assert "data monitoring and realistic data" in several
    assert re.search(r"data monitoring( |:|,| is)", one)
    assert "data monitoring and" not in one
    for text in (one, several):
        assert not re.search(r" [.,;:]|\.\.|\{|\}|: \.| {2}", text)


@pytest.mark.parametrize(
    ("levels", "place"),
    [
        ({"data.pipeline": 1}, "the only one that can be scored yet"),
        ({"data.pipeline": 1, "security.review": 2}, "the lowest of the two that can be scored yet"),
        ({"data.pipeline": 2, "security.review": 1}, "the highest of the two that can be scored yet"),
        ({"data.pipeline": 2, "security.review": 2}, "the same as security"),
        ({"data.pipeline": 2, "security.review": 1, "adoption.metric": 3}, "in the middle of the three that can be scored yet"),
    ],
)
def test_a_gap_has_its_place_among_those_that_are_scored(knowledge: Knowledge, levels: dict[str, int | None], place: str) -> None:
    made = report_of(knowledge, ledger_of(levels))
    assert facts_of(made.gaps, made.roadmap, knowledge.words)[0].place == place


def test_a_gap_that_does_not_apply_has_nothing_to_tell(knowledge: Knowledge) -> None:
    assert all(not gap.told for gap in report(knowledge, "all n/a").gaps)


def test_a_long_or_tapped_or_earlier_quote_or_a_mere_yes_is_not_told(knowledge: Knowledge) -> None:
    long, tapped, earlier = "word " * 60, "Files are exported by hand", "from before"
    for fields in (
        {"quote": long},
        {"quote": tapped, "read_by": "tap"},
        {"quote": "Yes, we do.", "read_by": "probe"},
        {"quote": earlier, "carried_from": "2026-01-01"},
    ):
        made = report_of(knowledge, [entry(1, "data.pipeline", 0, **fields)])
        assert fields["quote"].strip() not in made.gaps[0].words


FIVE = tuple(map(str, range(5)))
AUTHORED = tell([FACTS], dict.fromkeys(("standing", "strength_one", "weakness_one", "said", "unknown_one", "next"), FIVE), "a")["data"]  # type: ignore[dict-item]
HOLDS = {
    "standing": "This is the weakest of the five, at 42 of 100.",
    "strength": "The data has named owners.",
    "weakness": "The pipeline is still run by hand: “Mark exports 3 tables every Monday.” (turn 4)",
    "unknown": "The product owner would know whether the data is realistic.",
    "next": "In sprint 1 the first sources are automated end to end.",
}


def test_what_holds_against_the_facts_is_taken() -> None:
    assert {s.slot: s.text for s in checked(AUTHORED, HOLDS, FACTS)} == HOLDS
    assert {s.by for s in checked(AUTHORED, HOLDS, FACTS)} == {"model"}


@pytest.mark.parametrize(
    ("slot", "sentence"),
    [
        ("standing", "At 4 of 100 this is the weakest of the five."),
        ("standing", "At 42 of 100, this puts you behind 95 per cent of all companies."),
        ("weakness", "“Nobody ever looks after the data.” (turn 4)"),
        ("weakness", "As turn 7 has it: “Mark exports 3 tables every Monday.”"),
        ("weakness", "The exports from Snowflake are still run by hand."),
        ("strength", "Great, the data has named owners."),
        ("unknown", "Who knows whether the data is realistic?"),
        ("next", "We will make sure that the first sources are automated."),
        ("next", "See [the guide](https://example.org)."),
        ("next", "In sprint 4 the first sources are automated end to end."),
        ("strength", "4 people are named as owners of the data."),
        ("standing", ""),
    ],
)
def test_what_says_more_than_the_facts_is_replaced_by_the_authored_sentence(slot: str, sentence: str) -> None:
    told = {s.slot: s for s in checked(AUTHORED, HOLDS | {slot: sentence}, FACTS)}
    assert told[slot] == next(s for s in AUTHORED if s.slot == slot)  # type: ignore[index]
    assert sum(s.by == "model" for s in told.values()) == 4


def test_a_telling_counts_only_for_the_facts_it_was_made_from(knowledge: Knowledge) -> None:
    made = report_of(knowledge, ledger_of(all_at(knowledge.rubric, 1)))
    facts = facts_of(made.gaps, made.roadmap, knowledge.words)
    telling = Telling(facts=fingerprint_of(facts), gaps={"data": {"standing": "The score here is 25 of 100."}, "nonsense": {"x": "y"}})
    assert retold(made, telling).gaps[0].told[0].text == "The score here is 25 of 100."
    assert retold(made, telling).gaps[1] == made.gaps[1]
    other = report_of(knowledge, ledger_of(all_at(knowledge.rubric, 2)))
    assert retold(other, telling) == other
