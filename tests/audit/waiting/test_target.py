from datetime import date

import pytest

from app.audit.waiting.target import later, target_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 2026", date(2026, 10, 31)),
        ("end of February 2028", date(2028, 2, 29)),
        ("Q2 2027", date(2027, 6, 30)),
        ("2027-03", date(2027, 3, 31)),
        ("2027-03-15", date(2027, 3, 15)),
        ("1 October 2026", date(2026, 10, 1)),
        ("October 1st, 2026", date(2026, 10, 1)),
        ("the end of December 2026.", date(2026, 12, 31)),
        ("january 2027", date(2027, 1, 31)),
        ("3rd of May, 2027", date(2027, 5, 3)),
        ("q1-2027", date(2027, 3, 31)),
        ("end of Q4 2026", date(2026, 12, 31)),
        ("  June   2027 ", date(2027, 6, 30)),
        ("q5 2027", None),
        ("2027-02-30", None),
        ("1999-03", None),
        ("March", None),
        ("mid March 2027", None),
        ("2027-13-01", None),
        ("31 June 2027", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_target_is_a_day_only_when_its_month_and_year_are_plain(text: str | None, day: date | None) -> None:
    assert target_day(text) == day


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 1, 15), 1.4, date(2026, 2, 15)),
        (date(2026, 1, 15), 1.6, date(2026, 3, 15)),
        (date(2026, 11, 15), 13, date(2027, 12, 15)),
    ],
)
def test_a_day_moves_by_months_and_stays_a_day_of_the_calendar(day: date, months: float, then: date) -> None:
    assert later(day, months) == then
