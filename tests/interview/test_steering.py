"""What moves the conversation and no rating; and how it is handed over, explained, asked and ended."""

from typing import Any

import pytest

from app.audit.guidance import Passage
from app.audit.ledger.assessment import Intent
from app.audit.ledger.evidence import RESPONDENT
from app.audit.ledger.profile import Profile
from app.interview.asked import Asked, AskedCriterion
from app.interview.events import Cited, Explained, Finished, Paused, Progressed, Said
from app.interview.messages import Handover, Typed
from app.interview.nodes.ask import ask, progress
from app.interview.nodes.conclude import conclude
from app.interview.nodes.explain import explain
from app.interview.nodes.hand_over import hand_over
from app.interview.nodes.steer import steer
from app.interview.state import Asks, Clash, Interview
from app.interview.turn import Turn
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import (
    PIPELINE,
    REVIEW,
    TOOLING,
    Shelf,
    Stepped,
    all_rated,
    asked,
    context_of,
    interview_of,
    reading,
    step,
    tap,
)

CRITERION = asked("criterion", "level:1", criterion=PIPELINE)
CLASHES = tuple(Clash(criterion=c, earlier=1, finding=finding(c, 0, "x")) for c in (REVIEW, PIPELINE))
GAPS = ("data", "agentops", "security", "integration", "adoption")


async def steered(knowledge: Knowledge, interview: Interview, intent: Intent) -> Stepped:
    turn = Turn(interview=interview, message=Typed(text="Skip it."), read=reading(intent=intent))
    return await step(steer, turn, context_of(knowledge))


@pytest.mark.parametrize(
    ("pending", "changes"),
    [
        (asked("summary", gap="data"), {"confirmed": ("security", "data")}),
        (asked("cover", "skip"), {"cover_asked": True}),
        (asked("contradiction", criterion=REVIEW), {"clashes": CLASHES[1:]}),
        (asked("opening"), {}),
        (asked("restart", "yes"), {}),
        (asked("reason", criterion=PIPELINE), {}),
        (asked("followup", criterion=PIPELINE), {}),
        (asked("probe", criterion=PIPELINE, boundary=1), {}),
        (asked("change", criterion=PIPELINE), {}),
    ],
)
async def test_a_question_is_skipped_without_a_line_in_the_ledger(knowledge: Knowledge, pending: Asked, changes: dict[str, Any]) -> None:
    interview = interview_of(pending=pending, confirmed=("security",), clashes=CLASHES)
    stepped = await steered(knowledge, interview, Intent.SKIP)
    assert (stepped.to, stepped.events) == ("ask", ())
    assert stepped.interview == interview.changed(pending=None, **changes)


async def test_a_criterion_that_is_skipped_is_noted_as_that(knowledge: Knowledge) -> None:
    stepped = await steered(knowledge, interview_of(pending=CRITERION), Intent.SKIP)
    assert [(e.criterion, e.standing, e.quote, e.read_by) for e in stepped.interview.ledger] == [
        (PIPELINE, "skipped", "Skip it.", "encoder")
    ]
    assert stepped.interview.pending is None


async def test_without_a_question_there_is_nothing_to_skip(knowledge: Knowledge) -> None:
    stepped = await steered(knowledge, interview_of(), Intent.SKIP)
    assert (stepped.to, stepped.said) == ("ask", ["There is nothing to skip right now."])


async def test_back_asks_for_the_latest_answer_again(knowledge: Knowledge) -> None:
    stepped = await steered(knowledge, interview_of(entry(1, PIPELINE, 2), entry(2, REVIEW, 1), pending=CRITERION), Intent.BACK)
    assert (stepped.to, stepped.events) == ("__end__", (stepped.interview.pending,))
    assert stepped.interview.pending is not None
    assert (stepped.interview.pending.asks, stepped.interview.pending.about) == ("change", REVIEW)
    nothing = await steered(knowledge, interview_of(pending=CRITERION), Intent.BACK)
    assert (nothing.to, nothing.said) == ("ask", ["There is no earlier answer to go back to yet."])
    assert nothing.interview.pending == CRITERION


async def test_a_pause_keeps_the_open_question(knowledge: Knowledge) -> None:
    stepped = await steered(knowledge, interview_of(pending=CRITERION), Intent.PAUSE)
    assert (stepped.to, stepped.interview.phase, stepped.interview.pending) == ("__end__", "paused", CRITERION)
    assert isinstance(stepped.events[0], Paused)
    assert stepped.said[0].startswith("Of course. Everything is saved.")


