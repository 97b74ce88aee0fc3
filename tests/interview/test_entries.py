"""What the scribe writes: numbers, what is replaced or added to, grades, and how an answer is read back."""

from datetime import date

import pytest

from app.audit.again.snapshot import Snapshot, Stood
from app.audit.ledger.evidence import Grade
from app.audit.ledger.profile import Profile
from app.audit.score.scoring import Range
from app.interview.entries import Scribe, beginning
from app.interview.messages import Message, Typed
from app.interview.state import Interview
from app.interview.turn import Turn
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import NOON, PIPELINE, REVIEW, context_of, interview_of, tap

TYPED = Typed(text="By hand.")


def scribe_of(knowledge: Knowledge, interview: Interview, message: Message = TYPED) -> Scribe:
    return Scribe(Turn(interview=interview, message=message), context_of(knowledge))


def test_an_entry_says_who_when_and_what_read_it(knowledge: Knowledge) -> None:
    one = scribe_of(knowledge, interview_of(speaker="Ana", speakers=("Ana",))).write(PIPELINE, "rated", "By hand.", "encoder", level=0)
    assert (one.number, one.turn, one.at, one.who, one.quote, one.read_with) == (1, 7, NOON, "Ana", "By hand.", "scripted")
    assert (one.replaces, one.adds_to, one.confidence, one.note) == (None, None, 1.0, "")


@pytest.mark.parametrize(("adds", "replaces", "adds_to"), [(False, 2, None), (True, None, 2)])
def test_a_later_entry_replaces_the_latest_or_adds_to_it(
    knowledge: Knowledge, adds: bool, replaces: int | None, adds_to: int | None
) -> None:
    ledger = entry(1, PIPELINE, 1), entry(2, PIPELINE, 2, adds_to=1), entry(3, REVIEW, 2), entry(4, PIPELINE, 3, who="Ana")
    scribe = scribe_of(knowledge, interview_of(*ledger))
    one = scribe.write(PIPELINE, "unknown", "?", "encoder", adds=adds)
    assert (one.number, one.replaces, one.adds_to) == (5, replaces, adds_to)
    assert scribe.ledger == (*ledger, one)
    assert scribe.latest(PIPELINE) == one


def test_what_stands_from_before_is_the_latest_for_everybody(knowledge: Knowledge) -> None:
    ledger = entry(1, PIPELINE, 1, who="Ben", carried_from="2026-05-04"), entry(2, REVIEW, 2, who="Ben")
    scribe = scribe_of(knowledge, interview_of(*ledger))
    latest = scribe.latest(PIPELINE)
    assert latest is not None
    assert latest.number == 1
    assert scribe.latest(REVIEW) is None


@pytest.mark.parametrize(
    ("message", "standing", "quote", "grade", "read_with"),
    [
        (TYPED, "rated", "see the runbook", Grade.EVIDENCED, "scripted"),
        (TYPED, "bare", "by hand", Grade.DESCRIBED, "scripted"),
        (TYPED, "unknown", "see the runbook", None, "scripted"),
        (TYPED, "not_applicable", "see the runbook", None, "scripted"),
        (TYPED, "skipped", "see the runbook", None, "scripted"),
        (tap("level:2"), "rated", "see the runbook", Grade.CLAIMED, ""),
    ],
)
def test_words_are_graded_when_they_are_written_and_a_tap_claims_only(
    knowledge: Knowledge, message: Message, standing: str, quote: str, grade: Grade | None, read_with: str
) -> None:
    level = 2 if standing == "rated" else None
    one = scribe_of(knowledge, interview_of(), message).write(PIPELINE, standing, quote, "encoder", level=level)  # type: ignore[arg-type]
    assert (one.grade, one.read_with) == (grade, read_with)


