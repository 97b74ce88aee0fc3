"""What is asked next, as a table of cases."""

from typing import Any

import pytest

from app.audit.ledger.evidence import Rating
from app.audit.ledger.profile import Profile
from app.interview import agenda
from app.interview.agenda import (
    AskCover,
    AskCriterion,
    AskDetail,
    Conclude,
    Opening,
    Probe,
    PutClash,
    SumUp,
    boundary_to_probe,
    is_open,
    is_settled,
    minutes_left,
    next_step,
)
from app.interview.state import Asks, Clash, Interview
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import GOVERNANCE, PIPELINE, REVIEW, TOOLING, all_rated, interview_of

TORN = (0.0, 0.05, 0.5, 0.45, 0.0)
SURE = (0.0, 0.0, 0.9, 0.1, 0.0)
CORE = ("data.pipeline", "agentops.tooling", "security.review", "integration.scope", "adoption.metric")


def rating(distribution: Any, read_by: str = "encoder", **fields: Any) -> Rating:
    one = entry(1, GOVERNANCE, 2, distribution=distribution, read_by=read_by, **fields)
    return Rating(criterion=GOVERNANCE, standing="rated", level=2, confidence=0.5, quotes=(one,))


@pytest.mark.parametrize(
    ("distribution", "probed", "boundary"),
    [
        (TORN, (), 2),
        (SURE, (), None),
        ((0.25, 0.75, 0.0, 0.0, 0.0), (), 0),
        ((0.24, 0.76, 0.0, 0.0, 0.0), (), None),
        ((0.0, 0.0, 0.0, 0.75, 0.25), (), 3),
        ((0.4, 0.3, 0.3, 0.0, 0.0), (), 0),
        ((0.4, 0.3, 0.3, 0.0, 0.0), (0,), 1),
        ((0.4, 0.3, 0.3, 0.0, 0.0), (0, 3), None),
        ((0.3, 0.1, 0.2, 0.1, 0.3), (1, 2), None),
        (None, (), None),
    ],
)
def test_the_boundary_most_in_doubt_is_probed_twice_at_most(
    knowledge: Knowledge, distribution: Any, probed: tuple[int, ...], boundary: int | None
) -> None:
    assert boundary_to_probe(knowledge.rubric.criteria[GOVERNANCE], rating(distribution), probed) == boundary


@pytest.mark.parametrize(
    ("criterion", "distribution", "boundary"),
    [
        (PIPELINE, (0.0, 0.0, 0.83, 0.17, 0.0), 2),
        (PIPELINE, (0.0, 0.0, 0.84, 0.16, 0.0), None),
        (GOVERNANCE, (0.0, 0.0, 0.83, 0.17, 0.0), None),
        (PIPELINE, (0.0, 0.83, 0.17, 0.0, 0.0), None),
        (PIPELINE, (0.0, 0.3, 0.4, 0.3, 0.0), 2),
        (GOVERNANCE, (0.0, 0.3, 0.4, 0.3, 0.0), 1),
    ],
)
def test_the_line_of_the_checklist_counts_half_again(knowledge: Knowledge, criterion: str, distribution: Any, boundary: int | None) -> None:
    assert boundary_to_probe(knowledge.rubric.criteria[criterion], rating(distribution), ()) == boundary


def test_what_was_tapped_or_stands_from_before_is_not_probed(knowledge: Knowledge) -> None:
    criterion = knowledge.rubric.criteria[GOVERNANCE]
    assert boundary_to_probe(criterion, rating(TORN, read_by="tap"), ()) is None
    assert boundary_to_probe(criterion, rating(TORN, read_by="model"), ()) == 2
    assert boundary_to_probe(criterion, rating(TORN, carried_from="2026-05-04"), ()) is None


