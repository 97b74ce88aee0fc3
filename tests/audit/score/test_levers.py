import pytest

from app.audit.ledger.evidence import rate
from app.audit.methodology import Methodology
from app.audit.score.levers import Bottleneck, Lever, bottleneck, levers, with_level
from app.audit.score.scoring import score
from tests.audit import small
from tests.audit.small import CORE, Levels


def lever_of(method: Methodology, levels: Levels, criterion: str) -> Lever | None:
    found = levers(method.rubric, small.ratings(levels, method.rubric))
    return next((lever for lever in found if lever.criterion == criterion), None)


def held_back(method: Methodology, levels: Levels) -> Bottleneck | None:
    ratings = small.ratings(levels, method.rubric)
    return bottleneck(method, ratings, score(method.rubric, ratings))


def test_a_lever_is_worth_what_the_score_gains_by_one_level_more(method: Methodology) -> None:
    found = lever_of(method, small.all_at(2), "data.core")
    assert found is not None
    assert found.points == pytest.approx(25 * 2 / 3 / 5)
    assert (found.from_level, found.to_level) == (2, 3)
    assert (found.fact, found.proof) == ("Is data.core at 3?", "Proof of data.core.")
    first = lever_of(method, small.all_at(0), "data.core")
    assert first is not None
    assert first.points == pytest.approx(found.points), "from nought it is no less"
    more = lever_of(method, small.all_at(2), "data.more")
    assert more is not None
    assert more.points == pytest.approx(25 / 3 / 5)


def test_of_an_unknown_the_lever_is_how_far_production_ready_lifts_the_worst_case(method: Methodology) -> None:
    found = lever_of(method, small.all_at(4) | {"data.core": None}, "data.core")
    assert found is not None
    assert (found.from_level, found.to_level, found.fact) == (None, 3, "Is data.core at 3?")
    assert found.points == pytest.approx(75 * 2 / 3 / 5)


def test_the_last_step_has_a_lever_and_what_is_proven_or_does_not_apply_has_none(method: Methodology) -> None:
    levels = small.all_at(4) | {"security.core": 3, "data.more": "n/a"}
    found = levers(method.rubric, small.ratings(levels, method.rubric))
    assert [(lever.criterion, lever.to_level) for lever in found] == [("security.core", 4)]


def test_levers_come_with_the_most_points_first_and_in_the_rubrics_order_where_equal(method: Methodology) -> None:
    found = levers(method.rubric, small.ratings(small.all_at(1), method.rubric))
    assert [lever.criterion for lever in found] == [*CORE, *(c.replace("core", "more") for c in CORE)]


def test_a_rating_at_another_level_leaves_the_others_alone(method: Methodology) -> None:
    before = small.ratings({"data.core": None, "data.more": 1}, method.rubric)
    after = with_level(before, "data.core", 2)
    assert (after["data.core"].standing, after["data.core"].level) == ("rated", 2)
    assert after["data.more"] is before["data.more"]
    assert before["data.core"].level is None


def test_the_bottleneck_misses_the_most_points_and_names_its_weakest_point(method: Methodology) -> None:
    found = held_back(method, small.all_at(3) | {"security.core": 2, "security.more": 1})
    assert found == Bottleneck(
        gap="security",
        missing=100 - 125 / 3,
        why="Security, with 42 of 100, holds the project back most. Its weakest point is security more: security more at 1.",
    )


def test_of_points_as_low_the_core_one_is_named(method: Methodology) -> None:
    found = held_back(method, small.all_at(2))
    assert found is not None
    assert found.why.endswith("Its weakest point is data core: data core at 2.")


def test_of_gaps_that_miss_as_much_one_with_a_no_on_the_checklist_comes_first(method: Methodology) -> None:
    # 2 · 75 + 1 · 0 and 2 · 25 + 1 · 100 are the same, and only the second is a no.
    levels = small.all_at(4) | {"data.core": 3, "data.more": 0, "security.core": 1, "security.more": 4}
    found = held_back(method, levels)
    assert found is not None
    assert (found.gap, found.missing) == ("security", 50)


def test_fewer_points_count_before_a_no_on_the_checklist(method: Methodology) -> None:
    found = held_back(method, small.all_at(4) | {"data.core": 3, "data.more": 0, "security.core": 2, "security.more": 4})
    assert found is not None
    assert found.gap == "data"


def test_what_does_not_apply_or_is_not_known_holds_nothing_back(method: Methodology) -> None:
    found = held_back(method, {"data.core": None, "data.more": None, "security.core": "n/a", "security.more": 2, "adoption.core": 3})
    assert found is not None
    assert (found.gap, found.missing) == ("security", 50)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (3, "Nothing holds the project back. Most is left to gain in data, with 75 of 100, at data core."),
        (2, "Data, with 67 of 100, holds the project back most. Its weakest point is data more: data more at 2."),
    ],
)
def test_from_75_on_nothing_holds_back_and_only_what_is_left_to_gain_is_named(method: Methodology, more: int, why: str) -> None:
    found = held_back(method, small.all_at(4) | {"data.core": 3, "data.more": more})
    assert found is not None
    assert found.why == why


def test_where_nothing_is_known_or_nothing_is_missing_there_is_no_bottleneck(method: Methodology) -> None:
    assert held_back(method, small.all_at(4)) is None
    ratings = rate([], method.rubric)
    assert bottleneck(method, ratings, score(method.rubric, ratings)) is None
