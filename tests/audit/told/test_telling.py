"""What a model may put in the place of the report's own words."""

import pytest

from app.audit.told.facts import Facts, Point, facts_of
from app.audit.told.findings import GapSentence
from app.audit.told.telling import Telling, checked, fingerprint_of, retold
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, ledger_of
from tests.reports.reports import KINDS, report, report_of

TEXT = """\
Gap: data pipelines
Score: 42 of 100, the weakest of the five
Ready: data ownership: named owners
Not ready, the worst first: production pipeline: by hand (turn 4: “Mark exports 3 tables every Monday.”)
Not known: realistic data; the product owner would know
First task of the plan: Automate the first sources end to end, in sprint 1"""
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
    text=TEXT,
)
SLOTS = ("standing", "strength", "weakness", "unknown", "next")
AUTHORED = tuple(GapSentence.model_validate({"slot": slot, "text": f"Authored {slot}."}) for slot in SLOTS)


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
        ("standing", "Is this the weakest of the five?"),
        ("weakness", "In turn 1 it was put like this: “Mark exports 3 tables every Monday.”"),
        ("next", "Sprint 2 begins with the first sources, in sprint 1."),
        ("strength", "2 of the points have named owners."),
        ("strength", "The two points have named owners."),
    ],
)
def test_what_says_more_than_the_facts_is_replaced_by_the_authored_sentence(slot: str, sentence: str) -> None:
    told = {s.slot: s for s in checked(AUTHORED, HOLDS | {slot: sentence}, FACTS)}
    assert told[slot] == next(s for s in AUTHORED if s.slot == slot)
    assert sum(s.by == "model" for s in told.values()) == 4


def test_a_telling_counts_only_for_the_facts_it_was_made_from(knowledge: Knowledge) -> None:
    made = report_of(knowledge, ledger_of(all_at(knowledge.rubric, 1)))
    facts = facts_of(made.gaps, made.roadmap, knowledge.words)
    telling = Telling(facts=fingerprint_of(facts), gaps={"data": {"standing": "The score here is 25 of 100."}, "nonsense": {"x": "y"}})
    assert retold(made, telling, knowledge.words).gaps[0].told[0].text == "The score here is 25 of 100."
    assert retold(made, telling, knowledge.words).gaps[1] == made.gaps[1]
    other = report_of(knowledge, ledger_of(all_at(knowledge.rubric, 2)))
    assert retold(other, telling, knowledge.words) == other