@pytest.mark.parametrize(
    ("intent", "to", "said"),
    [
        (Intent.FINISH, "conclude", []),
        (Intent.ATTACK, "ask", ["I cannot do that: the score follows from your answers alone, and my instructions stay with me."]),
        (Intent.OFF_TOPIC, "ask", ["That is outside of what I can help with here."]),
    ],
)
async def test_the_open_question_comes_back_after_anything_else(knowledge: Knowledge, intent: Intent, to: str, said: list[str]) -> None:
    stepped = await steered(knowledge, interview_of(pending=CRITERION), intent)
    assert (stepped.to, stepped.interview.pending) == (to, CRITERION)
    assert [text.startswith(begins) for text, begins in zip(stepped.said, said, strict=True)] == [True] * len(said)


async def test_a_restart_is_asked_about_first(knowledge: Knowledge) -> None:
    stepped = await steered(knowledge, interview_of(entry(1, PIPELINE, 2)), Intent.RESTART)
    assert (stepped.to, stepped.events) == ("__end__", (stepped.interview.pending,))
    assert stepped.interview.pending is not None
    assert stepped.interview.pending.asks == "restart"
    assert len(stepped.interview.ledger) == 1


async def handed(knowledge: Knowledge, interview: Interview, who: str) -> Stepped:
    return await step(hand_over, Turn(interview=interview, message=Handover(who=who)), context_of(knowledge))


async def test_from_here_on_somebody_else_answers(knowledge: Knowledge) -> None:
    interview = interview_of(pending=CRITERION, topic=PIPELINE, clashes=CLASHES, speakers=("Ben",))
    stepped = await handed(knowledge, interview, " Ana\nRuiz ")
    after = stepped.interview
    assert (after.speaker, after.speakers, after.topic, after.clashes, after.pending) == ("Ana Ruiz", ("Ben", "Ana Ruiz"), None, (), None)
    assert (stepped.to, stepped.said) == ("ask", ["Hello. From here on I note the answers as those of Ana Ruiz."])
    again = await handed(knowledge, after.changed(speaker="Ben"), "Ana Ruiz")
    assert again.interview.speakers == ("Ben", "Ana Ruiz")
    back = await handed(knowledge, after, "")
    assert (back.interview.speaker, back.interview.speakers) == (RESPONDENT, ("Ben", "Ana Ruiz"))
    assert back.said == ["From here on I note the answers without a name again."]


@pytest.mark.parametrize("who", ["Ana", ""])
async def test_who_answers_already_is_not_greeted_again(knowledge: Knowledge, who: str) -> None:
    interview = interview_of(pending=CRITERION, speaker=who or RESPONDENT, speakers=("Ana",))
    stepped = await handed(knowledge, interview, who)
    assert (stepped.interview, stepped.events, stepped.to) == (interview, (), "ask")


@pytest.mark.parametrize(("pending", "stays"), [(asked("opening"), True), (asked("summary", gap="data"), True), (CRITERION, False)])
async def test_a_question_to_who_answered_before_is_dropped(knowledge: Knowledge, pending: Asked, stays: bool) -> None:
    stepped = await handed(knowledge, interview_of(pending=pending), "Ana")
    assert stepped.interview.pending == (pending if stays else None)


@pytest.mark.parametrize(("unknown", "named", "phase"), [(False, True, "finished"), (False, False, "finished"), (True, True, "open")])
async def test_a_finished_audit_opens_for_whoever_has_something_to_be_asked(
    knowledge: Knowledge, unknown: bool, named: bool, phase: str
) -> None:
    ledger = all_rated(knowledge)
    if unknown:
        ledger[0] = entry(1, PIPELINE)
    profile = Profile(company="Nordwind") if named else Profile()
    stepped = await handed(knowledge, interview_of(*ledger, phase="finished", confirmed=GAPS, profile=profile), "Ana")
    assert stepped.interview.phase == phase
    assert [text.startswith("Nothing is open for you.") for text in stepped.said] == ([False] if unknown else [False, True])


PASSAGES = tuple(
    Passage(id=f"glossary#{n}", document="Glossary", section=f"Term {n}", kind="glossary", text=f"Text {n}.") for n in range(3)
)


async def explaining(knowledge: Knowledge, turn: Turn, *passages: Passage) -> Stepped:
    shelf = Shelf(*passages)
    stepped = await step(explain, turn, context_of(knowledge, playbook=shelf))
    stepped.brought["asked"] = shelf.asked
    return stepped


