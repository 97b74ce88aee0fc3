"""What taps and plain replies do."""

from datetime import date
from typing import Any

import pytest

from app.audit.again.snapshot import Snapshot, Stood
from app.audit.ledger.evidence import Grade
from app.audit.ledger.profile import Profile
from app.audit.score.scoring import Range
from app.interview.asked import Asked, AskedReason
from app.interview.choices import PlainChoice, PlainMeaning
from app.interview.events import ReadBack
from app.interview.messages import Typed
from app.interview.nodes.take_reply import take_reply
from app.interview.nodes.take_tap import take_tap
from app.interview.state import Asks, Clash, Interview
from app.interview.turn import Turn
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import GOVERNANCE, PIPELINE, REVIEW, Stepped, asked, context_of, interview_of, step, tap

EVERY = (*(f"level:{n}" for n in range(5)), "unknown", "not_applicable", "skip")
KEPT = "Good, everything stays as it was."
SPRING = date(2026, 5, 4)
FIRST, SECOND = (
    Clash(criterion=c, earlier=1, finding=finding(c, 0, "later words"), read_with="earlier reader") for c in (REVIEW, PIPELINE)
)


async def tapped(knowledge: Knowledge, interview: Interview, key: str) -> Stepped:
    return await step(take_tap, Turn(interview=interview, message=tap(key)), context_of(knowledge))


async def replied(knowledge: Knowledge, interview: Interview, kind: PlainMeaning, text: str = "Well.") -> Stepped:
    turn = Turn(interview=interview, message=Typed(text=text), reply=PlainChoice(kind=kind))
    return await step(take_reply, turn, context_of(knowledge))


def before_of(*stood: tuple[str, Stood]) -> Snapshot:
    known = Range(value=None, low=0, high=100)
    return Snapshot(
        audit_id="b", taken_on=SPRING, profile=Profile(company="Nordwind"), overall=known, gaps={}, stood=dict(stood), planned=()
    )


@pytest.mark.parametrize("asks", ["criterion", "followup", "change"])
@pytest.mark.parametrize(
    ("key", "standing", "level"),
    [("level:0", "rated", 0), ("level:4", "rated", 4), ("unknown", "unknown", None), ("skip", "skipped", None)],
)
async def test_a_tap_is_written_down_with_its_label(knowledge: Knowledge, asks: str, key: str, standing: str, level: int | None) -> None:
    interview = interview_of(entry(1, PIPELINE, 1), pending=asked(asks, *EVERY, criterion=PIPELINE))
    stepped = await tapped(knowledge, interview, key)
    one = stepped.interview.ledger[1]
    assert (one.standing, one.level, one.quote, one.read_by, one.replaces) == (standing, level, f"Label of {key}", "tap", 1)
    assert (one.grade, one.read_with) == (Grade.CLAIMED if level is not None else None, "")
    assert (stepped.to, stepped.interview.pending, stepped.interview.topic) == ("ask", None, PIPELINE)
    assert [type(event) for event in stepped.events] == [ReadBack]


async def test_what_does_not_apply_asks_why(knowledge: Knowledge) -> None:
    stepped = await tapped(knowledge, interview_of(pending=asked("criterion", *EVERY, criterion=PIPELINE)), "not_applicable")
    assert (stepped.to, stepped.events) == ("__end__", (stepped.interview.pending,))
    assert isinstance(stepped.interview.pending, AskedReason)
    assert stepped.interview.pending.criterion == PIPELINE
    assert [(e.standing, e.quote) for e in stepped.interview.ledger] == [("not_applicable", "Label of not_applicable")]


async def test_as_last_time_carries_the_words_of_then_on(knowledge: Knowledge) -> None:
    quotes = (entry(3, PIPELINE, 1, grade=Grade.EVIDENCED), entry(4, PIPELINE, 2, adds_to=3, grade=Grade.DESCRIBED))
    before = before_of((PIPELINE, Stood(standing="rated", level=2, quotes=quotes)))
    pending = asked("criterion", "as_before", *EVERY, criterion=PIPELINE)
    stepped = await tapped(knowledge, interview_of(entry(1, REVIEW, 2), before=before, pending=pending), "as_before")
    new = stepped.interview.ledger[1:]
    assert [(e.number, e.adds_to, e.level, e.carried_from) for e in new] == [(2, None, 1, SPRING), (3, 2, 2, SPRING), (4, 3, 2, None)]
    assert (new[-1].quote, new[-1].read_by) == ("Label of as_before", "tap")


