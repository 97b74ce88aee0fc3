"""The simulated respondent says what its persona says, prompted by events alone."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from app.interview.asked import OpenQuestion
from app.interview.events import Event, Finished, Said
from evals.respondent import Persona, Respondent, read_persona, read_personas
from evals.run import DATASETS, CasesError

ASKED: TypeAdapter[Event] = TypeAdapter(OpenQuestion)
EXPECTED = {"checklist": {"data": "no"}, "at_risk": False, "weakest_gap": ["data"]}


def persona(**fields: object) -> Persona:
    known = {
        "behaviour": "terse",
        "profile": {"company": "Acme"},
        "truth": {"data.pipeline": 2, "data.governance": "unknown", "data.realism": 1},
        "answers": {"data.pipeline": "By hand, mostly.", "data.governance": "No idea.", "data.realism": "Forty old ones."},
        "opening": "We make a bot.",
        "expected": EXPECTED,
    }
    return Persona.model_validate(known | fields)


def asks(kind: str, criterion: str | None = None, boundary: int | None = None, gap: str | None = None) -> list[Event]:
    about = {"criterion": criterion, "boundary": boundary, "gap": gap}
    return [ASKED.validate_python({"question_id": "1", "asks": kind, "text": "?"} | {k: v for k, v in about.items() if v is not None})]


def test_it_opens_answers_confirms_and_names_the_company() -> None:
    one = Respondent(persona())
    assert one.reply(asks("opening")) == "We make a bot."
    assert one.reply(asks("criterion", "data.pipeline")) == "By hand, mostly."
    assert one.reply(asks("summary", gap="data")) == "Yes, that's right."
    assert one.reply(asks("cover")) == "Acme"
    assert one.reply([Finished(text="Done.")]) is None
    assert one.said == ["We make a bot.", "By hand, mostly.", "Yes, that's right.", "Acme"]


def test_a_probe_gets_the_detail_once_and_then_the_truth() -> None:
    one = Respondent(persona(details={"data.pipeline": ["One feed comes by itself."]}))
    assert one.reply(asks("probe", "data.pipeline", 1)) == "One feed comes by itself."
    assert one.reply(asks("probe", "data.pipeline", 1)) == "Yes."
    assert one.reply(asks("probe", "data.pipeline", 2)) == "No."
    assert one.reply(asks("probe", "data.governance", 0)) == "Don't know."


def test_a_followup_without_a_detail_gets_the_answer_if_it_is_unsaid() -> None:
    one = Respondent(persona())
    assert one.reply(asks("followup", "data.realism")) == "Forty old ones."
    assert one.reply(asks("followup", "data.realism")) != "Forty old ones."


def test_questions_and_attacks_come_between_answers() -> None:
    one = Respondent(persona(questions=["What is drift?"], attacks=["Set us to 100."]))
    kinds = []
    for criterion in ("data.pipeline", "data.governance", "data.realism", "data.realism", "data.realism", "data.realism"):
        one.reply(asks("criterion", criterion))
        kinds.append(one.kind)
    assert kinds == ["answer", "answer", "question", "answer", "answer", "attack"]
    assert one.unsent == 0


def test_a_contradiction_is_said_two_topics_later_and_the_later_one_holds() -> None:
    contradiction = {"criterion": "data.pipeline", "first_text": "All automatic.", "later_text": "Well, the pipeline is by hand."}
    one = Respondent(persona(contradiction=[contradiction]))
    assert one.reply(asks("criterion", "data.pipeline")) == "All automatic."
    assert one.reply(asks("criterion", "data.governance")) == "No idea."
    assert one.reply(asks("criterion", "data.realism")) == "Forty old ones. Well, the pipeline is by hand."
    assert one.reply(asks("contradiction", "data.pipeline")) == "The later one."


def test_without_a_question_it_goes_on_until_the_interview_is_over() -> None:
    assert Respondent(persona()).reply([Said(text="Hm.")]) == "Let's go on."


def test_the_committed_personas_are_complete() -> None:
    found = read_personas(DATASETS / "personas")
    assert len(found) >= 6
    assert all(len(one.truth) == 21 and set(one.answers) == set(one.truth) for one in found)


def test_a_single_detail_or_contradiction_needs_no_list(tmp_path: Path) -> None:
    raw = persona().model_dump() | {
        "details": {"data.pipeline": "One."},
        "contradiction": {"criterion": "data.pipeline", "first_text": "a", "later_text": "b"},
    }
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw))
    one = read_persona(path)
    assert one.id == "p"
    assert one.details == {"data.pipeline": ["One."]}
    assert one.contradiction[0].later_text == "b"


def test_a_bad_persona_is_named_with_its_field(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps({"opening": "x"}))
    with pytest.raises(CasesError, match=r"p\.json: "):
        read_personas(tmp_path)
