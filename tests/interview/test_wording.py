"""The sentences that are put together: each with its parts, word for word."""

from datetime import date

import pytest

from app.audit.again.snapshot import Planned, Snapshot, Stood
from app.audit.ledger.evidence import RESPONDENT
from app.audit.ledger.profile import Profile
from app.audit.rubric import Criterion
from app.audit.score.scoring import Range
from app.interview import wording
from app.interview.agenda import AskCover, AskCriterion, AskDetail, Opening, Probe, PutClash, Step, SumUp
from app.interview.questions import change_question, question_of, reason_question, restart_question
from app.interview.state import Clash, Interview
from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.scripted import finding
from tests.interview.stage import GOVERNANCE, PIPELINE, REVIEW, interview_of

SPRING = date(2026, 5, 4)
LEVELS = [f"level:{level}" for level in range(5)]


def before_of(value: float | None = 46.5, stood: dict[str, Stood] | None = None, planned: tuple[Planned, ...] = ()) -> Snapshot:
    known = Range(value=value, low=0, high=100)
    return Snapshot(audit_id="b", taken_on=SPRING, profile=Profile(), overall=known, gaps={}, stood=stood or {}, planned=planned)


@pytest.fixture
def pipeline(knowledge: Knowledge) -> Criterion:
    return knowledge.rubric.criteria[PIPELINE].model_copy(
        update={
            "name": "Data feed",
            "levels": ("No AI here.", "Ad hoc.", "SAP feeds it.", "Every source.", "It heals."),
            "knows": "data lead",
        }
    )


def test_the_greeting_says_how_long_it_takes_and_where_answers_go(knowledge: Knowledge) -> None:
    full, quick = (wording.greeting(knowledge.words, depth, None, None) for depth in ("full", "quick"))
    assert full.startswith(
        "Hello, and good that you are here. I will ask you about your AI project, one question at a time, and at the end"
    )
    assert "a plan for the next 90 days; it takes about fifteen minutes. You can stop" in full
    assert full.endswith("ask me something at any time. What you say stays on this server.")
    assert "90 days; the quick check takes about five minutes. You" in quick
    elsewhere = wording.greeting(knowledge.words, "full", None, "api.example.org")
    assert elsewhere.endswith("To be read well, what you say is sent to the language model at api.example.org.")


@pytest.mark.parametrize(
    ("value", "stood"),
    [(46.4, "stood at 46 of 100"), (0.0, "stood at 0 of 100"), (100.0, "stood at 100 of 100"), (None, "was not scored yet")],
)
def test_who_was_here_before_is_greeted_with_where_the_project_stood(knowledge: Knowledge, value: float | None, stood: str) -> None:
    said = wording.greeting(knowledge.words, "full", before_of(value), None)
    assert said.startswith(f"Welcome back. On 4 May 2026 your project {stood}. This time I ask what has changed")
    assert said.endswith("What you say stays on this server.")


@pytest.mark.parametrize(
    ("level", "titles", "said"),
    [
        (2, [], "Last time: SAP feeds it."),
        (1, ["Connect all."], "Last time: ad hoc. The plan was: connect all."),
        (0, ["One", "Two.", "Three"], "Last time: no AI here. The plan was: one; then two; then three."),
        (None, [], "Last time nobody here knew."),
        (None, ["One"], "Last time nobody here knew. The plan was: one."),
    ],
)
def test_what_was_known_and_planned_last_time_is_said(
    knowledge: Knowledge, pipeline: Criterion, level: int | None, titles: list[str], said: str
) -> None:
    stood = Stood(standing="rated" if level is not None else "unknown", level=level, quotes=())
    planned = [Planned(title=title, criterion=PIPELINE, to_level=3, sprint=1) for title in titles]
    assert wording.last_time(knowledge.words, pipeline, stood, planned) == said


@pytest.mark.parametrize(("text", "inside"), [("SAP feeds it.", "SAP feeds it"), ("Ad hoc.", "ad hoc"), ("One", "one"), ("a b", "a b")])
def test_a_sentence_inside_another_begins_small_unless_it_is_a_name(text: str, inside: str) -> None:
    assert wording.lower(text) == inside


@pytest.mark.parametrize(
    ("level", "standing", "stands"),
    [
        (1, "rated", "ad hoc"),
        (None, "unknown", "not known to you; the data lead may know"),
        (None, "not_applicable", "does not apply here"),
        (None, "skipped", "skipped for now"),
        (None, "bare", "a claim that I cannot rate yet"),
    ],
)
def test_an_answer_is_read_back_as_what_it_is_taken_for(
    knowledge: Knowledge, pipeline: Criterion, level: int | None, standing: str, stands: str
) -> None:
    one = entry(3, PIPELINE, level, standing=standing)
    back = wording.read_back(knowledge.words, pipeline, one)
    assert (back.text, back.entry, back.name, back.note) == (f"I take that as: {stands}.", 3, "Data feed", "")
    noted = wording.read_back(knowledge.words, pipeline, one.model_copy(update={"note": "only a plan"}))
    assert (noted.text, noted.note) == (f"I take that as: {stands} (only a plan).", "only a plan")


