import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.ledger.evidence import Rating, rate
from app.audit.methodology import Methodology
from app.audit.rubric import Rubric
from app.audit.score.scoring import Band, Range, answer_of, band_of, score, weighted_mean
from app.knowledge.load import Knowledge
from tests.audit import small
from tests.audit.ledgers import ledger_of
from tests.audit.small import CORE, MORE, Levels

LEVELS = st.sampled_from([None, "n/a", 0, 1, 2, 3, 4])
ANY = st.fixed_dictionaries(dict.fromkeys((*CORE, *MORE), LEVELS))
RUBRIC = small.rubric()


def range_of(levels: Levels, rubric: Rubric = RUBRIC) -> Range:
    return score(rubric, small.ratings(levels, rubric)).overall


@pytest.mark.parametrize("level", range(5))
def test_a_uniform_audit_scores_its_level_times_25(level: int) -> None:
    result = score(RUBRIC, small.ratings(small.all_at(level), RUBRIC))
    assert result.overall == Range(value=level * 25, low=level * 25, high=level * 25)
    assert (result.known, result.total) == (10, 10)


def test_the_example_of_the_guidance_comes_out_as_it_says(knowledge: Knowledge) -> None:
    levels = {"data.pipeline": 1, "data.governance": 2, "data.monitoring": 0, "data.realism": 3}
    data = score(knowledge.rubric, rate(ledger_of(levels), knowledge.rubric)).gaps[0]
    assert data.score == Range(value=35, low=35, high=35)
    data = score(knowledge.rubric, rate(ledger_of(levels | {"data.monitoring": None}), knowledge.rubric)).gaps[0]
    assert data.score == Range(value=43.75, low=35, high=55)
    assert (data.known, data.total) == (3, 4)


def test_the_core_criterion_weighs_double(method: Methodology) -> None:
    first, second, *_ = score(
        method.rubric, small.ratings({"data.core": 4, "data.more": 1, "agentops.core": 1, "agentops.more": 4}, method.rubric)
    ).gaps
    assert (first.gap, first.score.value) == ("data", 75)
    assert (second.gap, second.score.value) == ("agentops", 50)


def test_each_gap_counts_the_same_and_one_of_which_nothing_is_known_leaves_the_mean_but_not_the_range() -> None:
    found = range_of({"data.core": 4, "data.more": 4, "security.core": 2, "security.more": 2})
    assert (found.value, found.low, found.high) == (75, 30, (100 + 50 + 3 * 100) / 5)


def test_an_unknown_counts_as_nothing_at_the_low_end_and_as_proven_at_the_high_one() -> None:
    (data, *_) = score(RUBRIC, small.ratings({"data.core": None, "data.more": 2}, RUBRIC)).gaps
    assert (data.score.value, data.known, data.total) == (50, 1, 2)
    assert data.score.low == pytest.approx(50 / 3)
    assert data.score.high == pytest.approx(250 / 3)


def test_what_does_not_apply_leaves_score_range_and_coverage() -> None:
    (data, *_) = score(RUBRIC, small.ratings({"data.core": 3, "data.more": "n/a"}, RUBRIC)).gaps
    assert (data.score, data.known, data.total) == (Range(value=75, low=75, high=75), 1, 1)


def test_a_gap_that_does_not_apply_leaves_the_overall_mean_and_range() -> None:
    levels = small.all_at(4) | {"data.core": "n/a", "data.more": "n/a"}
    assert range_of(levels) == Range(value=100, low=100, high=100)
    assert score(RUBRIC, small.ratings(levels, RUBRIC)).total == 8


def test_nothing_known_is_no_score_at_all_and_no_risk() -> None:
    result = score(RUBRIC, rate([], RUBRIC))
    assert result.overall == Range(value=None, low=0, high=100)
    assert (result.band, result.at_risk, result.noes, result.known, result.total) == (Band.NOT_SCORED, False, 0, 0, 10)
    assert {line.answer for line in result.checklist} == {"unknown"}


def test_where_nothing_applies_there_is_nothing_to_score() -> None:
    result = score(RUBRIC, small.ratings(small.all_at("n/a"), RUBRIC))
    assert result.overall == Range(value=None, low=0, high=0)
    assert (result.total, result.band) == (0, Band.NOT_SCORED)
    assert {line.answer for line in result.checklist} == {"n/a"}


