"""Choices, messages and events go to a client and come back as what they were."""

from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from app.interview.asked import AskedChange, AskedCriterion, AskedOpening, AskedSummary, Question
from app.interview.choices import ChangeChoice, Choice, LevelChoice, PlainChoice, PlainMeaning, key_of, value_of
from app.interview.events import Event, Piece, Said, TurnBegan
from app.interview.messages import Handover, Message, Tap, Typed, handed_to
from tests.interview.stage import asked

KEYS = [*(f"level:{level}" for level in range(5)), "change:data.pipeline", *get_args(PlainMeaning)]
EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)


@pytest.mark.parametrize("key", KEYS)
def test_a_choice_comes_back_as_what_it_was(key: str) -> None:
    assert key_of(value_of(key)) == key
    choice = Choice(value=value_of(key), label="x")
    assert choice.key == key
    assert choice.model_dump(mode="json") == {"value": key, "label": "x"}
    assert Choice.model_validate_json(choice.model_dump_json()) == choice


def test_a_choice_says_what_it_means_by_its_type() -> None:
    assert value_of("level:3") == LevelChoice(level=3)
    assert value_of("change:data.pipeline") == ChangeChoice(criterion="data.pipeline")
    assert value_of("skip") == PlainChoice(kind="skip")


@pytest.mark.parametrize(
    "key", ["", "level:5", "level:-1", "level:", "level:03", "level: 3", "level:²", "Skip", "change:", "nothing", "unknown "]
)
def test_what_is_no_choice_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"no choice|at least 1 character"):
        value_of(key)
    with pytest.raises(ValidationError):
        MESSAGE.validate_python({"kind": "tap", "choice": key})


@pytest.mark.parametrize(("length", "taken"), [(60, True), (61, False)])
def test_a_criterion_that_a_client_names_is_short(length: int, taken: bool) -> None:
    key = f"change:{'x' * length}"
    if taken:
        assert key_of(value_of(key)) == key
    else:
        with pytest.raises(ValueError, match="at most 60"):
            value_of(key)


@pytest.mark.parametrize(
    "message", [Typed(text="By hand."), Tap(choice=value_of("level:2"), question_id="3-criterion"), Handover(who="Ana")]
)
def test_a_message_comes_back_as_what_it_was(message: Message) -> None:
    assert MESSAGE.validate_json(MESSAGE.dump_json(message)) == message


def test_a_name_is_kept_short_and_on_one_line() -> None:
    assert handed_to("  Ana\n Ruiz,\tInfoSec ") == Handover(who="Ana Ruiz, InfoSec")
    assert handed_to("x" * 60 + "y").who == "x" * 60
    assert handed_to("") == Handover()


QUESTIONS = [
    asked("opening"),
    asked("criterion", "level:1", "skip", criterion="data.pipeline"),
    asked("followup", criterion="data.pipeline"),
    asked("probe", "yes", "no", criterion="data.pipeline", boundary=3),
    asked("summary", "confirm", gap="data"),
    asked("contradiction", "earlier", "later", criterion="data.pipeline"),
    asked("change", "change:data.pipeline"),
    asked("change", "level:1", criterion="data.pipeline"),
    asked("restart", "yes", "no"),
    asked("cover", "skip"),
    asked("reason", criterion="data.pipeline"),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_comes_back_as_what_it_was(question: Event) -> None:
    events = [Said(text="Hello."), question, Piece(text="A."), TurnBegan(number=3)]
    assert EVENTS.validate_json(EVENTS.dump_json(events)) == events
    assert isinstance(question, Question)


def test_a_question_says_what_it_is_about() -> None:
    about = [(q.asks, q.about, q.about_gap) for q in QUESTIONS]
    on_pipeline = ("criterion", "followup", "probe", "contradiction", "reason")
    assert {row for row in about if row[0] in on_pipeline} == {(kind, "data.pipeline", "data") for kind in on_pipeline}
    assert ("summary", None, "data") in about
    assert ("change", None, None) in about
    assert ("change", "data.pipeline", "data") in about
    assert {row[1:] for row in about if row[0] in ("opening", "restart", "cover")} == {(None, None)}


@pytest.mark.parametrize("boundary", [-1, 4])
def test_a_probe_decides_between_two_levels_that_there_are(boundary: int) -> None:
    with pytest.raises(ValidationError):
        asked("probe", criterion="data.pipeline", boundary=boundary)


def test_a_question_has_just_its_own_fields() -> None:
    for kind, field in ((AskedOpening, "criterion"), (AskedCriterion, "gap"), (AskedSummary, "criterion"), (AskedChange, "boundary")):
        assert field not in kind.model_fields