def test_who_sees_it_otherwise_is_named_or_somebody(knowledge: Knowledge, pipeline: Criterion) -> None:
    ratings = View(interview_of(entry(1, PIPELINE, 3, who=RESPONDENT), entry(2, PIPELINE, 0, who="Ana")), knowledge.rubric).ratings
    text = wording.read_back(knowledge.words, pipeline, entry(3, PIPELINE, 1, who="Ben"), ratings[PIPELINE].statements).text
    assert text == (
        "I take that as: ad hoc. Somebody else said otherwise: every source. Both go into the report."
        " Ana said otherwise: no AI here. Both go into the report."
    )


def question(knowledge: Knowledge, step: Step, interview: Interview | None = None) -> object:
    return question_of(View(interview or interview_of(), knowledge.rubric), step, knowledge.words).model_dump()  # type: ignore[arg-type]


def keys(asked: object) -> list[str]:
    return [choice["value"] for choice in asked["choices"]]  # type: ignore[index]


def test_the_opening_asks_of_the_project_or_what_has_changed(knowledge: Knowledge) -> None:
    first, again = question(knowledge, Opening()), question(knowledge, Opening(), interview_of(before=before_of()))
    assert first["text"].startswith("To begin: what is the project, who is it for")  # type: ignore[index]
    assert first["why"] == "What you tell me here I will not ask again."  # type: ignore[index]
    assert again["text"].startswith("To begin: what has changed in your project since then?")  # type: ignore[index]
    assert again["why"] == "What you do not mention I ask about briefly."  # type: ignore[index]
    assert first["question_id"] == "7-opening"  # type: ignore[index]


def test_a_criterion_is_asked_with_its_levels_to_tap(knowledge: Knowledge) -> None:
    about = knowledge.rubric.criteria[PIPELINE]
    asked = question_of(View(interview_of(), knowledge.rubric), AskCriterion(PIPELINE), knowledge.words)
    assert (asked.question_id, asked.text, asked.why, asked.about) == ("7-criterion", about.question, about.why, PIPELINE)
    assert [choice.key for choice in asked.choices] == [*LEVELS, "unknown", "not_applicable", "skip"]
    assert [choice.label for choice in asked.choices[5:]] == ["Don't know", "Doesn't apply", "Skip"]
    assert all(choice.label[0].isupper() and not choice.label.endswith(".") for choice in asked.choices)


def test_where_it_stood_is_said_with_the_question_and_can_be_tapped(knowledge: Knowledge) -> None:
    known, unknown = Stood(standing="rated", level=1, quotes=()), Stood(standing="unknown", level=None, quotes=())
    before = before_of(
        stood={PIPELINE: known, REVIEW: unknown}, planned=(Planned(title="Connect", criterion=PIPELINE, to_level=3, sprint=1),)
    )
    view = View(interview_of(before=before), knowledge.rubric)
    asked = {c: question_of(view, AskCriterion(c), knowledge.words) for c in (PIPELINE, REVIEW, GOVERNANCE)}
    assert asked[PIPELINE].why.startswith("Last time: ")
    assert asked[PIPELINE].why.endswith(f"The plan was: connect. {knowledge.rubric.criteria[PIPELINE].why}")
    assert (asked[PIPELINE].choices[0].key, asked[PIPELINE].choices[0].label) == ("as_before", "As it was last time")
    assert asked[REVIEW].why.startswith("Last time nobody here knew. ")
    assert [choice.key for choice in asked[REVIEW].choices] == [*LEVELS, "unknown", "not_applicable", "skip"]
    assert asked[GOVERNANCE].why == knowledge.rubric.criteria[GOVERNANCE].why


def test_a_detail_a_boundary_and_the_cover_are_asked_for(knowledge: Knowledge) -> None:
    about = knowledge.rubric.criteria[PIPELINE]
    detail, probe, cover = (question(knowledge, step) for step in (AskDetail(PIPELINE), Probe(PIPELINE, 3), AskCover()))
    assert (detail["text"], detail["why"], detail["question_id"]) == (about.followup, about.why, "7-followup")  # type: ignore[index]
    assert keys(detail) == [*LEVELS, "unknown", "not_applicable", "skip"]
    assert probe["question_id"] == "7-probe"  # type: ignore[index]
    assert (probe["text"], probe["boundary"], keys(probe)) == (about.probes[3], 3, ["yes", "no", "unknown"])  # type: ignore[index]
    assert probe["why"] == "A yes or a no is enough; add what you like."  # type: ignore[index]
    assert [choice["label"] for choice in probe["choices"]] == ["Yes", "No", "Don't know"]  # type: ignore[index]
    assert keys(cover) == ["skip"]
    assert cover["text"].startswith("One last thing, for the cover of your report")  # type: ignore[index]
    assert cover["why"] == "It only goes on the cover. Skip it if you like."  # type: ignore[index]