def asking(text: str, pending: Asked | None = None, **read: Any) -> Turn:
    return Turn(interview=interview_of(pending=pending), message=Typed(text=text), read=reading(**({"intent": Intent.QUESTION} | read)))


async def test_a_question_is_answered_from_two_passages_of_the_playbook(knowledge: Knowledge) -> None:
    stepped = await explaining(knowledge, asking("And?", question="What is drift?"), *PASSAGES)
    cited = tuple(Cited(id=f"glossary#{n}", title=f"Glossary: Term {n}", text=f"Text {n}.") for n in range(2))
    assert stepped.events == (Explained(text="Text 0.", passages=cited),)
    assert (stepped.to, stepped.brought["asked"]) == ("ask", [("What is drift?", 2)])
    assert (await explaining(knowledge, asking("Drift?"), *PASSAGES)).brought["asked"] == [("Drift?", 2)]


@pytest.mark.parametrize(
    ("question", "read", "said"),
    [
        ("What is a unicorn?", {}, ["My playbook has nothing on that, so I would rather not make something up."]),
        ("How many more questions?", {}, []),
        ("How long does this take?", {}, []),
        ("What is a unicorn?", {"intent": Intent.ANSWER}, []),
    ],
)
async def test_what_the_playbook_does_not_cover_is_said_where_it_was_asked(
    knowledge: Knowledge, question: str, read: dict[str, Any], said: list[str]
) -> None:
    stepped = await explaining(knowledge, asking(question, **read))
    assert (stepped.to, stepped.said) == ("ask", said)


@pytest.mark.parametrize(("question", "own"), [("Why do you ask that?", True), ("why is that important", True), ("Why drift?", False)])
async def test_why_something_is_asked_the_question_says_itself(knowledge: Knowledge, question: str, own: bool) -> None:
    pending = CRITERION.model_copy(update={"why": "Because."})
    stepped = await explaining(knowledge, asking(question, pending), *PASSAGES)
    assert stepped.events[0] == Explained(text="Because.") if own else stepped.said == ["Text 0."]
    assert bool(stepped.brought["asked"]) is not own
    assert (await explaining(knowledge, asking("Why do you ask that?", CRITERION), *PASSAGES)).said == ["Text 0."]


async def asking_next(knowledge: Knowledge, turn: Turn) -> Stepped:
    return await step(ask, turn, context_of(knowledge))


async def test_an_open_question_is_put_again_as_it_was(knowledge: Knowledge) -> None:
    interview = interview_of(pending=CRITERION)
    stepped = await asking_next(knowledge, Turn(interview=interview))
    assert (stepped.to, stepped.events, stepped.interview) == ("__end__", (CRITERION,), interview)


async def test_without_anything_to_ask_the_audit_ends(knowledge: Knowledge) -> None:
    done = interview_of(*all_rated(knowledge), confirmed=GAPS, cover_asked=True)
    for interview in (done, interview_of(phase="finished")):
        stepped = await asking_next(knowledge, Turn(interview=interview))
        assert (stepped.to, stepped.events) == ("conclude", ())


async def test_the_opening_comes_with_the_greeting(knowledge: Knowledge) -> None:
    stepped = await asking_next(knowledge, Turn(interview=interview_of(turn=0)))
    assert [type(event).__name__ for event in stepped.events] == ["Said", "AskedOpening"]
    assert stepped.interview.pending == stepped.events[1]
    assert stepped.interview.lately == (f"You: {stepped.said[1]}",)


async def test_a_question_comes_with_how_far_it_is(knowledge: Knowledge) -> None:
    stepped = await asking_next(knowledge, Turn(interview=interview_of(topic=REVIEW), message=Typed(text=f"By  hand\n{'x' * 300}")))
    question, told = stepped.events
    assert isinstance(question, AskedCriterion)
    assert isinstance(told, Progressed)
    assert (told.gap, told.settled, told.total, told.minutes_left) == ("data", 0, 21, 15)
    assert (stepped.to, stepped.interview.topic, stepped.interview.asked) == ("__end__", PIPELINE, {})
    they, you = stepped.interview.lately
    assert they == f"They: By hand {'x' * 300}"[:240]
    assert you == f"You: {question.text}"[:240]


