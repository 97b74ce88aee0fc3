"""A later audit of the same project: it starts from the last one, asks what changed, and shows both side by side."""

from uuid import uuid4

from app.access.principal import OPERATOR
from app.audit.again.snapshot import Snapshot
from app.interview.asked import Asked
from app.interview.events import Event, Finished, Said
from evals.program import Program
from tests.journeys.test_whole_audit import asked, begun, level, say, tap, walk


async def finished(program: Program, at: int) -> tuple[str, Snapshot]:
    audit, events = await begun(program)
    await walk(program, audit, events, level(at))
    return audit, await program.use.reports.snapshot(OPERATOR, audit)


async def again(program: Program, before: Snapshot) -> tuple[str, list[Event]]:
    audit = str(uuid4())
    return audit, await program.begin(audit, "full", follows=before.audit_id)


async def test_it_greets_with_the_last_score_and_asks_what_has_changed(program: Program) -> None:
    _, before = await finished(program, 1)
    _, events = await again(program, before)
    assert isinstance(events[0], Said)
    assert "stood at 25 of 100" in events[0].text
    question = asked(events)
    assert question is not None
    assert "what has changed" in question.text


async def test_planned_points_are_asked_with_what_was_planned_and_the_rest_is_confirmed_gap_by_gap(program: Program) -> None:
    _, before = await finished(program, 1)
    audit, events = await again(program, before)
    planned = {one.criterion for one in before.planned}
    kept = set(before.stood) - planned
    events = await say(program, audit, "nothing")
    questions: list[Asked] = []
    while (question := asked(events)) is not None:
        questions.append(question)
        choice = {"summary": "confirm", "cover": "skip"}.get(question.asks, "as_before")
        events = await tap(program, audit, question, choice)
    assert any(isinstance(e, Finished) for e in events)
    asked_about = [q.criterion for q in questions if q.asks == "criterion"]
    assert sorted(asked_about, key=str) == sorted(planned)
    assert all("Last time:" in q.why and "The plan was:" in q.why for q in questions if q.asks == "criterion")
    assert len(questions) <= len(planned) + 6, "beside what was planned, one question a gap and the cover"
    view = await program.view(audit)
    assert all(view.ratings[c].level == 1 for c in before.stood)
    assert not any(view.ratings[c].carried for c in kept), "what was confirmed today is said today"
    assert all(any(entry.carried_from for entry in view.ratings[c].quotes) for c in before.stood)
    found = (await program.report(audit)).comparison
    assert found is not None
    assert not found.moved
    assert found.unchanged == len(before.stood)
    assert {one.outcome for one in found.work} == {"not done"}


async def test_what_moved_is_told_with_the_score_before_and_after(program: Program) -> None:
    first, before = await finished(program, 1)
    audit, _ = await again(program, before)
    events = await say(program, audit, "nothing")
    await walk(program, audit, events, level(3))
    report = await program.report(audit)
    found = report.comparison
    assert found is not None
    assert found.overall.before.value == 25
    assert found.overall.now.value is not None
    assert found.overall.now.value > 25
    assert {one.change for one in found.moved} == {"rose"}
    assert {one.outcome for one in found.work} == {"done"}
    text = await program.markdown(audit)
    assert "the score rose from 25 to" in text
    assert "### What became of the plan" in text
    # The earlier audit is corrected afterwards: what this one compares itself with stays as it was.
    question = asked(await program.tap(first, "change:data.pipeline"))
    assert question is not None
    await tap(program, first, question, "level:4")
    after = (await program.report(audit)).comparison
    assert after == found


async def test_news_in_the_first_answer_replaces_what_stood(program: Program) -> None:
    _, before = await finished(program, 3)
    assert not before.planned_for("security.review")
    audit, _ = await again(program, before)
    await say(program, audit, "Nobody from security has looked at it at all, there is no sign-off and no reviewer.")
    rating = (await program.view(audit)).ratings["security.review"]
    assert not rating.carried
    assert rating.level is not None
    assert rating.level < 3
    assert any(entry.carried_from for entry in rating.history)


async def test_stopping_early_leaves_planned_points_unknown_and_says_what_is_from_before(program: Program) -> None:
    _, before = await finished(program, 1)
    audit, _ = await again(program, before)
    await say(program, audit, "nothing")
    events = await say(program, audit, "Let's stop here and see the report, please.")
    assert any(isinstance(e, Finished) for e in events)
    report = await program.report(audit)
    assert {f.criterion for f in report.unknown} == {one.criterion for one in before.planned}
    assert "before, in the audit of" in await program.markdown(audit)


async def test_starting_over_goes_back_to_what_the_earlier_audit_held(program: Program) -> None:
    _, before = await finished(program, 3)
    audit, _ = await again(program, before)
    question = asked(await say(program, audit, "I want to start over"))
    assert question is not None
    assert question.asks == "restart"
    await tap(program, audit, question, "yes")
    view = await program.view(audit)
    assert {entry.criterion for entry in view.ledger} == set(before.stood) - {one.criterion for one in before.planned}
