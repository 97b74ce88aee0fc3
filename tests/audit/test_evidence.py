import pytest

from app.audit.ledger.evidence import Grade, level_of, rate
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry


def test_ratings_are_a_function_of_the_ledger_alone(knowledge: Knowledge) -> None:
    ledger = [entry(1, "data.pipeline", 1), entry(2, "security.review", 3)]
    assert rate(ledger, knowledge.rubric) == rate(list(ledger), knowledge.rubric)
    assert rate(ledger, knowledge.rubric)["data.governance"].standing == "open"
    assert rate(ledger, knowledge.rubric)["data.governance"].who == ""


def test_a_correction_changes_the_rating_and_keeps_the_history(knowledge: Knowledge) -> None:
    ledger = [entry(1, "security.review", 0, quote="Nobody looked."), entry(2, "security.review", 3, quote="Signed in May.", replaces=1)]
    rating = rate(ledger, knowledge.rubric)["security.review"]
    assert rating.level == 3
    assert [e.quote for e in rating.quotes] == ["Signed in May."]
    assert [e.quote for e in rating.history] == ["Nobody looked."]


def test_a_probe_adds_to_the_answer_it_belongs_to(knowledge: Knowledge) -> None:
    ledger = [entry(1, "data.pipeline", 2, quote="Airflow mostly."), entry(2, "data.pipeline", 3, quote="yes", adds_to=1, read_by="probe")]
    rating = rate(ledger, knowledge.rubric)["data.pipeline"]
    assert [e.quote for e in rating.quotes] == ["Airflow mostly.", "yes"]
    assert rating.history == ()


@pytest.mark.parametrize("grades", [(Grade.CLAIMED, Grade.EVIDENCED), (Grade.EVIDENCED, Grade.CLAIMED), (Grade.EVIDENCED, None)])
def test_the_best_grade_of_the_counting_words_is_the_rating_s(knowledge: Knowledge, grades: tuple[Grade, Grade | None]) -> None:
    ledger = [entry(1, "data.pipeline", 2, grade=grades[0]), entry(2, "data.pipeline", 3, adds_to=1, grade=grades[1])]
    assert rate(ledger, knowledge.rubric)["data.pipeline"].grade is Grade.EVIDENCED


def test_a_probe_on_an_answer_that_is_not_there_stands_alone(knowledge: Knowledge) -> None:
    ledger = [entry(1, "security.review", 2), entry(2, "data.pipeline", 3, adds_to=1, read_by="probe")]
    assert [e.number for e in rate(ledger, knowledge.rubric)["data.pipeline"].quotes] == [2]


def test_a_replaced_answer_lends_its_grade_to_nothing(knowledge: Knowledge) -> None:
    ledger = [entry(1, "data.pipeline", 2, grade=Grade.EVIDENCED), entry(2, "data.pipeline", 3, replaces=1, grade=Grade.DESCRIBED)]
    assert rate(ledger, knowledge.rubric)["data.pipeline"].grade is Grade.DESCRIBED


def test_old_words_are_not_graded_again(knowledge: Knowledge) -> None:
    ledger = [entry(1, "data.pipeline", 2, quote="See the runbook of 3 May, https://wiki.example", grade=None)]
    assert rate(ledger, knowledge.rubric)["data.pipeline"].grade is Grade.CLAIMED


def test_an_entry_on_nothing_that_is_rated_here_is_left_out(knowledge: Knowledge) -> None:
    assert set(rate([entry(1, "data.magic", 2)], knowledge.rubric)) == set(knowledge.rubric.criteria)


def test_an_unknown_has_no_level_and_no_grade(knowledge: Knowledge) -> None:
    rating = rate([entry(1, "data.pipeline")], knowledge.rubric)["data.pipeline"]
    assert (rating.level, rating.grade, rating.known) == (None, None, False)
    bare = rate([entry(1, "data.pipeline", 2, standing="bare")], knowledge.rubric)["data.pipeline"]
    assert (bare.level, bare.grade, bare.known) == (None, None, False)


@pytest.mark.parametrize(
    ("chances", "level"),
    [((1, 0, 0, 0, 0), 0), ((0.4, 0.0, 0.3, 0.3, 0.0), 2), ((0, 0, 0.5, 0.5, 0), 2), ((0, 0, 0.49, 0.51, 0), 3), ((0, 0, 0, 0, 1), 4)],
)
def test_the_best_single_level_is_the_median(chances: tuple[float, ...], level: int) -> None:
    assert level_of(chances) == level


def test_with_several_people_the_better_evidence_counts_then_the_lower_level_and_any_answer_before_none(knowledge: Knowledge) -> None:
    tapped = entry(1, "data.pipeline", 3, who="A", read_by="tap", grade=Grade.CLAIMED)
    told = entry(2, "data.pipeline", 2, who="B", grade=Grade.EVIDENCED)
    vague = entry(3, "data.pipeline", 1, who="C", quote="not great")
    unknown = entry(4, "data.pipeline", who="D")
    for ledger, level in (((tapped, told), 2), ((tapped, vague), 1), ((unknown, tapped), 3), ((tapped, told, vague, unknown), 2)):
        assert rate(ledger, knowledge.rubric)["data.pipeline"].level == level
        assert rate(ledger[::-1], knowledge.rubric)["data.pipeline"].level == level, "whoever spoke first"
    statements = rate((tapped, told, vague, unknown), knowledge.rubric)["data.pipeline"].statements
    assert [account.who for account in statements] == ["A", "B", "C", "D"]


def test_of_two_on_the_same_evidence_nothing_at_all_counts_before_the_first_level(knowledge: Knowledge) -> None:
    ledger = (entry(1, "data.pipeline", 1, who="A"), entry(2, "data.pipeline", 0, who="B"))
    assert rate(ledger, knowledge.rubric)["data.pipeline"].level == 0


def test_what_one_says_replaces_only_what_the_same_person_said(knowledge: Knowledge) -> None:
    ledger = [
        entry(1, "data.pipeline", 3, who="A"),
        entry(2, "data.pipeline", 2, who="B"),
        entry(3, "data.pipeline", 1, who="A", replaces=1),
    ]
    rating = rate(ledger, knowledge.rubric)["data.pipeline"]
    assert [(account.who, account.level) for account in rating.statements] == [("A", 1), ("B", 2)]
    assert [old.number for old in rating.history] == [1]


def test_what_an_earlier_audit_holds_counts_until_somebody_speaks_of_it_again(knowledge: Knowledge) -> None:
    before = entry(1, "data.pipeline", 3, quote="see the runbook, page 3", carried_from="2026-05-01")
    assert rate([before], knowledge.rubric)["data.pipeline"].carried
    today = rate([before, entry(2, "data.pipeline", 1, who="Somebody new", quote="no")], knowledge.rubric)["data.pipeline"]
    assert (today.level, today.statements) == (1, ())
    assert today.history == (before,)