async def test_of_the_conversation_six_lines_are_kept(knowledge: Knowledge) -> None:
    lines = tuple(f"You: {n}" for n in range(6))
    kept = (await asking_next(knowledge, Turn(interview=interview_of(lately=lines), message=Typed(text="b")))).interview.lately
    assert (len(kept), kept[:5]) == (6, (*lines[2:], "They: b"))
    tapped = (await asking_next(knowledge, Turn(interview=interview_of(lately=lines), message=tap("skip")))).interview.lately
    assert tapped[:5] == lines[1:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Asks(), Asks(followup=True)),
        (Asks(probes=(2,)), Asks(followup=True, probes=(2,))),
        (Asks(followup=True), Asks(followup=True, probes=(1,))),
    ],
)
async def test_what_was_asked_is_remembered_for_whoever_was_asked(knowledge: Knowledge, before: Asks, after: Asks) -> None:
    bare = entry(1, TOOLING, standing="bare", who="Ana")
    asks = {PIPELINE: Asks(followup=True), f"{TOOLING} 1": before}
    interview = interview_of(bare, speaker="Ana", speakers=("Ana",), topic=TOOLING, asked=asks)
    stepped = await asking_next(knowledge, Turn(interview=interview))
    assert stepped.interview.asked == {PIPELINE: Asks(followup=True), f"{TOOLING} 1": after}


async def test_a_second_probe_is_added_to_the_first(knowledge: Knowledge) -> None:
    torn = entry(1, TOOLING, 2, distribution=(0.3, 0.3, 0.4, 0.0, 0.0))
    stepped = await asking_next(knowledge, Turn(interview=interview_of(torn, topic=TOOLING, asked={TOOLING: Asks(probes=(1,))})))
    assert stepped.interview.asked == {TOOLING: Asks(probes=(1, 0))}


def test_progress_counts_gap_by_gap_within_the_depth(knowledge: Knowledge) -> None:
    ledger = entry(1, PIPELINE, 2, read_by="tap"), entry(2, "data.governance", 2, read_by="tap"), entry(3, REVIEW)
    full, quick = (progress(View(interview_of(*ledger, depth=depth), knowledge.rubric), None) for depth in ("full", "quick"))
    assert [(g.gap, g.settled, g.total) for g in full.gaps][:3] == [("data", 2, 4), ("agentops", 0, 5), ("security", 1, 4)]
    assert (full.settled, full.total) == (3, 21)
    assert [(g.settled, g.total) for g in quick.gaps] == [(1, 1), (0, 1), (1, 1), (0, 1), (0, 1)]
    assert (quick.settled, quick.total, quick.gap) == (2, 5, None)
    assert full.gaps[0].name == knowledge.rubric.gap("data").name


async def ended(knowledge: Knowledge, interview: Interview) -> Stepped:
    return await step(conclude, Turn(interview=interview), context_of(knowledge))


@pytest.mark.parametrize(
    ("depth", "known", "text", "can_deepen"),
    [
        ("full", 21, "That is everything I need. Your report is ready.", False),
        ("full", 20, "We stop here. Your report is ready; what we did not get to is shown as not known, never as zero.", True),
        ("quick", 21, "That was the quick check. You can go on to the full audit at any time: what you have told me carries over.", True),
        ("quick", 1, "We stop here. Your report is ready; what we did not get to is shown as not known, never as zero.", True),
    ],
)
async def test_the_end_says_whether_everything_was_asked(knowledge: Knowledge, depth: str, known: int, text: str, can_deepen: bool) -> None:
    stepped = await ended(knowledge, interview_of(*all_rated(knowledge)[:known], depth=depth, pending=CRITERION))
    assert isinstance(stepped.events[0], Progressed)
    assert stepped.events[1:] == (Finished(text=text, can_deepen=can_deepen),)
    assert (stepped.to, stepped.interview.phase, stepped.interview.pending) == ("__end__", "finished", None)


@pytest.mark.parametrize(
    ("turn", "known", "event"),
    [
        (7, 21, Finished(text="I have changed that, and the report with it.")),
        (7, 20, Finished(text="I have changed that, and the report with it.", can_deepen=True)),
        (8, 21, Said(text="Your report is ready. You can still correct an answer or ask me something; the report follows.")),
    ],
)
async def test_after_the_end_a_correction_is_told_as_that(knowledge: Knowledge, turn: int, known: int, event: Any) -> None:
    ledger = [
        entry(n, c, 2, read_by="tap", turn=7 if n == 1 else 1) for n, c in enumerate(list(knowledge.rubric.criteria)[:known], start=1)
    ]
    stepped = await ended(knowledge, interview_of(*ledger, phase="finished", turn=turn, pending=CRITERION))
    assert (stepped.events, stepped.interview.phase, stepped.interview.pending) == ((event,), "finished", None)
    assert stepped.to == "__end__"
