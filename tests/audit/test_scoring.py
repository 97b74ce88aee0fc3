import pytest

from app.audit.ledger.evidence import rate
from app.audit.rubric import Rubric
from app.audit.score.scoring import Band, band_of, score
from app.knowledge.load import Knowledge
from tests.audit.ledgers import all_at, entry, ledger_of, ratings_of


@pytest.fixture(scope="module")
def rubric(knowledge: Knowledge) -> Rubric:
    return knowledge.rubric


@pytest.mark.parametrize("level", range(5))
def test_a_uniform_audit_scores_its_level_times_25(rubric: Rubric, level: int) -> None:
    result = score(rubric, ratings_of(rubric, all_at(rubric, level)))
    assert result.overall.value == result.overall.low == result.overall.high == level * 25
    assert (result.known, result.total) == (21, 21)


def test_the_core_criterion_weighs_double_in_its_gap(rubric: Rubric) -> None:
    levels = all_at(rubric, 0) | {"data.pipeline": 4}
    data = score(rubric, ratings_of(rubric, levels)).gaps[0]
    assert data.score.value == pytest.approx(100 * 2 / 5)


def test_an_unknown_leaves_the_mean_and_widens_the_range(rubric: Rubric) -> None:
    levels = all_at(rubric, 2) | {"security.compliance": None}
    result = score(rubric, ratings_of(rubric, levels))
    assert result.overall.value == 50
    assert result.overall.low < 50 < result.overall.high
    assert result.known == 20


def test_nothing_known_is_no_score_at_all(rubric: Rubric) -> None:
    result = score(rubric, rate([], rubric))
    assert result.overall.value is None
    assert (result.overall.low, result.overall.high) == (0, 100)
    assert result.band is Band.NOT_SCORED
    assert not result.at_risk
    assert {line.answer for line in result.checklist} == {"unknown"}


def test_what_does_not_apply_leaves_score_range_and_coverage(rubric: Rubric) -> None:
    ledger = [*ledger_of(all_at(rubric, 3)), entry(22, "integration.writeback", standing="not_applicable", replaces=1)]
    result = score(rubric, rate(ledger, rubric))
    assert (result.known, result.total) == (20, 20)
    assert result.overall.value == result.overall.high == 75


def test_a_whole_gap_may_not_apply(rubric: Rubric) -> None:
    ledger = [entry(n, c, standing="not_applicable") for n, c in enumerate(rubric.criteria, start=1)]
    result = score(rubric, rate(ledger, rubric))
    assert result.total == 0
    assert result.overall.value is None


@pytest.mark.parametrize(("level", "answer"), [(0, "no"), (2, "no"), (3, "yes"), (4, "yes"), (None, "unknown")])
def test_a_checklist_line_is_yes_from_production_ready_on(rubric: Rubric, level: int | None, answer: str) -> None:
    result = score(rubric, ratings_of(rubric, {"data.pipeline": level}))
    assert result.checklist[0].answer == answer


def test_two_noes_are_at_risk_and_one_is_not(rubric: Rubric) -> None:
    one = all_at(rubric, 4) | {"data.pipeline": 2}
    two = one | {"adoption.metric": 0}
    assert not score(rubric, ratings_of(rubric, one)).at_risk
    assert score(rubric, ratings_of(rubric, two)).at_risk


@pytest.mark.parametrize(
    ("value", "noes", "band"),
    [
        (0, 5, Band.STALLED),
        (24.9, 0, Band.STALLED),
        (25, 0, Band.AT_RISK),
        (50, 0, Band.GETTING_THERE),
        (75, 0, Band.READY),
        (100, 1, Band.GETTING_THERE),
        (100, 2, Band.AT_RISK),
        (60, 2, Band.AT_RISK),
        (10, 2, Band.STALLED),
    ],
)
def test_bands_are_capped_by_the_checklist(value: float, noes: int, band: Band) -> None:
    assert band_of(value, noes) is band
