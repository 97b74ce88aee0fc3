"""What is not worked out twice for one interview, and what has to be."""

from app.interview.view import View
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry
from tests.interview.stage import PIPELINE, interview_of

LEDGER = (entry(1, PIPELINE, 3, who="Ana"), entry(2, PIPELINE, 1, who="Ben"))


def test_ratings_are_kept_while_the_ledger_is_and_one_s_own_while_the_same_person_answers(knowledge: Knowledge) -> None:
    interview = interview_of(*LEDGER, speaker="Ana", speakers=("Ana", "Ben"))
    view = View(interview, knowledge.rubric)
    ratings, own = view.ratings, view.own
    same, other = view.of(interview.changed(turn=8)), view.of(interview.changed(speaker="Ben"))
    assert (same.ratings is ratings, same.own is own) == (True, True)
    assert other.ratings is ratings
    assert (own[PIPELINE].level, other.own[PIPELINE].level) == (3, 1)


def test_a_longer_ledger_is_rated_again(knowledge: Knowledge) -> None:
    interview = interview_of(*LEDGER)
    view = View(interview, knowledge.rubric)
    assert view.ratings[PIPELINE].level == 1
    assert view.of(interview.changed(ledger=(*LEDGER, entry(3, PIPELINE, 0, who="Ben")))).ratings[PIPELINE].level == 0