def test_a_gap_is_summed_up_line_by_line(knowledge: Knowledge) -> None:
    gap = knowledge.rubric.gap("data")
    interview = interview_of(*(entry(n, c.id, standing="not_applicable") for n, c in enumerate(gap.criteria, start=1)))
    asked = question_of(View(interview, knowledge.rubric), SumUp("data"), knowledge.words)
    head, _, *lines, _, asks = asked.text.split("\n")
    assert head == f"That completes **{gap.name}**. Here is how I understand it:"
    assert lines == [f"- **{c.name}**: does not apply here" for c in gap.criteria]
    assert asks == "Is that right?"
    assert [choice.key for choice in asked.choices] == ["confirm", *(f"change:{c.id}" for c in gap.criteria)]
    assert [choice.label for choice in asked.choices] == ["That's right", *(f"Change: {c.name}" for c in gap.criteria)]
    assert asked.about_gap == "data"


def test_what_stands_from_before_is_summed_up_as_that(knowledge: Knowledge) -> None:
    gap = knowledge.rubric.gap("data")
    ledger = [entry(n, c.id, 2, carried_from=SPRING if n > 1 else None) for n, c in enumerate(gap.criteria, start=1)]
    text = question_of(View(interview_of(*ledger), knowledge.rubric), SumUp("data"), knowledge.words).text
    assert text.startswith(f"**{gap.name}**. What you do not name stands as it did on 4 May 2026:\n\n- **")
    assert text.endswith("\n\nDoes all of that hold today?")


def test_what_nobody_spoke_of_yet_is_still_open(knowledge: Knowledge) -> None:
    asked = question_of(View(interview_of(), knowledge.rubric), SumUp("data"), knowledge.words)
    assert asked.text.count(": still open\n") == 4


@pytest.mark.parametrize(("read_by", "how"), [("encoder", "you said"), ("tap", "you chose")])
def test_two_statements_that_cannot_both_hold_are_put_with_their_words(knowledge: Knowledge, read_by: str, how: str) -> None:
    about = knowledge.rubric.criteria[REVIEW]
    interview = interview_of(entry(1, PIPELINE, 1), entry(2, REVIEW, 3, quote="signed off", read_by=read_by))
    clash = Clash(criterion=REVIEW, earlier=2, finding=finding(REVIEW, 0, "nobody looked"))
    asked = question_of(View(interview, knowledge.rubric), PutClash(clash), knowledge.words)
    assert asked.text == (
        f"May I check one thing, about {about.name.lower()}? Earlier {how} “signed off”; now I hear “nobody looked”."
        " Which of the two holds today?"
    )
    assert [choice.key for choice in asked.choices] == ["earlier", "later", "unknown"]
    earlier, later = (wording.lower(about.levels[level]) for level in (3, 0))
    assert [choice.label for choice in asked.choices] == [f"The earlier: {earlier}", f"The later: {later}", "Don't know"]
    assert (asked.about, asked.question_id) == (REVIEW, "7-contradiction")


def test_a_change_is_asked_for_one_criterion_or_for_which(knowledge: Knowledge) -> None:
    view, about = View(interview_of(entry(1, REVIEW, 2), entry(2, PIPELINE)), knowledge.rubric), knowledge.rubric.criteria[PIPELINE]
    one = change_question(view, PIPELINE, knowledge.words)
    assert one.text == f"{about.name}: what holds today? Tap it, or tell me in your own words."
    assert (one.why, one.criterion, one.question_id) == (about.question, PIPELINE, "7-change")
    assert [choice.key for choice in one.choices] == [*LEVELS, "unknown", "not_applicable"]
    for criterion in (None, "data.magic"):
        which = change_question(view, criterion, knowledge.words)
        assert (which.text, which.criterion) == ("Which answer should I change?", None)
        assert [choice.key for choice in which.choices] == [f"change:{PIPELINE}", f"change:{REVIEW}"]
        assert [choice.label for choice in which.choices] == [about.name, knowledge.rubric.criteria[REVIEW].name]


def test_a_reason_and_a_restart_are_asked_for(knowledge: Knowledge) -> None:
    view = View(interview_of(), knowledge.rubric)
    reason, restart = reason_question(view, PIPELINE, knowledge.words), restart_question(view, knowledge.words)
    name = knowledge.rubric.criteria[PIPELINE].name.lower()
    assert reason.text == f"Why does “{name}” not apply here? One sentence is enough; it goes into the report."
    assert (reason.question_id, reason.about, [choice.key for choice in reason.choices]) == ("7-reason", PIPELINE, ["skip"])
    assert restart.text == "Start over? All answers of this audit would be cleared, and that cannot be undone."
    assert (restart.question_id, [choice.key for choice in restart.choices]) == ("7-restart", ["yes", "no"])