@pytest.mark.parametrize("pending", [asked("criterion", *EVERY, criterion=REVIEW), None])
async def test_a_change_is_asked_for_at_any_time(knowledge: Knowledge, pending: Asked | None) -> None:
    stepped = await tapped(knowledge, interview_of(pending=pending, topic=REVIEW), "change:data.pipeline")
    assert (stepped.to, stepped.interview.topic, stepped.events) == ("__end__", None, (stepped.interview.pending,))
    assert stepped.interview.pending is not None
    assert (stepped.interview.pending.asks, stepped.interview.pending.about) == ("change", PIPELINE)


@pytest.mark.parametrize(
    ("boundary", "yes", "distribution", "level", "confidence"),
    [
        (1, True, (0.1, 0.3, 0.4, 0.2, 0.0), 2, 0.4 / 0.6),
        (1, False, (0.1, 0.3, 0.4, 0.2, 0.0), 1, 0.75),
        (0, True, None, 2, 0.25),
        (3, False, None, 1, 0.25),
    ],
)
async def test_a_probe_keeps_one_side_of_its_boundary(
    knowledge: Knowledge, boundary: int, yes: bool, distribution: Any, level: int, confidence: float
) -> None:
    pending = asked("probe", "yes", "no", "unknown", criterion=PIPELINE, boundary=boundary)
    interview = interview_of(entry(1, PIPELINE, 2, distribution=distribution), pending=pending)
    kind: PlainMeaning = "yes" if yes else "no"
    for stepped, quote in (
        (await tapped(knowledge, interview, kind), f"Label of {kind}"),
        (await replied(knowledge, interview, kind), "Well."),
    ):
        one = stepped.interview.ledger[1]
        assert (one.standing, one.level, one.quote, one.read_by, one.adds_to) == ("rated", level, quote, "probe", 1)
        assert one.confidence == pytest.approx(confidence)
        assert one.distribution is not None
        assert sum(one.distribution) == pytest.approx(1.0)
        assert (stepped.to, stepped.interview.pending, stepped.interview.topic) == ("ask", None, PIPELINE)
        assert [type(event) for event in stepped.events] == [ReadBack]


async def test_who_cannot_say_leaves_the_rating_less_sure(knowledge: Knowledge) -> None:
    first = entry(1, PIPELINE, 2, confidence=0.5, distribution=(0.0, 0.2, 0.5, 0.3, 0.0), note="only a plan")
    interview = interview_of(first, pending=asked("probe", "yes", "no", "unknown", criterion=PIPELINE, boundary=1))
    tap_, reply = await tapped(knowledge, interview, "unknown"), await replied(knowledge, interview, "unknown")
    for stepped in (tap_, reply):
        one = stepped.interview.ledger[1]
        assert (one.level, one.confidence, one.distribution, one.note, one.adds_to) == (2, 0.4, first.distribution, "only a plan", 1)
        assert (stepped.interview.pending, stepped.interview.topic) == (None, PIPELINE)
    assert [type(event) for event in tap_.events] == [ReadBack]
    assert reply.events == ()


async def test_a_claim_that_nobody_can_say_more_of_stays_one(knowledge: Knowledge) -> None:
    bare = entry(1, PIPELINE, standing="bare")
    interview = interview_of(bare, pending=asked("probe", "yes", "no", "unknown", criterion=PIPELINE, boundary=1))
    for stepped in (await tapped(knowledge, interview, "unknown"), await replied(knowledge, interview, "unknown")):
        assert (stepped.interview.ledger, stepped.events, stepped.interview.topic) == ((bare,), (), PIPELINE)
        assert stepped.interview.pending is None


async def test_a_summary_that_is_right_is_noted(knowledge: Knowledge) -> None:
    interview = interview_of(entry(1, PIPELINE, 2), pending=asked("summary", "confirm", gap="data"), confirmed=("security",))
    for stepped in (await tapped(knowledge, interview, "confirm"), await replied(knowledge, interview, "yes")):
        assert (stepped.to, stepped.interview.confirmed) == ("ask", ("security", "data"))
        assert (stepped.interview.ledger, stepped.interview.pending, stepped.events) == (interview.ledger, None, ())


async def test_what_is_confirmed_from_an_earlier_audit_is_said_again_today(knowledge: Knowledge) -> None:
    ledger = (
        entry(1, PIPELINE, 2, confidence=0.6, carried_from=SPRING, grade=Grade.EVIDENCED, note="only a plan"),
        entry(2, GOVERNANCE, standing="not_applicable", note="none of ours", carried_from=SPRING),
        entry(3, "data.monitoring", 1),
        entry(4, REVIEW, 1, carried_from=SPRING),
    )
    interview = interview_of(*ledger, pending=asked("summary", "confirm", gap="data"))
    new = (await tapped(knowledge, interview, "confirm")).interview.ledger[4:]
    assert [(e.criterion, e.standing, e.level, e.confidence, e.note, e.adds_to) for e in new] == [
        (PIPELINE, "rated", 2, 0.6, "", 1),
        (GOVERNANCE, "not_applicable", None, 1.0, "none of ours", 2),
    ]
    assert {(e.quote, e.read_by) for e in new} == {("Label of confirm", "tap")}