def test_a_finding_keeps_its_grade_and_what_read_it(knowledge: Knowledge) -> None:
    found = finding(PIPELINE, 2, "words").model_copy(update={"grade": Grade.EVIDENCED, "read_by": "model"})
    scribe = scribe_of(knowledge, interview_of(), tap("later"))
    one = scribe.write_finding(found, read_with="a model")
    assert (one.standing, one.level, one.confidence, one.distribution) == ("rated", 2, 0.9, found.distribution)
    assert (one.grade, one.read_with, one.read_by) == (Grade.EVIDENCED, "a model", "model")


@pytest.mark.parametrize(
    ("special", "adds", "standing", "confidence"),
    [
        ({"unknown": 0.7}, False, "unknown", 0.7),
        ({"unknown": 0.69}, False, "rated", 0.9),
        ({"unknown": 0.8}, True, "rated", 0.9),
        ({"needs_followup": 0.7}, False, "bare", 0.7),
        ({"needs_followup": 0.69}, False, "rated", 0.9),
        ({"needs_followup": 0.8}, True, "bare", 0.8),
        ({"unknown": 0.7, "needs_followup": 0.9}, False, "unknown", 0.7),
    ],
)
def test_a_bare_claim_and_an_unknown_are_never_rated(
    knowledge: Knowledge, special: dict[str, float], adds: bool, standing: str, confidence: float
) -> None:
    one = scribe_of(knowledge, interview_of(entry(1, PIPELINE, 1))).write_finding(finding(PIPELINE, 2, "x", **special), adds=adds)
    assert (one.standing, one.confidence) == (standing, confidence)
    assert (one.level, one.distribution is None) == ((2, False) if standing == "rated" else (None, True))
    assert (one.adds_to, one.replaces) == ((1, None) if adds else (None, 1))


def test_why_a_reading_was_bounded_is_written_in_words(knowledge: Knowledge) -> None:
    plan = finding(PIPELINE, 1, "We will").model_copy(update={"bounded_by": "ledger.ceiling.plan"})
    scribe = scribe_of(knowledge, interview_of())
    one = scribe.write_finding(plan)
    assert one.note == "a plan counts once it is done; until then it is an intention"
    assert scribe.read_back(one).text.endswith(f"({one.note}).")
    bare = scribe.write_finding(plan.model_copy(update={"needs_followup": 0.9}))
    assert bare.note == ""


def test_an_answer_is_read_back_with_who_sees_it_otherwise(knowledge: Knowledge) -> None:
    ledger = entry(1, PIPELINE, 3, who="Ana"), entry(2, PIPELINE, 1, who="Ben"), entry(3, REVIEW, 2), entry(4, PIPELINE, who="Cleo")
    scribe = scribe_of(knowledge, interview_of(*ledger))
    back = scribe.read_back(scribe.write(PIPELINE, "rated", "x", "encoder", level=1))
    assert (back.entry, back.criterion, back.level) == (5, PIPELINE, 1)
    assert "Ana said otherwise" in back.text
    assert "Ben" not in back.text
    assert "Cleo said otherwise: not known to you" in back.text


def test_an_audit_begins_with_nothing_or_with_what_an_earlier_one_hands_on() -> None:
    begun = beginning(interview_of(entry(1, PIPELINE, 2), profile=Profile(company="Old")))
    assert (begun.ledger, begun.profile) == ((), Profile())
    stood = {PIPELINE: Stood(standing="rated", level=2, quotes=(entry(4, PIPELINE, 2, grade=Grade.EVIDENCED),))}
    known = Range(value=None, low=0, high=100)
    before = Snapshot(
        audit_id="b", taken_on=date(2026, 5, 4), profile=Profile(company="Nordwind"), overall=known, gaps={}, stood=stood, planned=()
    )
    followed = beginning(interview_of(before=before))
    assert followed.profile.company == "Nordwind"
    assert [(e.number, e.turn, e.carried_from, e.grade) for e in followed.ledger] == [(1, 0, date(2026, 5, 4), Grade.EVIDENCED)]
