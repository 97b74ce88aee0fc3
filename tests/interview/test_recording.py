"""What a read message writes into the ledger, beside the whole turns of test_turns."""

from typing import Any

import pytest

from app.audit.ledger.assessment import Assessment, Intent
from app.audit.ledger.evidence import Grade
from app.audit.ledger.profile import Profile
from app.interview.asked import Asked
from app.interview.events import ReadBack, Said
from app.interview.messages import Typed
from app.interview.nodes.correct import correct
from app.interview.nodes.keep_words import keep_words
from app.interview.nodes.record import is_news, record
from app.interview.state import Clash, Interview
from app.interview.turn import Turn
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import GOVERNANCE, PIPELINE, REVIEW, TOOLING, Stepped, asked, context_of, interview_of, reading, step

CRITERION, FOLLOWUP = asked("criterion", criterion=PIPELINE), asked("followup", criterion=PIPELINE)
PROBE = asked("probe", "yes", "no", criterion=PIPELINE, boundary=1)
UNKNOWN, NOT_APPLICABLE = reading(intent=Intent.UNKNOWN), reading(intent=Intent.NOT_APPLICABLE)
HEARD = "Thank you, that helps. From what you told me I already take this:"
NOTHING_HEARD = "Thank you, that helps me to see the project."


async def recorded(knowledge: Knowledge, interview: Interview, read: Assessment, text: str = "By hand.") -> Stepped:
    return await step(record, Turn(interview=interview, message=Typed(text=text), read=read), context_of(knowledge))


@pytest.mark.parametrize(
    ("pending", "read", "ledger", "written"),
    [
        (CRITERION, reading(finding(PIPELINE, 2, "q")), [], ("rated", 2, "q", None, None)),
        (CRITERION, reading(finding(PIPELINE, 2, "q")), [entry(1, PIPELINE, 1)], ("rated", 2, "q", 1, None)),
        (FOLLOWUP, reading(finding(PIPELINE, 2, "q")), [entry(1, PIPELINE, standing="bare")], ("rated", 2, "q", None, 1)),
        (PROBE, reading(finding(PIPELINE, 2, "q")), [entry(1, PIPELINE, 1)], ("rated", 2, "q", None, 1)),
        (CRITERION, reading(), [], ("unknown", None, "By hand.", None, None)),
        (CRITERION, UNKNOWN, [entry(1, PIPELINE, 1)], ("unknown", None, "By hand.", 1, None)),
        (PROBE, UNKNOWN, [entry(1, PIPELINE, 1)], ("unknown", None, "By hand.", 1, None)),
        (FOLLOWUP, UNKNOWN, [entry(1, PIPELINE, standing="bare")], ("unknown", None, "By hand.", None, 1)),
        (FOLLOWUP, reading(), [entry(1, PIPELINE, standing="bare")], ("unknown", None, "By hand.", 1, None)),
        (FOLLOWUP, UNKNOWN, [], ("unknown", None, "By hand.", None, None)),
        (CRITERION, NOT_APPLICABLE, [], ("not_applicable", None, "By hand.", None, None)),
        (FOLLOWUP, NOT_APPLICABLE, [entry(1, PIPELINE, standing="bare")], ("not_applicable", None, "By hand.", 1, None)),
        (PROBE, reading(finding(PIPELINE, 2, "q", needs_followup=0.7)), [entry(1, PIPELINE, 1)], ("rated", 1, "By hand.", None, 1)),
        (PROBE, reading(finding(PIPELINE, 2, "q", needs_followup=0.69)), [entry(1, PIPELINE, 1)], ("rated", 2, "q", None, 1)),
        (CRITERION, reading(finding(PIPELINE, 2, "q", needs_followup=0.9)), [entry(1, PIPELINE, 1)], ("bare", None, "q", 1, None)),
        (
            FOLLOWUP,
            reading(finding(PIPELINE, 2, "q", needs_followup=0.9)),
            [entry(1, PIPELINE, standing="bare")],
            ("bare", None, "q", None, 1),
        ),
    ],
)
async def test_an_answer_becomes_an_entry(knowledge: Knowledge, pending: Asked, read: Assessment, ledger: list[Any], written: Any) -> None:
    stepped = await recorded(knowledge, interview_of(*ledger, pending=pending), read)
    new = stepped.interview.ledger[len(ledger) :]
    assert [(e.standing, e.level, e.quote, e.replaces, e.adds_to) for e in new] == [written]
    assert [type(event) for event in stepped.events] == ([] if written[0] == "bare" else [ReadBack])
    assert (stepped.to, stepped.interview.pending, stepped.interview.topic) == ("ask", None, PIPELINE)


