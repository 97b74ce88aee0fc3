"""A turn from START to END: what comes out, what is seen meanwhile, and what the traces are told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import GraphRecursionError
from langgraph.graph import START, StateGraph
from langgraph.types import Command

from app.audit.again.snapshot import Snapshot
from app.audit.guidance import Passage
from app.audit.ledger.assessment import Intent
from app.audit.ledger.profile import Profile
from app.audit.score.scoring import Range
from app.interview import interviewer as interviewer_module
from app.interview.asked import AskedCriterion, Question
from app.interview.context import Context
from app.interview.events import Event, Finished, Piece, Said
from app.interview.graph import build_graph
from app.interview.interviewer import Interviewer
from app.interview.messages import Typed
from app.interview.state import Interview
from app.interview.turn import Turn, go
from app.knowledge.load import Knowledge
from app.observability.tracing import langsmith_tracer
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import PIPELINE, REVIEW, Parrot, Shelf, all_rated, asked, context_of, interview_of, reading, tap
from tests.observability.recorder import INFO, Recorder

SCRIPT = {"By hand.": [finding(PIPELINE, 0, "By hand.")], "opening": []}
EDGES = {
    "__start__": {"listen"},
    "listen": {"take_tap", "assess", "deepen", "hand_over", "ask"},
    "assess": {"take_reply", "record", "keep_words", "explain", "correct", "steer", "ask"},
    "take_tap": {"ask", "__end__"},
    "take_reply": {"ask", "__end__"},
    "record": {"explain", "ask"},
    "keep_words": {"ask"},
    "explain": {"ask"},
    "correct": {"ask", "__end__"},
    "steer": {"ask", "conclude", "__end__"},
    "hand_over": {"ask"},
    "deepen": {"ask"},
    "ask": {"conclude", "__end__"},
    "conclude": {"__end__"},
}


def test_a_node_s_return_type_is_its_edges() -> None:
    drawn: dict[str, set[str]] = {}
    for edge in build_graph().get_graph().edges:
        drawn.setdefault(edge.source, set()).add(edge.target)
    assert drawn == EDGES
    assert build_graph().checkpointer is None


async def test_an_interview_is_begun_with_a_greeting_and_the_opening(knowledge: Knowledge) -> None:
    known = Range(value=50.0, low=0, high=100)
    before = Snapshot(audit_id="b", taken_on=date(2026, 5, 4), profile=Profile(), overall=known, gaps={}, stood={}, planned=())
    one = Interviewer(context_of(knowledge))
    first, again = await one.begin("a", "quick"), await one.begin("a", "full", follows=before)
    assert [type(event).__name__ for event in first.events] == ["Said", "AskedOpening"]
    assert (first.interview.audit_id, first.interview.depth, first.interview.phase, first.interview.turn) == ("a", "quick", "open", 0)
    assert (again.interview.before, again.interview.depth) == (before, "full")
    assert getattr(again.events[0], "text", "").startswith("Welcome back. On 4 May 2026")


async def test_each_step_s_events_are_seen_as_they_come_and_are_the_outcome_s(knowledge: Knowledge) -> None:
    seen: list[Sequence[Event]] = []
    interview = interview_of(pending=asked("criterion", criterion=PIPELINE))
    outcome = await Interviewer(context_of(knowledge, SCRIPT)).take(interview, Typed(text="By hand."), seen=seen.append)
    assert [[type(event).__name__ for event in step] for step in seen] == [["ReadBack"], ["AskedCriterion", "Progressed"]]
    assert tuple(event for step in seen for event in step) == outcome.events
    assert outcome.interview.turn == 8
    assert outcome.interview.pending == outcome.events[1]
    assert interview.turn == 7


async def test_pieces_are_seen_while_they_are_worded_and_are_no_outcome(knowledge: Knowledge) -> None:
    seen: list[Sequence[Event]] = []
    voice = Parrot("I see.", "What moves the data?")
    outcome = await Interviewer(context_of(knowledge, SCRIPT, voice=voice)).take(
        interview_of(turn=0), Typed(text="opening"), seen=seen.append
    )
    assert seen[1:3] == [[Piece(text="I see.")], [Piece(text="What moves the data?")]]
    question = next(event for event in outcome.events if isinstance(event, AskedCriterion))
    assert (question.lead, question.text) == ("I see.", "What moves the data?")
    assert not any(isinstance(event, Piece) for event in outcome.events)
    assert outcome.interview.pending == question.model_copy(update={"lead": ""})


async def test_an_explanation_is_worded_for_what_was_just_said(knowledge: Knowledge) -> None:
    voice, drift = (
        Parrot("Drift is change."),
        Passage(id="glossary#1", document="Glossary", section="Drift", kind="glossary", text="Drift."),
    )
    context = context_of(knowledge, {"And?": reading(intent=Intent.QUESTION, question="Drift?")}, voice=voice, playbook=Shelf(drift))
    outcome = await Interviewer(context).take(interview_of(), Typed(text="And?"))
    assert getattr(outcome.events[0], "text", "") == "Drift is change."
    assert voice.briefs[0].said == "And?"


async def test_a_turn_is_one_run_of_its_audit_in_the_traces(knowledge: Knowledge) -> None:
    with Recorder() as recorder:
        tracer = langsmith_tracer(api_key="x", endpoint=recorder.url, project="audit", metadata={}, content=True, info=INFO)
        with tracer.turn("a", 8) as run_id:
            await Interviewer(context_of(knowledge, SCRIPT)).take(interview_of(), Typed(text="By hand."), run_id=run_id)
        tracer.flush()
    runs = {run["name"]: run for run in recorder.runs.values()}
    assert list(runs) == ["turn", "listen", "assess", "record", "ask"]
    assert runs["turn"]["id"] == str(run_id)
    assert {run["extra"]["metadata"]["thread_id"] for run in runs.values()} == {"a"}
    assert {run.get("parent_run_id") for name, run in runs.items() if name != "turn"} == {str(run_id)}
    assert runs["record"]["inputs"]["input"]["message"] == {"kind": "typed", "text": "By hand."}


async def test_a_turn_that_goes_in_circles_is_broken_off(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    async def again(state: Turn) -> Command[Any]:
        return go("again")

    def circle() -> Any:
        graph = StateGraph(Turn, context_schema=Context)
        graph.add_node("again", again, destinations=("again",))
        graph.add_edge(START, "again")
        return graph.compile()

    monkeypatch.setattr(interviewer_module, "build_graph", circle)
    with pytest.raises(GraphRecursionError, match="12"):
        await Interviewer(context_of(knowledge)).begin("a", "full")


async def test_what_lives_for_one_turn_would_be_in_no_checkpoint(knowledge: Knowledge) -> None:
    kept = build_graph().builder.compile(checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "a"}}
    turn = Turn(interview=interview_of(), message=Typed(text="By hand."))
    await kept.ainvoke(turn, config, context=context_of(knowledge, SCRIPT).of_one_turn())
    assert set((await kept.aget_state(config)).values) == {"interview"}


async def test_a_view_is_worked_out_for_one_turn_only(knowledge: Knowledge) -> None:
    context, interview = context_of(knowledge), interview_of(entry(1, PIPELINE, 2))
    view = context.view(interview)
    assert context.view(interview) is view
    changed = context.view(interview.changed(topic=PIPELINE))
    assert changed is not view
    assert changed.interview.topic == PIPELINE
    assert context.of_one_turn().view(interview) is not context.view(interview)


def test_who_comes_back_is_told_where_it_stands(knowledge: Knowledge) -> None:
    one = Interviewer(context_of(knowledge))
    pending = asked("criterion", criterion=REVIEW)
    said, question, told = one.reopened(interview_of(pending=pending))
    assert said == Said(text="Welcome back. We go on where we stopped.")
    assert question == pending
    assert getattr(told, "gap", None) == "security"
    assert one.reopened(interview_of()) == [said]


@pytest.mark.parametrize(("known", "can_deepen"), [(21, False), (20, True)])
def test_a_finished_audit_says_so_when_it_is_opened_again(knowledge: Knowledge, known: int, can_deepen: bool) -> None:
    (event,) = Interviewer(context_of(knowledge)).reopened(interview_of(*all_rated(knowledge)[:known], phase="finished"))
    after = "Your report is ready. You can still correct an answer or ask me something; the report follows."
    assert event == Finished(text=after, can_deepen=can_deepen)


async def test_a_finished_quick_check_goes_on_when_it_is_wanted(knowledge: Knowledge) -> None:
    finished = interview_of(
        *(entry(n, c.id, 2, read_by="tap") for n, c in enumerate(knowledge.rubric.core, start=1)), phase="finished", depth="quick"
    )
    outcome = await Interviewer(context_of(knowledge)).take(finished, tap("deepen", None))
    assert (outcome.interview.depth, outcome.interview.phase) == ("full", "open")
    assert any(isinstance(event, Question) for event in outcome.events)


async def test_an_interview_that_was_saved_in_between_goes_on_alike(knowledge: Knowledge) -> None:
    one = Interviewer(context_of(knowledge, SCRIPT))
    here = (await one.begin("a", "full")).interview
    there = Interview.model_validate_json(here.model_dump_json())
    for text in ("opening", "By hand.", "Skip."):
        mine, theirs = await one.take(here, Typed(text=text)), await one.take(there, Typed(text=text))
        assert mine == theirs
        here, there = mine.interview, Interview.model_validate_json(theirs.interview.model_dump_json())


async def test_a_failing_assessor_fails_the_turn_and_changes_nothing(knowledge: Knowledge) -> None:
    class Broken:
        fingerprint = "broken"

        async def assess(self, *args: Any, **kwargs: Any) -> Any:
            raise RuntimeError("no reading today")

    interview = interview_of(pending=asked("criterion", criterion=PIPELINE))
    with pytest.raises(RuntimeError, match="no reading today"):
        await Interviewer(context_of(knowledge, assessor=Broken())).take(interview, Typed(text="By hand."))
    assert interview.turn == 7


def test_what_is_not_brought_is_not_changed() -> None:
    assert go("ask").update == {"events": ()}
    read = reading()
    assert go("ask", interview_of(), [Said(text="x")], read=read).update == {
        "events": (Said(text="x"),),
        "interview": interview_of(),
        "read": read,
    }