async def test_a_summary_that_is_not_right_asks_which(knowledge: Knowledge) -> None:
    interview = interview_of(entry(1, PIPELINE, 2), pending=asked("summary", "confirm", gap="data"))
    stepped = await replied(knowledge, interview, "no")
    assert (stepped.to, stepped.said, stepped.interview.confirmed) == ("__end__", ["Which answer should I change?"], ())
    assert stepped.events == (stepped.interview.pending,)


def clashing() -> Interview:
    ledger = (entry(1, REVIEW, 3),)
    pending = asked("contradiction", "earlier", "later", "unknown", criterion=REVIEW)
    return interview_of(*ledger, pending=pending, clashes=(FIRST, SECOND), settled_clashes=(GOVERNANCE,))


async def test_the_later_statement_replaces_the_earlier(knowledge: Knowledge) -> None:
    for stepped in (await tapped(knowledge, clashing(), "later"), await replied(knowledge, clashing(), "later")):
        one = stepped.interview.ledger[1]
        assert (one.level, one.quote, one.replaces, one.read_with) == (0, "later words", 1, "earlier reader")
        assert (stepped.interview.clashes, stepped.interview.settled_clashes) == ((SECOND,), (GOVERNANCE, REVIEW))
        assert (stepped.to, stepped.interview.pending, stepped.interview.topic) == ("ask", None, REVIEW)
        assert [type(event) for event in stepped.events] == [ReadBack]


@pytest.mark.parametrize("key", ["earlier", "unknown"])
async def test_else_the_earlier_statement_stays(knowledge: Knowledge, key: str) -> None:
    stepped = await tapped(knowledge, clashing(), key)
    assert (len(stepped.interview.ledger), stepped.said, stepped.interview.pending) == (1, [KEPT], None)
    assert (stepped.interview.clashes, stepped.interview.settled_clashes) == ((SECOND,), (GOVERNANCE, REVIEW))
    assert (await replied(knowledge, clashing(), "earlier")).said == [KEPT]


async def test_a_restart_clears_everything_but_who_and_how_deep(knowledge: Knowledge) -> None:
    before = before_of((REVIEW, Stood(standing="rated", level=2, quotes=(entry(1, REVIEW, 2),))))
    interview = interview_of(
        entry(1, PIPELINE, 2),
        pending=asked("restart", "yes", "no"),
        phase="finished",
        depth="quick",
        asked={PIPELINE: Asks(followup=True)},
        confirmed=("data",),
        clashes=(FIRST,),
        settled_clashes=(REVIEW,),
        topic=PIPELINE,
        cover_asked=True,
        profile=Profile(company="Other"),
        speaker="Ana",
        speakers=("Ana",),
        before=before,
    )
    for stepped in (await tapped(knowledge, interview, "yes"), await replied(knowledge, interview, "yes")):
        after = stepped.interview
        assert (after.turn, after.phase, after.pending, after.topic, after.cover_asked) == (0, "open", None, None, False)
        assert (after.asked, after.confirmed, after.clashes, after.settled_clashes) == ({}, (), (), ())
        assert (after.depth, after.speaker, after.profile.company) == ("quick", "Ana", "Nordwind")
        assert [(e.criterion, e.carried_from) for e in after.ledger] == [(REVIEW, SPRING)]
        assert (stepped.to, stepped.said) == ("ask", ["All cleared. We begin again."])
    for stepped in (await tapped(knowledge, interview, "no"), await replied(knowledge, interview, "no")):
        assert (stepped.interview.ledger, stepped.interview.pending, stepped.said) == (interview.ledger, None, [KEPT])


async def test_the_cover_and_a_reason_can_be_skipped(knowledge: Knowledge) -> None:
    cover = await tapped(knowledge, interview_of(pending=asked("cover", "skip")), "skip")
    assert (cover.to, cover.interview.cover_asked, cover.interview.pending) == ("ask", True, None)
    reason = await tapped(knowledge, interview_of(pending=asked("reason", "skip", criterion=PIPELINE)), "skip")
    assert (reason.to, reason.interview.cover_asked, reason.interview.pending, reason.interview.ledger) == ("ask", False, None, ())
