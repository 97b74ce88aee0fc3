"""Where the turn goes by what the message says, and what the assessor is told."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from app.audit.ledger.assessment import Assessment, Intent, Scene
from app.interview.asked import Asked
from app.interview.messages import Typed
from app.interview.nodes.assess import asked_of, assess, scene_of, words_so_far
from app.interview.state import Interview
from app.interview.turn import Turn
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import PIPELINE, REVIEW, asked, context_of, interview_of, reading, step

PROBE = asked("probe", "yes", "no", "unknown", criterion=PIPELINE, boundary=1)
SUMMARY, RESTART = asked("summary", "confirm", gap="data"), asked("restart", "yes", "no")
CLASH = asked("contradiction", "earlier", "later", criterion=PIPELINE)
CRITERION = asked("criterion", "level:1", criterion=PIPELINE)
COVER, REASON = asked("cover", "skip"), asked("reason", "skip", criterion=PIPELINE)


class Listening:
    """Keeps what it was asked, and reads as it is told to."""

    fingerprint = "listening"

    def __init__(self, read: Assessment | None = None, which: str | None = None, **polarity: float) -> None:
        self.read = read or reading()
        self.chances = {"yes": 0.0, "no": 0.0, "unknown": 0.0, "neither": 0.5} | polarity
        self.statement = which
        self.calls: list[tuple[Any, ...]] = []

    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        self.calls.append((text, asked, list(context), topic, scene))
        return self.read

    async def polarity(self, probe: str, text: str) -> Mapping[str, float]:
        self.calls.append((probe, text))
        return self.chances

    async def which(self, text: str) -> str | None:
        return self.statement


async def assessed(knowledge: Knowledge, pending: Asked | None, assessor: Listening, interview: Interview | None = None) -> Any:
    turn = Turn(interview=interview or interview_of(pending=pending), message=Typed(text="Said."))
    return await step(assess, turn, context_of(knowledge, assessor=assessor))


@pytest.mark.parametrize(
    ("pending", "assessor", "reply"),
    [
        (PROBE, Listening(yes=0.9), "yes"),
        (PROBE, Listening(no=0.9), "no"),
        (PROBE, Listening(unknown=0.9), "unknown"),
        (SUMMARY, Listening(yes=0.9), "yes"),
        (SUMMARY, Listening(no=0.9), "no"),
        (RESTART, Listening(yes=0.9), "yes"),
        (RESTART, Listening(no=0.9), "no"),
        (CLASH, Listening(which="earlier"), "earlier"),
        (CLASH, Listening(which="later"), "later"),
    ],
)
async def test_a_reply_as_plain_as_a_tap_is_not_read(knowledge: Knowledge, pending: Asked, assessor: Listening, reply: str) -> None:
    stepped = await assessed(knowledge, pending, assessor)
    assert (stepped.to, stepped.brought["reply"].kind) == ("take_reply", reply)
    assert "read" not in stepped.brought
    assert set(assessor.calls) == (set() if pending is CLASH else {(pending.text, "Said.")})


@pytest.mark.parametrize(
    ("pending", "assessor"),
    [
        (PROBE, Listening(neither=1.0)),
        (SUMMARY, Listening(unknown=0.9)),
        (CLASH, Listening()),
        (CRITERION, Listening(yes=1.0)),
        (None, Listening(yes=1.0)),
    ],
)
async def test_every_other_reply_is_read(knowledge: Knowledge, pending: Asked | None, assessor: Listening) -> None:
    assessor.read = reading(finding(REVIEW, 2, "Said."), language="de")
    stepped = await assessed(knowledge, pending, assessor)
    assert (stepped.to, stepped.brought["read"], stepped.interview.language) == ("record", assessor.read, "de")


@pytest.mark.parametrize(
    ("intent", "to", "verbatim"),
    [
        (Intent.ANSWER, "record", "keep_words"),
        (Intent.UNKNOWN, "record", "keep_words"),
        (Intent.NOT_APPLICABLE, "record", "keep_words"),
        (Intent.QUESTION, "explain", "explain"),
        (Intent.CORRECT, "correct", "keep_words"),
        (Intent.SKIP, "steer", "steer"),
        (Intent.BACK, "steer", "steer"),
        (Intent.PAUSE, "steer", "steer"),
        (Intent.FINISH, "steer", "steer"),
        (Intent.RESTART, "steer", "steer"),
        (Intent.OFF_TOPIC, "steer", "keep_words"),
        (Intent.ATTACK, "steer", "keep_words"),
    ],
)
async def test_the_turn_goes_by_what_the_person_wants(knowledge: Knowledge, intent: Intent, to: str, verbatim: str) -> None:
    for pending, expected in ((CRITERION, to), (None, to), (COVER, verbatim), (REASON, verbatim)):
        assert (await assessed(knowledge, pending, Listening(reading(intent=intent)))).to == expected


@pytest.mark.parametrize(
    ("pending", "said"),
    [
        (CRITERION, "Please tap the answer that fits best"),
        (asked("opening"), "Could you say it in English?"),
        (None, "Could you say it in English?"),
    ],
)
async def test_another_language_is_never_guessed_at(knowledge: Knowledge, pending: Asked | None, said: str) -> None:
    stepped = await assessed(knowledge, pending, Listening(reading(unread=True, language="de")))
    assert stepped.to == "ask"
    assert said in stepped.said[0]
    assert "read" not in stepped.brought
    assert stepped.interview.language == "en"


async def test_what_is_kept_word_by_word_may_be_in_any_language(knowledge: Knowledge) -> None:
    for pending in (COVER, REASON):
        assert (await assessed(knowledge, pending, Listening(reading(unread=True)))).to == "keep_words"


HIGH, LOW = finding(PIPELINE, 3, "x"), finding(PIPELINE, 1, "x")


@pytest.mark.parametrize(
    ("pending", "read", "reply"),
    [
        (PROBE, reading(yes_no="yes"), "yes"),
        (PROBE, reading(yes_no="no"), "no"),
        (PROBE, reading(HIGH, yes_no="yes"), "yes"),
        (PROBE, reading(LOW, yes_no="yes"), None),
        (PROBE, reading(LOW, yes_no="no"), "no"),
        (PROBE, reading(HIGH, yes_no="no"), None),
        (PROBE, reading(finding(PIPELINE, 2, "x"), yes_no="yes"), "yes"),
        (PROBE, reading(finding(REVIEW, 0, "x"), yes_no="yes"), "yes"),
        (PROBE, reading(LOW.model_copy(update={"needs_followup": 0.1}), yes_no="yes"), "yes"),
        (PROBE, reading(yes_no="yes", intent=Intent.CORRECT), "yes"),
        (PROBE, reading(yes_no="yes", intent=Intent.QUESTION), None),
        (PROBE, reading(), None),
        (SUMMARY, reading(yes_no="no"), "no"),
        (SUMMARY, reading(HIGH, yes_no="no"), None),
        (RESTART, reading(yes_no="yes"), "yes"),
        (CRITERION, reading(yes_no="yes"), None),
    ],
)
async def test_a_yes_or_a_no_that_only_the_assessor_could_tell(
    knowledge: Knowledge, pending: Asked, read: Assessment, reply: str | None
) -> None:
    stepped = await assessed(knowledge, pending, Listening(read.model_copy(update={"language": "de"})))
    plain = stepped.brought.get("reply")
    assert (plain and plain.kind) == reply
    assert (stepped.to == "take_reply") is (reply is not None)
    assert stepped.interview.language == "de"
    assert stepped.brought["read"].findings == read.findings


@pytest.mark.parametrize(
    ("read", "to"),
    [
        (reading(), "take_reply"),
        (reading(HIGH), "record"),
        (reading(question="Why?"), "record"),
        (reading(intent=Intent.UNKNOWN), "record"),
    ],
)
async def test_an_answer_to_a_summary_that_changes_nothing_confirms_it(knowledge: Knowledge, read: Assessment, to: str) -> None:
    stepped = await assessed(knowledge, SUMMARY, Listening(read))
    assert stepped.to == to
    if to == "take_reply":
        assert stepped.brought["reply"].kind == "yes"


@pytest.mark.parametrize(
    ("pending", "criterion"),
    [
        (CRITERION, PIPELINE),
        (asked("followup", criterion=PIPELINE), PIPELINE),
        (PROBE, PIPELINE),
        (asked("change", criterion=PIPELINE), PIPELINE),
        (asked("change"), None),
        (CLASH, PIPELINE),
        (REASON, None),
        (COVER, None),
        (SUMMARY, None),
        (asked("opening"), None),
        (None, None),
    ],
)
def test_which_criterion_a_message_is_an_answer_on(pending: Asked | None, criterion: str | None) -> None:
    assert asked_of(pending) == criterion


def test_a_detail_is_read_together_with_what_it_belongs_to(knowledge: Knowledge) -> None:
    ledger = (
        entry(1, PIPELINE, 1, quote="first"),
        entry(2, PIPELINE, 1, quote="second", adds_to=1, read_by="model"),
        entry(3, PIPELINE, 1, quote="Yes", adds_to=2, read_by="probe"),
        entry(4, PIPELINE, 2, quote="A level", adds_to=3, read_by="tap"),
    )
    view = View(interview_of(*ledger), knowledge.rubric)
    for pending in (PROBE, asked("followup", criterion=PIPELINE)):
        assert words_so_far(view, pending) == ["first", "second"]
    for other in (CRITERION, asked("change", criterion=PIPELINE), None):
        assert words_so_far(view, other) == []


async def test_the_assessor_is_told_what_it_may_know(knowledge: Knowledge) -> None:
    ledger = entry(1, PIPELINE, 1, quote="first"), entry(2, REVIEW)
    interview = interview_of(*ledger, pending=PROBE, topic=REVIEW, lately=("You: hello",), prompts="v2")
    assessor = Listening()
    await assessed(knowledge, PROBE, assessor, interview)
    scene = Scene(question="Authored?", settled=(f"{PIPELINE}: 1",), lately=("You: hello",), prompts="v2")
    assert assessor.calls == [("Authored?", "Said."), ("Said.", PIPELINE, ["first"], REVIEW, scene)]
    view = View(interview, knowledge.rubric)
    assert scene_of(view, SUMMARY).question == scene_of(view, None).question == ""
