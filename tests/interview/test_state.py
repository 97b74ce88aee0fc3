"""An interview is saved as JSON and read again, also what an earlier release saved."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.audit.again.snapshot import Snapshot, Stood
from app.audit.ledger.evidence import RESPONDENT, Grade
from app.audit.ledger.profile import Profile
from app.audit.score.scoring import Range
from app.interview.state import Asks, Clash, Interview
from app.interview.view import View, names_in
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import NOON, PIPELINE, REVIEW, TOOLING, asked, graded, interview_of

EARLIER = Path(__file__).parent / "earlier_release.json"


def full() -> Interview:
    return interview_of(
        entry(1, PIPELINE, 2, grade=Grade.DESCRIBED, read_with="encoder x"),
        entry(2, PIPELINE, 3, adds_to=1, distribution=(0.0, 0.1, 0.1, 0.7, 0.1)),
        profile=Profile(company="Nordwind"),
        started_at=NOON,
        pending=asked("probe", "yes", "no", "unknown", criterion=PIPELINE, boundary=2),
        clashes=[Clash(criterion=REVIEW, earlier=1, finding=finding(REVIEW, 0, "no"), read_with="encoder x")],
        asked={PIPELINE: Asks(followup=True, probes=(1, 2))},
        speakers=("Ana",),
        speaker="Ana",
        lately=("You: hello",),
        confirmed=("data",),
    )


def test_an_interview_comes_back_from_json_as_it_was() -> None:
    interview = full()
    assert Interview.model_validate_json(interview.model_dump_json()) == interview


def test_a_new_interview_has_nothing_yet() -> None:
    new = Interview(audit_id="a")
    assert (new.phase, new.turn, new.depth, new.speaker, new.schema_version) == ("new", 0, "full", RESPONDENT, 1)
    assert (new.ledger, new.clashes, new.confirmed) == ((), (), ())


@pytest.mark.parametrize("field", [{"schema_version": 2}, {"phase": "closed"}, {"turn": -1}, {"answers": []}])
def test_what_cannot_be_an_interview_is_refused(field: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Interview.model_validate({"audit_id": "a"} | field)


def test_an_interview_never_changes_but_another_follows_from_it() -> None:
    interview = full()
    later = interview.changed(pending=None, turn=8)
    assert (later.pending, later.turn, later.ledger) == (None, 8, interview.ledger)
    assert interview.pending is not None
    with pytest.raises(ValidationError):
        interview.turn = 9  # type: ignore[misc]


def test_what_an_earlier_release_saved_is_read() -> None:
    interview = Interview.model_validate_json(EARLIER.read_text(encoding="utf-8"))
    assert (interview.audit_id, interview.turn, interview.phase, interview.depth) == ("old", 6, "open", "full")
    assert interview.speakers == ("Ana Ruiz, InfoSec",)
    assert [(e.number, e.criterion, e.standing, e.level) for e in interview.ledger] == [
        (1, REVIEW, "rated", 3),
        (2, PIPELINE, "rated", 2),
        (3, PIPELINE, "rated", 3),
        (4, TOOLING, "bare", None),
        (5, TOOLING, "rated", 2),
    ]
    assert interview.asked == {f"{PIPELINE} 1": Asks(probes=(2,)), f"{TOOLING} 1": Asks(followup=True), f"{REVIEW} 1": Asks()}
    assert interview.pending is not None
    assert (interview.pending.asks, interview.pending.about) == ("contradiction", REVIEW)
    assert [choice.key for choice in interview.pending.choices] == ["earlier", "later", "unknown"]
    assert [(c.criterion, c.earlier, c.finding.level) for c in interview.clashes] == [(REVIEW, 1, 0)]
    assert Interview.model_validate_json(interview.model_dump_json()) == interview


@pytest.mark.parametrize(
    ("asks", "kept"),
    [
        ("opening", {}),
        ("criterion", {"criterion": PIPELINE}),
        ("followup", {"criterion": PIPELINE}),
        ("probe", {"criterion": PIPELINE, "boundary": 2}),
        ("summary", {"gap": "data"}),
        ("change", {"criterion": PIPELINE}),
        ("restart", {}),
        ("cover", {}),
        ("reason", {"criterion": PIPELINE}),
    ],
)
def test_an_earlier_question_keeps_what_its_kind_has(asks: str, kept: dict[str, object]) -> None:
    every = {"criterion": None, "boundary": None, "gap": None} | kept
    gap = {"gap": "data"} if "criterion" in kept else {}
    pending = {"kind": "asked", "question_id": "1", "asks": asks, "lead": "", "text": "?", "why": "", "choices": [], **every, **gap}
    read = Interview.model_validate({"audit_id": "a", "route": "asked", "events": [], "pending": pending, "speaker": ""})
    assert read.pending == asked(asks, **kept).model_copy(update={"question_id": "1", "text": "?"})
    assert read.speaker == RESPONDENT


def test_old_words_are_graded_once_and_what_was_tapped_claims_only() -> None:
    old = interview_of(
        entry(1, PIPELINE, 2, quote="see the runbook", grade=None),
        entry(2, TOOLING, 2, quote="our runbook", read_by="tap", grade=None),
        entry(3, REVIEW, standing="bare", quote="a runbook"),
        entry(4, REVIEW, standing="unknown", quote="no runbook"),
        entry(5, PIPELINE, 2, quote="the runbook", grade=Grade.CLAIMED),
    )
    stood = {PIPELINE: Stood(standing="rated", level=2, quotes=(entry(1, PIPELINE, 2, quote="runbook", grade=None),))}
    known = Range(value=None, low=0, high=100)
    before = Snapshot(audit_id="b", taken_on=date(2026, 5, 4), profile=Profile(), overall=known, gaps={}, stood=stood, planned=())
    new = old.model_copy(update={"before": before}).graded_once(graded)
    assert [e.grade for e in new.ledger] == [Grade.EVIDENCED, Grade.CLAIMED, Grade.EVIDENCED, None, Grade.CLAIMED]
    assert new.before is not None
    assert new.before.stood[PIPELINE].quotes[0].grade is Grade.EVIDENCED
    assert old.graded_once(graded).before is None


def test_a_view_works_out_once_what_follows_from_the_ledger(knowledge: Knowledge) -> None:
    interview = interview_of(entry(1, PIPELINE, 2))
    view = View(interview, knowledge.rubric)
    assert view.ratings is view.own
    same = view.of(interview.changed(topic=PIPELINE))
    assert same.ratings is view.ratings
    assert same.own is view.own
    other = view.of(interview.changed(speaker="Ana", speakers=("Ana",)))
    assert other.ratings is view.ratings
    assert other.own[PIPELINE].standing == "open"
    more = view.of(interview.changed(ledger=(*interview.ledger, entry(2, REVIEW, 1))))
    assert more.ratings[REVIEW].level == 1


def test_each_person_has_their_own_answers_beside_what_an_earlier_audit_holds(knowledge: Knowledge) -> None:
    ledger = entry(1, TOOLING, 1, carried_from="2026-05-04"), entry(2, PIPELINE, 2), entry(3, PIPELINE, 3, who="Ana")
    view = View(interview_of(*ledger, speaker="Ana", speakers=("Ben", "Ana")), knowledge.rubric)
    assert view.own[PIPELINE].level == 3
    assert view.own[TOOLING].level == 1
    assert view.asks_of(PIPELINE) == f"{PIPELINE} 2"
    assert View(interview_of(*ledger), knowledge.rubric).asks_of(PIPELINE) == PIPELINE


def test_what_was_asked_is_kept_apart_for_each_person(knowledge: Knowledge) -> None:
    asks = {PIPELINE: Asks(followup=True), f"{PIPELINE} 1": Asks(probes=(1,))}
    assert View(interview_of(asked=asks), knowledge.rubric).asks(PIPELINE) == Asks(followup=True)
    ana = View(interview_of(asked=asks, speaker="Ana", speakers=("Ana",)), knowledge.rubric)
    assert ana.asks(PIPELINE) == Asks(probes=(1,))
    assert ana.asks(REVIEW) == Asks()


def test_the_depth_says_how_many_criteria_are_asked(knowledge: Knowledge) -> None:
    quick = View(interview_of(entry(1, PIPELINE, 2), depth="quick"), knowledge.rubric)
    assert (len(quick.scope), quick.open_questions) == (5, 4)
    assert View(interview_of(), knowledge.rubric).open_questions == 21


def test_names_are_those_of_the_project_and_of_whoever_answers(knowledge: Knowledge) -> None:
    interview = interview_of(entry(1, PIPELINE, 2, who="Ana Ruiz, InfoSec"), speaker="Ben", profile=Profile(company="Nordwind"))
    assert View(interview, knowledge.rubric).names == ("Nordwind", "Ana Ruiz, InfoSec", "Ana", "Ruiz", "Ben", "Ben")
    assert names_in(RESPONDENT) == ()
