import pytest
from pydantic import ValidationError

from app.audit.plan.changes import AS_PLANNED, UNCHANGED, Changes, WhatIf

BUSY = WhatIf(
    changes=Changes(dropped=("a", "b"), moved={"c": 1, "d": 2}, added=("e", "f"), capacity_days=12),
    assumptions={"months-of-delay": (1, 2)},
)


def test_nothing_is_tried_out_until_something_is_changed() -> None:
    assert WhatIf(changes=AS_PLANNED, assumptions={}) == UNCHANGED
    assert not UNCHANGED.anything
    assert UNCHANGED.dropping("a").anything
    assert UNCHANGED.assuming("months-of-delay", 1, 2).anything


@pytest.mark.parametrize("task", ["a", "c", "e", "new"])
def test_the_last_change_to_a_task_stands_in_for_those_before_it(task: str) -> None:
    rest = {
        "dropped": tuple(one for one in ("a", "b") if one != task),
        "moved": {one: sprint for one, sprint in {"c": 1, "d": 2}.items() if one != task},
        "added": tuple(one for one in ("e", "f") if one != task),
        "capacity_days": 12,
    }
    for changed, expected in (
        (BUSY.dropping(task), rest | {"dropped": (*rest["dropped"], task)}),
        (BUSY.moving(task, 3), rest | {"moved": {**rest["moved"], task: 3}}),
        (BUSY.adding(task), rest | {"added": (*rest["added"], task)}),
        (BUSY.restoring(task), rest),
    ):
        assert changed.changes.model_dump() == expected
        assert changed.assumptions == BUSY.assumptions


def test_own_figures_are_laid_over_earlier_ones() -> None:
    made = BUSY.assuming("months-of-delay", 3, 4).assuming("assisted-share", 0.1, 0.2)
    assert made.assumptions == {"months-of-delay": (3, 4), "assisted-share": (0.1, 0.2)}
    assert made.changes == BUSY.changes


def test_a_capacity_is_above_nothing_and_leaves_the_rest() -> None:
    made = BUSY.with_capacity(0.5)
    assert made.changes == BUSY.changes.model_copy(update={"capacity_days": 0.5})
    assert made.assumptions == BUSY.assumptions
    with pytest.raises(ValidationError):
        BUSY.with_capacity(0)
