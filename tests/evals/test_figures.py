"""The statistics, against values worked out by hand."""

import pytest

from evals.figures import calibration_error, figure, kappa, mean, percentile, reliability, share


def test_kappa_is_one_for_full_agreement_and_undefined_without_spread() -> None:
    assert kappa([(0, 0), (2, 2), (4, 4)]) == 1.0
    assert kappa([(3, 3), (3, 3)]) is None
    assert kappa([]) is None


def test_kappa_of_a_worked_example() -> None:
    # squared distances: 0+0+1+1 = 2 seen; by chance the rows {0,1,2,3} against {0,1,1,4} give (sum over all pairs) / 4
    pairs = [(0, 0), (1, 1), (2, 1), (3, 4)]
    by_chance = sum((e - a) ** 2 for e, _ in pairs for _, a in pairs) / 4
    assert kappa(pairs) == pytest.approx(1 - 2 / by_chance)
    assert kappa([(0, 4), (4, 0)]) == pytest.approx(-1.0)


def test_shares_and_percentiles() -> None:
    assert share([(1, 2), (0, 2)]) == 0.25
    assert share([(0, 0)]) is None
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert percentile([5.0], 95) == 5.0


def test_calibration_is_the_distance_of_confidence_and_share_right() -> None:
    told = [(0.9, True), (0.9, False), (0.55, True)]
    assert calibration_error(told) == pytest.approx((2 * 0.4 + 0.45) / 3)
    assert [one.n for one in reliability(told)] == [1, 2]
    assert reliability([(1.0, True)])[0].low == 0.9


def test_an_interval_holds_the_value_and_repeats_with_its_seed() -> None:
    values = [0.0, 1.0] * 20
    one = figure(values, mean, seed=3)
    assert one is not None
    assert one.low < one.value == 0.5 < one.high
    assert one == figure(values, mean, seed=3)
    assert one.n == 40


def test_nothing_to_measure_is_no_figure() -> None:
    assert figure([], mean, seed=1) is None
