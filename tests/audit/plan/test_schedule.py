import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.plan.schedule import Stretch, schedule


def work(owner: str, days: float, *after: int) -> Stretch:
    return Stretch(owner=owner, days=days, after=after)


@pytest.mark.parametrize(
    ("stretches", "days"),
    [
        ([], []),
        ([work("a", 7)], [(1, 7)]),
        ([work("a", 7), work("a", 7)], [(1, 7), (8, 14)]),
        ([work("a", 7), work("b", 10)], [(1, 7), (1, 10)]),
        ([work("a", 7), work("b", 10, 0)], [(1, 7), (8, 17)]),
        ([work("a", 7), work("b", 3), work("c", 5, 0, 1)], [(1, 7), (1, 3), (8, 12)]),
        ([work("a", 7), work("b", 9), work("a", 5, 1)], [(1, 7), (1, 9), (10, 14)]),
        ([work("a", 20), work("a", 20)], [(1, 15), (16, 30)]),
        ([work("a", 20), work("a", 20), work("b", 10)], [(1, 15), (16, 30), (1, 10)]),
        ([work("a", 60)], [(1, 30)]),
        ([work("a", 30)], [(1, 30)]),
        ([work("a", 20), work("b", 20, 0), work("c", 20, 1)], [(1, 10), (11, 20), (21, 30)]),
        ([work("a", 0.2)], [(1, 1)]),
        ([work("a", 30), work("b", 0, 0)], [(1, 30), (30, 30)]),
        ([work("a", 2.6), work("a", 2.6)], [(1, 3), (4, 5)]),
    ],
)
def test_each_owner_does_one_thing_after_the_other_and_what_it_needs_comes_first(
    stretches: list[Stretch], days: list[tuple[int, int]]
) -> None:
    assert schedule(stretches, 30) == days


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 60), st.sets(st.integers(0, 8), max_size=2)), max_size=9))
def test_everything_has_a_day_within_the_sprint_and_begins_after_what_it_needs(given: list[tuple[str, float, set[int]]]) -> None:
    stretches = [work(owner, days, *(n for n in after if n < place)) for place, (owner, days, after) in enumerate(given)]
    spans = schedule(stretches, 30)
    assert len(spans) == len(stretches)
    for (first, last), stretch in zip(spans, stretches, strict=True):
        assert 1 <= first <= last <= 30
        assert all(first >= spans[n][1] for n in stretch.after)
