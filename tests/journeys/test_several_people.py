"""One audit that several people answer: each is asked what is open for them, and the report tells who said what."""

from app.audit.ledger.evidence import RESPONDENT
from app.interview.asked import Asked
from app.interview.events import Event, Finished, ReadBack, Said
from app.interview.messages import handed_to
from evals.program import Program
from tests.journeys.test_whole_audit import asked, begun, level, say, tap, walk

SECURITY = "Ana Ruiz, InfoSec"


def answers(question: Asked) -> str:
    """The CTO knows nothing of security, and puts all else at partial."""
    return "unknown" if question.about_gap == "security" and question.asks == "criterion" else level(2)(question)


async def hand_over(program: Program, audit: str, who: str) -> list[Event]:
    return await program.take(audit, handed_to(who))


async def test_a_colleague_is_asked_what_nobody_knew_and_nothing_else(program: Program) -> None:
    audit, events = await begun(program)
    assert any(isinstance(e, Finished) for e in await walk(program, audit, events, answers))
    before = await program.report(audit)
    unknown = [f.criterion for f in before.unknown]
    assert unknown
    events = await hand_over(program, audit, SECURITY)
    assert isinstance(events[0], Said)
    assert SECURITY in events[0].text
    heard = []
    while (question := asked(events)) is not None:
        if question.asks == "criterion":
            heard.append(question.about)
        events = await tap(program, audit, question, level(3)(question))
    assert sorted(heard) == sorted(unknown)
    assert any(isinstance(e, Finished) for e in events)
    after = await program.report(audit)
    assert not after.unknown
    assert after.respondents == (SECURITY,)
    security = next(gap for gap in after.gaps if gap.gap == "security")
    assert {f.level for f in security.findings if f.criterion in unknown} == {3}
    assert {f.quotes[-1].who for f in security.findings if f.criterion in unknown} == {SECURITY}


async def test_who_has_nothing_left_to_be_asked_is_told_how_to_disagree(program: Program) -> None:
    audit, events = await begun(program)
    await walk(program, audit, events, level(2))
    events = await hand_over(program, audit, SECURITY)
    assert asked(events) is None
    assert any(isinstance(e, Said) and "Nothing is open for you" in e.text for e in events)


async def test_two_who_differ_both_stand_in_the_report_and_the_rule_decides(program: Program) -> None:
    audit, events = await begun(program)
    await walk(program, audit, events, level(3))
    await hand_over(program, audit, SECURITY)
    question = asked(await program.tap(audit, "change:security.review"))
    assert question is not None
    events = await tap(program, audit, question, "level:1")
    back = next(e for e in events if isinstance(e, ReadBack))
    assert "said otherwise" in back.text
    report = await program.report(audit)
    finding = next(f for gap in report.gaps for f in gap.findings if f.criterion == "security.review")
    assert finding.level == 1, "both only claimed it, so the lower level counts"
    assert [(a.who, a.level, a.counts) for a in finding.statements] == [(RESPONDENT, 3, False), (SECURITY, 1, True)]
    text = await program.markdown(audit)
    assert "## Where people see it differently" in text
    assert "tapped by Ana Ruiz, InfoSec in turn" in text
    await hand_over(program, audit, "")
    await program.tap(audit, "change:security.review")
    await say(program, audit, "InfoSec reviewed version 2.3 of the whole architecture and signed it off on 3 May, the letter is SEC-114.")
    report = await program.report(audit)
    finding = next(f for gap in report.gaps for f in gap.findings if f.criterion == "security.review")
    assert [a.who for a in finding.statements if a.counts] == [RESPONDENT], "a document named outweighs a tap"


async def test_handing_over_in_the_middle_drops_the_question_to_who_answered_before(program: Program) -> None:
    audit, events = await begun(program)
    question = asked(events)
    assert question is not None
    events = await hand_over(program, audit, SECURITY)
    after = asked(events)
    assert after is not None
    assert after.question_id != question.question_id
    await tap(program, audit, after, "level:2")
    view = await program.view(audit)
    assert view.ledger[-1].who == SECURITY


async def test_a_name_is_kept_short_and_on_one_line(program: Program) -> None:
    audit, _ = await begun(program)
    await hand_over(program, audit, "A\nvery " + "long " * 40 + "name")
    view = await program.view(audit)
    assert len(view.speaker) <= 60
    assert "\n" not in view.speaker