async def test_why_it_does_not_apply_is_the_message_itself(knowledge: Knowledge) -> None:
    one = (await recorded(knowledge, interview_of(pending=CRITERION), NOT_APPLICABLE, "We have none.")).interview.ledger[0]
    assert (one.note, one.grade) == ("We have none.", None)


@pytest.mark.parametrize(("assessed_by", "read_by"), [("encoder", "encoder"), ("gpt", "model")])
async def test_an_entry_says_what_read_it(knowledge: Knowledge, assessed_by: str, read_by: str) -> None:
    stepped = await recorded(knowledge, interview_of(pending=CRITERION), UNKNOWN.model_copy(update={"assessed_by": assessed_by}))
    assert (stepped.interview.ledger[0].read_by, stepped.interview.ledger[0].read_with) == (read_by, "scripted")


@pytest.mark.parametrize(("pending", "about", "told"), [(CRITERION, 0.8, True), (CRITERION, 0.79, False), (None, 0.1, True)])
async def test_what_is_said_in_passing_is_believed_when_it_is_plain(
    knowledge: Knowledge, pending: Asked | None, about: float, told: bool
) -> None:
    read = reading(finding(PIPELINE, 2, "q"), finding(REVIEW, 3, "r", about=about))
    ledger = (await recorded(knowledge, interview_of(pending=pending), read)).interview.ledger
    assert (REVIEW in [e.criterion for e in ledger]) is told


async def test_an_opening_is_thanked_for_with_what_was_heard(knowledge: Knowledge) -> None:
    opening = asked("opening")
    told = await recorded(knowledge, interview_of(pending=opening), reading(finding(PIPELINE, 2, "q"), finding(REVIEW, 3, "r")))
    assert [type(event) for event in told.events] == [Said, ReadBack, ReadBack]
    assert told.said[0] == HEARD
    assert told.interview.topic == REVIEW
    assert (await recorded(knowledge, interview_of(pending=opening), reading())).said == [NOTHING_HEARD]
    assert (await recorded(knowledge, interview_of(phase="finished"), reading())).events == ()
    again = await recorded(knowledge, interview_of(phase="finished"), reading(finding(PIPELINE, 2, "q")))
    assert again.said[0] == HEARD


async def test_without_anything_new_the_topic_stays(knowledge: Knowledge) -> None:
    assert (await recorded(knowledge, interview_of(topic=TOOLING), reading())).interview.topic == TOOLING


async def test_what_is_told_of_the_project_is_added_to_its_profile(knowledge: Knowledge) -> None:
    interview = interview_of(profile=Profile(company="Nordwind", role="CTO"))
    stepped = await recorded(knowledge, interview, reading(profile=Profile(project="A bot", role="CFO")))
    assert stepped.interview.profile == Profile(company="Nordwind", role="CFO", project="A bot")


async def test_a_question_in_an_answer_is_answered(knowledge: Knowledge) -> None:
    assert (await recorded(knowledge, interview_of(pending=CRITERION), reading(question="What is drift?"))).to == "explain"


