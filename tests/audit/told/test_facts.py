import pytest

from app.audit.ledger.evidence import Entry, rate
from app.audit.methodology import Methodology
from app.audit.plan.ninety_days import plan
from app.audit.score.scoring import score
from app.audit.told.facts import LONGEST_QUOTE, Facts, Point, facts_of
from app.audit.told.gap_reports import gap_reports
from tests.audit import small
from tests.audit.ledgers import entry
from tests.audit.small import MONDAY


def gathered(method: Methodology, *ledger: Entry) -> dict[str, Facts]:
    ratings = rate(ledger, method.rubric)
    gaps = gap_reports(method, ratings, score(method.rubric, ratings))
    return {facts.gap: facts for facts in facts_of(gaps, plan(method, ratings, MONDAY), method.words)}


def data(method: Methodology, **fields: object) -> Facts:
    return gathered(method, entry(1, "data.core", 1, **fields))["data"]


def test_the_facts_of_a_gap_are_what_stands_what_does_not_what_is_open_and_the_first_task(method: Methodology) -> None:
    ledger = [entry(1, "data.core", 3, quote="We run it."), entry(2, "data.more", 1, quote="By\n hand.", read_by="model")]
    facts = gathered(method, *ledger, entry(3, "security.core", 2, read_by="tap"))["data"]
    assert facts.model_dump(exclude={"text"}) == {
        "gap": "data",
        "name": "data",
        "score": "58",
        "place": "the highest of the two that can be scored yet",
        "strong": ({"name": "data core", "statement": "data core at 3", "quote": "We run it.", "turn": 1, "who": ""},),
        "weak": ({"name": "data more", "statement": "data more at 1", "quote": "By hand.", "turn": 2, "who": ""},),
        "unknown": (),
        "task": "Lift data.more to 2",
        "sprint": 1,
    }
    assert facts.text.splitlines() == [
        "Gap: data",
        "Score: 58 of 100, the highest of the two that can be scored yet",
        "Ready: data core: data core at 3 (turn 1: “We run it.”)",
        "Not ready, the worst first: data more: data more at 1 (turn 2: “By hand.”)",
        "First task of the plan: Lift data.more to 2, in sprint 1",
    ]


def test_of_a_gap_that_nobody_knows_the_facts_are_whom_to_ask(method: Methodology) -> None:
    facts = gathered(method, entry(1, "security.core", 4))["data"]
    assert (facts.score, facts.place, facts.strong, facts.weak, facts.task, facts.sprint) == ("", "", (), (), "", 0)
    assert facts.unknown[0] == Point(name="data core", statement="not asked yet", who="data lead")
    assert facts.text.splitlines() == [
        "Gap: data",
        "Score: none, nothing is known",
        "Not known: data core; the data lead would know",
        "Not known: data more; the data lead would know",
    ]


def test_a_gap_that_does_not_apply_has_no_facts(method: Methodology) -> None:
    gone = [entry(n, c, standing="not_applicable") for n, c in enumerate(("data.core", "data.more"), start=1)]
    assert list(gathered(method, *gone)) == ["agentops", "security", "integration", "adoption"]


def test_the_furthest_from_ready_comes_first_and_of_two_as_far_the_core_one(method: Methodology) -> None:
    far = gathered(method, entry(1, "data.core", 2), entry(2, "data.more", 1))["data"]
    assert [point.name for point in far.weak] == ["data more", "data core"]
    gap = method.rubric.gaps[0]
    turned = method.rubric.model_copy(update={"gaps": (gap.model_copy(update={"criteria": gap.criteria[::-1]}), *method.rubric.gaps[1:])})
    same = gathered(method.model_copy(update={"rubric": turned}), entry(1, "data.core", 1), entry(2, "data.more", 1))["data"]
    assert [point.name for point in same.weak] == ["data core", "data more"]


