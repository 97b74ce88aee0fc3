from collections.abc import Mapping
from datetime import date

import pytest

from app.audit.again.comparison import Comparison, Pair, Work, compare
from app.audit.again.snapshot import Planned, Snapshot, Stood
from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.score.scoring import Range, score
from tests.audit import small
from tests.audit.small import Levels

MAY = date(2026, 5, 4)
THEN = Range(value=40, low=30, high=60)


def compared(method: Methodology, before: Mapping[str, Stood], now: Levels, planned: tuple[Planned, ...] = ()) -> Comparison:
    ratings = small.ratings(now, method.rubric)
    snapshot = Snapshot(
        audit_id="spring", taken_on=MAY, profile=Profile(), overall=THEN, gaps={"data": THEN}, stood=dict(before), planned=planned
    )
    return compare(snapshot, ratings, score(method.rubric, ratings), method)


def stood(level: int | None, standing: str = "rated") -> Stood:
    return Stood.model_validate({"standing": standing, "level": level, "quotes": ()})


def test_scores_stand_side_by_side_for_what_was_scored_then(method: Methodology) -> None:
    found = compared(method, {}, small.all_at(2))
    fifty = Range(value=50, low=50, high=50)
    assert found.since == MAY
    assert found.overall == Pair(name="Overall", before=THEN, now=fifty)
    assert found.gaps == (Pair(name="Data", before=THEN, now=fifty),)


@pytest.mark.parametrize(
    ("before", "now", "change", "was", "stands"),
    [
        (stood(1), 2, "rose", "Data core at 1", "Data core at 2"),
        (stood(2), 1, "fell", "Data core at 2", "Data core at 1"),
        (stood(None, "unknown"), 0, "settled", "Not known", "Data core at 0"),
        (None, 0, "settled", "Not known", "Data core at 0"),
        (stood(None, "not_applicable"), 3, "settled", "Does not apply", "Data core at 3"),
        (stood(0), None, "lost", "Data core at 0", "Not known"),
        (stood(3), "n/a", "lost", "Data core at 3", "Does not apply"),
    ],
)
def test_what_moved_says_from_where_to_where(
    method: Methodology, before: Stood | None, now: int | str | None, change: str, was: str, stands: str
) -> None:
    (moved,) = compared(method, {"data.core": before} if before else {}, {"data.core": now}).moved
    assert (moved.criterion, moved.name, moved.change, moved.was, moved.stands) == ("data.core", "Data core", change, was, stands)
    assert (moved.before, moved.now) == (before.level if before else None, now if isinstance(now, int) else None)


def test_what_stands_where_it_stood_is_counted_and_what_neither_knew_is_not(method: Methodology) -> None:
    before = {"data.core": stood(2), "data.more": stood(0), "security.core": stood(None, "unknown"), "adoption.core": stood(1)}
    found = compared(method, before, {"data.core": 2, "data.more": 0, "security.core": None, "adoption.core": 4})
    assert found.unchanged == 2
    assert [moved.criterion for moved in found.moved] == ["adoption.core"]


def test_of_what_was_planned_each_is_done_or_not_or_not_known(method: Methodology) -> None:
    wanted = [("data.core", 2), ("data.more", 3), ("security.core", 3), ("gone.core", 3)]
    planned = tuple(Planned(title=f"Lift {c}", criterion=c, to_level=level, sprint=n) for n, (c, level) in enumerate(wanted, start=1))
    found = compared(method, {}, {"data.core": 2, "data.more": 2, "security.core": None}, planned)
    assert found.work == (
        Work(title="Lift data.core", criterion="data.core", sprint=1, outcome="done"),
        Work(title="Lift data.more", criterion="data.more", sprint=2, outcome="not done"),
        Work(title="Lift security.core", criterion="security.core", sprint=3, outcome="not known"),
    )
