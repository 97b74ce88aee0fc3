"""A sender gets a burst, then waits until the window has moved on; senders do not wait for each other."""

import time

import pytest

from app.access.pace import Pace


def test_a_burst_is_let_through_and_more_only_when_the_window_has_moved_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    pace = Pace(most=3, seconds=10)
    assert [pace.lets("one") for _ in range(4)] == [True, True, True, False]
    now[0] += 9
    assert not pace.lets("one")
    now[0] += 2
    assert [pace.lets("one") for _ in range(4)] == [True, True, True, False]


def test_what_is_refused_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    pace = Pace(most=1, seconds=10)
    assert pace.lets("one")
    now[0] += 6
    assert not pace.lets("one")
    now[0] += 5
    assert pace.lets("one")


def test_senders_do_not_wait_for_each_other() -> None:
    pace = Pace(most=1, seconds=60)
    assert pace.lets("one") and pace.lets("two")
    assert not pace.lets("one")