def test_a_task_is_named_with_its_sprint_and_a_question_is_no_task(method: Methodology) -> None:
    facts = gathered(method, entry(1, "adoption.core", 2), entry(2, "data.core"), entry(3, "data.more", 4))
    assert (facts["adoption"].task, facts["adoption"].sprint) == ("Lift adoption.core to 3", 3)
    assert facts["data"].task == ""


@pytest.mark.parametrize(
    ("levels", "places"),
    [
        ({"data": 1}, ["the only one that can be scored yet"]),
        ({"data": 1, "security": 2}, ["the lowest of the two that can be scored yet", "the highest of the two that can be scored yet"]),
        ({"data": 2, "security": 2}, ["the same as security", "the same as data"]),
        (
            {"data": 2, "security": 1, "adoption": 3},
            [
                "in the middle of the three that can be scored yet",
                "the lowest of the three that can be scored yet",
                "the highest of the three that can be scored yet",
            ],
        ),
        (
            {"data": 0, "agentops": 1, "security": 2, "adoption": 3},
            [
                "the lowest of the four that can be scored yet",
                "in the middle of the four that can be scored yet",
                "in the middle of the four that can be scored yet",
                "the highest of the four that can be scored yet",
            ],
        ),
        (
            {"data": 0, "agentops": 1, "security": 2, "integration": 3, "adoption": 4},
            [
                "the weakest of the five",
                "the second weakest of the five",
                "in the middle of the five",
                "the second strongest of the five",
                "the strongest of the five",
            ],
        ),
        (
            {"data": 2, "agentops": 2, "security": 2, "integration": 2, "adoption": 1},
            [
                "the same as agentops, security and integration",
                "the same as data, security and integration",
                "the same as data, agentops and integration",
                "the same as data, agentops and security",
                "the weakest of the five",
            ],
        ),
        (dict.fromkeys(("data", "agentops", "security", "integration", "adoption"), 1), ["the same as all the others"] * 5),
    ],
)
def test_a_gap_has_its_place_among_those_that_are_scored(method: Methodology, levels: dict[str, int], places: list[str]) -> None:
    facts = gathered(method, *(entry(n, f"{gap}.core", level) for n, (gap, level) in enumerate(levels.items(), start=1)))
    assert [facts[gap].place for gap in levels] == places


def test_gaps_that_round_to_the_same_score_are_in_the_same_place(method: Methodology) -> None:
    rubric = method.rubric
    ratings = small.ratings({"data.core": 1, "security.core": 1}, rubric)
    gaps = gap_reports(method, ratings, score(rubric, ratings))
    near = [gap.model_copy(update={"score": 25.4}) if gap.gap == "data" else gap for gap in gaps]
    facts = facts_of(near, plan(method, ratings, MONDAY), method.words)
    assert (facts[0].score, facts[0].place) == ("25", "the same as security")


def test_a_short_quote_of_somebody_without_a_name_is_told(method: Methodology) -> None:
    assert data(method, quote="x" * LONGEST_QUOTE).weak[0].quote == "x" * LONGEST_QUOTE
    assert data(method, read_by="model", quote="So.").weak[0] == Point(name="data core", statement="data core at 1", quote="So.", turn=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "x" * (LONGEST_QUOTE + 1)},
        {"read_by": "tap"},
        {"read_by": "probe"},
        {"read_by": "stated"},
        {"who": "Ana"},
        {"carried_from": "2026-01-01"},
    ],
)
def test_a_long_or_tapped_or_earlier_or_named_quote_or_a_mere_yes_is_not_told(method: Methodology, fields: dict[str, object]) -> None:
    assert data(method, **fields).weak == (Point(name="data core", statement="data core at 1"),)


def test_of_several_quotes_the_first_that_can_be_told_is(method: Methodology) -> None:
    long, short = entry(1, "data.core", 1, quote="x" * 161), entry(2, "data.core", 1, quote="Short.", adds_to=1)
    point = gathered(method, long, short)["data"].weak[0]
    assert (point.quote, point.turn) == ("Short.", 2)
    tapped = entry(1, "data.core", 1, quote="A choice", read_by="tap")
    assert gathered(method, tapped, short)["data"].weak[0].quote == "Short."