@pytest.mark.parametrize(
    ("rating", "answer"),
    [
        (Rating(criterion="data.core", standing="rated", level=0), "no"),
        (Rating(criterion="data.core", standing="rated", level=2), "no"),
        (Rating(criterion="data.core", standing="rated", level=3), "yes"),
        (Rating(criterion="data.core", standing="rated", level=4), "yes"),
        (Rating(criterion="data.core", standing="unknown"), "unknown"),
        (Rating(criterion="data.core", standing="open"), "unknown"),
        (Rating(criterion="data.core", standing="not_applicable"), "n/a"),
    ],
)
def test_a_checklist_line_is_yes_from_production_ready_on(rating: Rating, answer: str) -> None:
    assert answer_of(rating) == answer


def test_the_checklist_has_a_line_for_each_gap_in_order(method: Methodology) -> None:
    levels = small.all_at(4) | {"agentops.core": 2, "security.core": None, "integration.core": "n/a", "adoption.more": 0}
    lines = score(method.rubric, small.ratings(levels, method.rubric)).checklist
    assert [(line.gap, line.text, line.answer) for line in lines] == [
        ("data", "Is data.core ready?", "yes"),
        ("agentops", "Is agentops.core ready?", "no"),
        ("security", "Is security.core ready?", "unknown"),
        ("integration", "Is integration.core ready?", "n/a"),
        ("adoption", "Is adoption.core ready?", "yes"),
    ]


@pytest.mark.parametrize(
    ("noes", "at_risk", "band"), [(0, False, "ready"), (1, False, "getting_there"), (2, True, "at_risk"), (3, True, "at_risk")]
)
def test_two_noes_are_at_risk_whatever_the_score(noes: int, at_risk: bool, band: str) -> None:
    levels = small.all_at(4) | dict.fromkeys(CORE[:noes], 2)
    result = score(RUBRIC, small.ratings(levels, RUBRIC))
    assert (result.noes, result.at_risk, result.band) == (noes, at_risk, band)
    assert (result.overall.value or 0) >= 75


@pytest.mark.parametrize(
    ("value", "noes", "band"),
    [
        (None, 5, "not_scored"),
        (0, 0, "stalled"),
        (24.99, 0, "stalled"),
        (24.99, 2, "stalled"),
        (25, 0, "at_risk"),
        (49.99, 0, "at_risk"),
        (49.99, 1, "at_risk"),
        (50, 0, "getting_there"),
        (50, 1, "getting_there"),
        (50, 2, "at_risk"),
        (74.99, 0, "getting_there"),
        (74.99, 2, "at_risk"),
        (75, 0, "ready"),
        (75, 1, "getting_there"),
        (75, 2, "at_risk"),
        (100, 0, "ready"),
        (100, 5, "at_risk"),
    ],
)
def test_a_band_begins_at_its_number_and_is_capped_by_the_checklist(value: float | None, noes: int, band: str) -> None:
    assert band_of(value, noes) == band


def test_a_mean_weighs_and_of_nothing_there_is_none() -> None:
    assert weighted_mean([(100, 2), (40, 1)]) == 80
    assert weighted_mean([]) is None


@given(ANY)
def test_the_score_lies_in_its_range(levels: Levels) -> None:
    found = range_of(levels)
    assert 0 <= found.low <= found.high <= 100
    if found.value is not None:
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


@given(ANY, st.sampled_from((*CORE, *MORE)))
def test_what_is_unknown_neither_raises_nor_lowers_the_mean_of_its_gap(levels: Levels, criterion: str) -> None:
    place = [gap.id for gap in RUBRIC.gaps].index(RUBRIC.criteria[criterion].gap)  # type: ignore[arg-type]
    gone, unknown = ({**levels, criterion: how} for how in ("n/a", None))
    values = [score(RUBRIC, small.ratings(one, RUBRIC)).gaps[place].score.value for one in (gone, unknown)]
    assert values[0] == values[1]


@given(ANY, st.sampled_from((*CORE, *MORE)), st.integers(0, 3))
def test_one_level_more_never_lowers_the_score(levels: Levels, criterion: str, level: int) -> None:
    before, after = range_of({**levels, criterion: level}), range_of({**levels, criterion: level + 1})
    assert before.value is not None
    assert after.value is not None
    assert before.value < after.value
    assert (before.low < after.low, before.high < after.high) == (True, True)


@given(ANY)
def test_what_does_not_apply_is_as_if_it_were_not_in_the_rubric(levels: Levels) -> None:
    applies = [c for c, level in levels.items() if level != "n/a"]
    points = {c: [(25 * levels[c], RUBRIC.criteria[c].weight)] if isinstance(levels[c], int) else [] for c in applies}  # type: ignore[operator]
    means = [weighted_mean([p for c in applies if c.startswith(f"{gap.id}.") for p in points[c]]) for gap in RUBRIC.gaps]
    expected = weighted_mean([(mean, 1) for mean in means if mean is not None])
    assert range_of(levels).value == (None if expected is None else pytest.approx(expected))