def test_a_claim_is_probed_in_the_middle_once(knowledge: Knowledge) -> None:
    bare = Rating(criterion=GOVERNANCE, standing="bare", quotes=(entry(1, GOVERNANCE, standing="bare"),))
    criterion = knowledge.rubric.criteria[GOVERNANCE]
    assert boundary_to_probe(criterion, bare, ()) == 1
    assert boundary_to_probe(criterion, bare, (1,)) is None
    assert boundary_to_probe(criterion, Rating(criterion=GOVERNANCE, standing="open"), ()) is None


CLASH = Clash(criterion=REVIEW, earlier=1, finding=finding(REVIEW, 0, "no"))
PIPELINE_TORN = entry(1, PIPELINE, 2, distribution=TORN)
PIPELINE_BARE = entry(1, PIPELINE, standing="bare")
OTHERS = [entry(n, c, 2, read_by="tap") for n, c in enumerate(CORE[1:], start=2)]
TABLE: list[tuple[str, Interview, agenda.Step]] = [
    ("the opening comes first", interview_of(turn=0), Opening()),
    ("then the first core criterion", interview_of(turn=1), AskCriterion(PIPELINE)),
    ("a clash before everything", interview_of(PIPELINE_BARE, clashes=(CLASH,), topic=PIPELINE), PutClash(CLASH)),
    ("the topic's detail next", interview_of(PIPELINE_BARE, topic=PIPELINE), AskDetail(PIPELINE)),
    (
        "after the detail a probe in the middle",
        interview_of(PIPELINE_BARE, topic=PIPELINE, asked={PIPELINE: Asks(followup=True)}),
        Probe(PIPELINE, 1),
    ),
    (
        "a claim that stayed one is left",
        interview_of(PIPELINE_BARE, topic=PIPELINE, asked={PIPELINE: Asks(followup=True, probes=(1,))}),
        AskCriterion(TOOLING),
    ),
    ("the topic's probe next", interview_of(PIPELINE_TORN, topic=PIPELINE), Probe(PIPELINE, 2)),
    (
        "what is in doubt is probed without being the topic",
        interview_of(PIPELINE_TORN, *OTHERS, topic=REVIEW, depth="quick"),
        Probe(PIPELINE, 2),
    ),
    (
        "the topic goes before the order",
        interview_of(PIPELINE_BARE, entry(2, REVIEW, 2, distribution=TORN), topic=REVIEW),
        Probe(REVIEW, 2),
    ),
    (
        "a topic beyond the depth does not count",
        interview_of(entry(1, GOVERNANCE, standing="bare"), depth="quick", topic=GOVERNANCE),
        AskCriterion(PIPELINE),
    ),
    ("an unknown is not asked again", interview_of(entry(1, PIPELINE)), AskCriterion(TOOLING)),
    ("a skipped one neither", interview_of(entry(1, PIPELINE, standing="skipped")), AskCriterion(TOOLING)),
    (
        "but whoever comes next is asked",
        interview_of(entry(1, PIPELINE), *OTHERS, speaker="Ana", speakers=("Ana",), depth="quick"),
        AskCriterion(PIPELINE),
    ),
    (
        "unless somebody answered",
        interview_of(entry(1, PIPELINE, 2, read_by="tap"), speaker="Ana", speakers=("Ana",)),
        AskCriterion(TOOLING),
    ),
    (
        "the core first, then gap by gap",
        interview_of(*(entry(n, c, 2, read_by="tap") for n, c in enumerate(CORE, start=1))),
        AskCriterion(GOVERNANCE),
    ),
]