@pytest.mark.parametrize(
    ("level", "sure", "fields", "clashes"),
    [
        (0, 0.9, {}, True),
        (1, 0.9, {}, True),
        (2, 0.9, {}, False),
        (4, 0.9, {}, False),
        (1, 0.6, {}, True),
        (1, 0.59, {}, False),
        (0, 0.9, {"settled_clashes": (REVIEW,)}, False),
        (0, 0.9, {"clashes": (Clash(criterion=REVIEW, earlier=1, finding=finding(REVIEW, 0, "x")),)}, False),
    ],
)
async def test_two_levels_apart_is_put_to_the_person_once(
    knowledge: Knowledge, level: int, sure: float, fields: dict[str, Any], clashes: bool
) -> None:
    interview = interview_of(entry(1, REVIEW, 3), pending=CRITERION, **fields)
    stepped = await recorded(knowledge, interview, reading(finding(PIPELINE, 2, "q"), finding(REVIEW, level, "r", sure=sure)))
    new = stepped.interview.clashes[len(interview.clashes) :]
    assert [(c.criterion, c.earlier, c.finding.level, c.read_with) for c in new] == ([(REVIEW, 1, level, "scripted")] if clashes else [])
    assert [e.criterion for e in stepped.interview.ledger] == [REVIEW, PIPELINE]


async def test_what_does_not_clash_hides_nothing_that_does(knowledge: Knowledge) -> None:
    interview = interview_of(entry(1, GOVERNANCE, 3), entry(2, REVIEW, 3), pending=CRITERION, settled_clashes=(GOVERNANCE,))
    heard = reading(*(finding(c, 0, "x") for c in (PIPELINE, GOVERNANCE, REVIEW)))
    stepped = await recorded(knowledge, interview, heard)
    assert [clash.criterion for clash in stepped.interview.clashes] == [REVIEW]


@pytest.mark.parametrize("one", [entry(1, REVIEW, 3, carried_from="2026-05-04"), entry(1, REVIEW), entry(1, REVIEW, 3, who="Ana")])
async def test_nobody_contradicts_an_earlier_audit_an_unknown_or_somebody_else(knowledge: Knowledge, one: Any) -> None:
    stepped = await recorded(knowledge, interview_of(one, pending=CRITERION), reading(finding(REVIEW, 0, "r")))
    assert stepped.interview.clashes == ()


async def test_an_answer_on_a_criterion_takes_its_contradiction_away(knowledge: Knowledge) -> None:
    clashes = tuple(Clash(criterion=c, earlier=1, finding=finding(c, 0, "x")) for c in (PIPELINE, REVIEW))
    stepped = await recorded(
        knowledge, interview_of(entry(1, PIPELINE, 3), pending=CRITERION, clashes=clashes), reading(finding(PIPELINE, 2, "q"))
    )
    assert [clash.criterion for clash in stepped.interview.clashes] == [REVIEW]


@pytest.mark.parametrize(
    ("one", "sure", "news"),
    [
        (None, 0.3, True),
        (entry(1, REVIEW, standing="skipped"), 0.3, True),
        (entry(1, REVIEW), 0.9, False),
        (entry(1, REVIEW, 2), 0.9, False),
        (entry(1, REVIEW, standing="bare"), 0.9, False),
        (entry(1, REVIEW, 2, carried_from="2026-05-04"), 0.6, True),
        (entry(1, REVIEW, 2, carried_from="2026-05-04"), 0.59, False),
        (entry(1, REVIEW, 2, who="Ana"), 0.3, True),
    ],
)
def test_what_is_news(knowledge: Knowledge, one: Any, sure: float, news: bool) -> None:
    view = View(interview_of(*([one] if one else [])), knowledge.rubric)
    assert is_news(view, finding(REVIEW, 2, "r", sure=sure)) is news


async def kept(knowledge: Knowledge, interview: Interview, text: str) -> Stepped:
    return await step(keep_words, Turn(interview=interview, message=Typed(text=text), read=reading()), context_of(knowledge))