@pytest.mark.parametrize(("interview", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_comes_next(knowledge: Knowledge, interview: Interview, expected: agenda.Step) -> None:
    assert next_step(View(interview, knowledge.rubric)) == expected


def test_a_gap_is_summed_up_once_when_nothing_of_it_is_open(knowledge: Knowledge) -> None:
    data = [c.id for c in knowledge.rubric.gap("data").criteria]
    ledger = [entry(n, c, 2, read_by="tap") for n, c in enumerate(data, start=1)]
    assert next_step(View(interview_of(*ledger), knowledge.rubric)) == SumUp("data")
    assert next_step(View(interview_of(*ledger, confirmed=("data",)), knowledge.rubric)) == AskCriterion(TOOLING)
    assert next_step(View(interview_of(*ledger[:-1]), knowledge.rubric)) == AskCriterion(TOOLING)
    assert next_step(View(interview_of(*ledger, depth="quick"), knowledge.rubric)) == AskCriterion(TOOLING)
    unknown = [entry(n, c) for n, c in enumerate(data, start=1)]
    assert next_step(View(interview_of(*unknown), knowledge.rubric)) == AskCriterion(TOOLING)


def test_of_what_is_in_doubt_the_less_certain_comes_first(knowledge: Knowledge) -> None:
    torn = [
        entry(n, c, 2, distribution=TORN, confidence=sure)
        for n, (c, sure) in enumerate([(PIPELINE, 0.6), (TOOLING, 0.5), (REVIEW, 0.7)], start=1)
    ]
    known = [entry(n, c, 2, read_by="tap") for n, c in enumerate(CORE[3:], start=4)]
    assert next_step(View(interview_of(*torn, *known), knowledge.rubric)) == Probe(TOOLING, 2)


def test_a_surer_core_criterion_still_comes_before_the_others(knowledge: Knowledge) -> None:
    ledger = [
        entry(1, "adoption.metric", 2, distribution=TORN, confidence=0.99),
        entry(2, GOVERNANCE, 2, distribution=TORN, confidence=0.1),
    ]
    known = [entry(n, c, 2, read_by="tap") for n, c in enumerate(CORE[:4], start=3)]
    assert next_step(View(interview_of(*ledger, *known), knowledge.rubric)) == Probe("adoption.metric", 2)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, AskCover()),
        ({"cover_asked": True}, Conclude()),
        ({"profile": Profile(company="Nordwind")}, Conclude()),
        ({"profile": Profile(project="A bot")}, Conclude()),
        ({"profile": Profile(role="CTO")}, AskCover()),
    ],
)
def test_the_cover_is_asked_last_and_only_without_a_name(knowledge: Knowledge, fields: dict[str, Any], expected: agenda.Step) -> None:
    gaps = tuple(str(gap.id) for gap in knowledge.rubric.gaps)
    assert next_step(View(interview_of(*all_rated(knowledge), confirmed=gaps, **fields), knowledge.rubric)) == expected


@pytest.mark.parametrize(
    ("standing", "mine", "others"),
    [("unknown", False, True), ("skipped", False, True), ("bare", False, True), ("not_applicable", False, False), ("rated", False, False)],
)
def test_who_is_asked_what_somebody_else_could_not_say(knowledge: Knowledge, standing: str, mine: bool, others: bool) -> None:
    one = entry(1, PIPELINE, 2 if standing == "rated" else None, standing=standing)
    assert is_open(View(interview_of(one), knowledge.rubric), PIPELINE) is mine
    assert is_open(View(interview_of(one, speaker="Ana", speakers=("Ana",)), knowledge.rubric), PIPELINE) is others


def test_settled_is_what_needs_no_question(knowledge: Knowledge) -> None:
    view = View(interview_of(PIPELINE_TORN, entry(2, TOOLING, 2, distribution=SURE)), knowledge.rubric)
    assert [is_settled(view, c) for c in (PIPELINE, TOOLING, REVIEW)] == [False, True, False]


@pytest.mark.parametrize(("known", "minutes"), [(0, 15), (1, 14), (19, 1), (20, 1), (21, 1), (16, 4)])
def test_the_minutes_left_follow_from_what_is_open(knowledge: Knowledge, known: int, minutes: int) -> None:
    assert minutes_left(View(interview_of(*all_rated(knowledge)[:known]), knowledge.rubric)) == minutes