async def test_a_reason_is_kept_word_by_word(knowledge: Knowledge) -> None:
    first = entry(1, PIPELINE, standing="not_applicable", quote="Doesn't apply", read_by="tap")
    stepped = await kept(knowledge, interview_of(first, pending=asked("reason", criterion=PIPELINE)), "Wir haben keine.")
    one = stepped.interview.ledger[1]
    assert (one.standing, one.quote, one.note, one.adds_to, one.read_by) == (
        "not_applicable",
        "Wir haben keine.",
        "Wir haben keine.",
        1,
        "encoder",
    )
    assert (stepped.interview.pending, stepped.interview.topic, stepped.to) == (None, PIPELINE, "ask")
    assert "does not apply here (Wir haben keine.)" in stepped.said[0]


@pytest.mark.parametrize(
    ("text", "name"), [("Nordwind,\n the  bot.", "Nordwind, the bot"), ("x" * 81, "x" * 80), ("y" * 79 + ".z", "y" * 79), ("A.B", "A.B")]
)
async def test_the_name_for_the_cover_is_short_and_on_one_line(knowledge: Knowledge, text: str, name: str) -> None:
    stepped = await kept(knowledge, interview_of(pending=asked("cover", "skip"), profile=Profile(role="CTO")), text)
    assert stepped.interview.profile == Profile(role="CTO", project=name)
    assert (stepped.interview.pending, stepped.interview.cover_asked, stepped.events, stepped.to) == (None, True, (), "ask")


async def corrected(knowledge: Knowledge, interview: Interview, read: Assessment) -> Stepped:
    return await step(correct, Turn(interview=interview, message=Typed(text="Actually"), read=read), context_of(knowledge))


@pytest.mark.parametrize(
    ("found", "to"),
    [
        (finding(PIPELINE, 3, "q", sure=0.35), "ask"),
        (finding(PIPELINE, 3, "q", sure=0.34), "__end__"),
        (finding(PIPELINE, 3, "q", needs_followup=0.69), "ask"),
        (finding(PIPELINE, 3, "q", needs_followup=0.7), "__end__"),
    ],
)
async def test_a_correction_counts_when_it_is_sure_and_says_something(knowledge: Knowledge, found: Any, to: str) -> None:
    found = found.model_copy(update={"distribution": (0.1, 0.05, 0.1, found.confidence, 0.4)}) if found.confidence < 0.5 else found
    stepped = await corrected(knowledge, interview_of(entry(1, PIPELINE, 1)), reading(found))
    assert stepped.to == to
    if to == "ask":
        assert [(e.level, e.replaces) for e in stepped.interview.ledger] == [(1, None), (3, 1)]
        assert [type(event) for event in stepped.events] == [ReadBack]
    else:
        assert len(stepped.interview.ledger) == 1
        assert stepped.events == (stepped.interview.pending,)
        assert stepped.interview.pending is not None
        assert stepped.interview.pending.about == PIPELINE


async def test_a_correction_of_nothing_in_particular_asks_which(knowledge: Knowledge) -> None:
    stepped = await corrected(knowledge, interview_of(entry(1, PIPELINE, 1)), reading())
    assert (stepped.to, stepped.said) == ("__end__", ["Which answer should I change?"])


@pytest.mark.parametrize(
    ("pending", "stays"),
    [
        (asked("criterion", criterion=GOVERNANCE), True),
        (asked("criterion", criterion=PIPELINE), False),
        (asked("cover"), True),
        (asked("opening"), True),
        (asked("change", criterion=GOVERNANCE), False),
        (asked("summary", gap="agentops"), False),
        (asked("contradiction", criterion=GOVERNANCE), False),
        (None, False),
    ],
)
async def test_the_open_question_stays_unless_the_correction_answers_it(knowledge: Knowledge, pending: Asked | None, stays: bool) -> None:
    stepped = await corrected(knowledge, interview_of(entry(1, PIPELINE, 1), pending=pending), reading(finding(PIPELINE, 3, "q")))
    assert stepped.interview.pending == (pending if stays else None)


async def test_a_grade_is_kept_as_the_reader_gave_it(knowledge: Knowledge) -> None:
    found = finding(PIPELINE, 3, "q").model_copy(update={"grade": Grade.EVIDENCED})
    assert (await corrected(knowledge, interview_of(), reading(found))).interview.ledger[0].grade is Grade.EVIDENCED
