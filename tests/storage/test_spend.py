from datetime import date

import pytest

from app.observability.cost import Limits, Reservation, Spent, Usage
from app.storage.database import Database
from app.storage.spend import StoredSpend
from tests.storage.processes import at_once

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)
LIMITS = Limits(audit_usd=1.0, day_usd=1.5, calls=3)


async def spent(spend: StoredSpend, audit: str, day: date, most: float, cost: float) -> None:
    reservation = Reservation(audit, day, most)
    assert await spend.reserve(reservation, LIMITS) is None
    await spend.settle(reservation, Usage(100, 0, 10), cost)


async def test_what_was_spent_is_remembered_over_a_restart(database: Database, database_url: str) -> None:
    spend = StoredSpend(database)
    await spent(spend, "one", YESTERDAY, 0.5, 0.25)
    await spent(spend, "one", TODAY, 0.5, 0.125)
    await spent(spend, "two", TODAY, 0.5, 0.5)
    await database.close()
    again = Database(database_url)
    assert await StoredSpend(again).spent("one", TODAY) == Spent(calls=2, audit_usd=0.375, day_usd=0.625)
    assert await StoredSpend(again).of_day(YESTERDAY) == 0.25
    assert await StoredSpend(again).spent("nobody", date(2026, 1, 1)) == Spent(0, 0.0, 0.0)
    await again.close()


async def test_what_a_call_may_cost_is_held_until_it_is_known(database: Database) -> None:
    spend, call = StoredSpend(database), Reservation("one", TODAY, 0.75)
    assert await spend.reserve(call, LIMITS) is None
    assert await spend.spent("one", TODAY) == Spent(1, 0.75, 0.75)
    assert await spend.reserve(Reservation("one", TODAY, 0.5), LIMITS) == "audit"
    await spend.settle(call, Usage(10, 0, 1), 0.25)
    assert await spend.spent("one", TODAY) == Spent(1, 0.25, 0.25)
    assert await spend.reserve(Reservation("one", TODAY, 0.5), LIMITS) is None


async def test_a_call_that_did_not_happen_costs_nothing(database: Database) -> None:
    spend, call = StoredSpend(database), Reservation("one", TODAY, 0.75)
    await spend.reserve(call, LIMITS)
    await spend.release(call)
    assert await spend.spent("one", TODAY) == Spent(0, 0.0, 0.0)


async def test_a_reservation_ends_once(database: Database) -> None:
    spend, call = StoredSpend(database), Reservation("one", TODAY, 0.75)
    await spend.reserve(call, LIMITS)
    for _ in range(2):
        await spend.settle(call, Usage(10, 0, 1), 0.25)
    assert await spend.spent("one", TODAY) == Spent(1, 0.25, 0.25)


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [
        (Reservation("one", TODAY, 0.25), "calls"),
        (Reservation("two", TODAY, 1.0625), "audit"),
        (Reservation("two", TODAY, 1.0), "day"),
        (Reservation("two", YESTERDAY, 1.0), None),
        (Reservation("two", TODAY, 0.75), None),
    ],
)
async def test_each_limit_is_kept_to_the_cent_and_named(database: Database, wanted: Reservation, passed: str | None) -> None:
    spend = StoredSpend(database)
    for _ in range(3):
        await spent(spend, "one", TODAY, 0.25, 0.25)
    assert await spend.reserve(wanted, LIMITS) == passed
    assert (await spend.spent(wanted.audit_id, wanted.day)).calls == {"one": 3, "two": int(passed is None)}[wanted.audit_id]


RESERVING = """
import asyncio
async def work(url):
    database = Database(url)
    spend = StoredSpend(database)
    for audit, day, limits in (
        ("by money", 1, Limits(audit_usd=2.5, day_usd=9.0, calls=99)),
        ("by day", 2, Limits(audit_usd=9.0, day_usd=2.5, calls=99)),
        ("by calls", 3, Limits(audit_usd=9.0, day_usd=9.0, calls=20)),
    ):
        calls = [Reservation(audit, date(2026, 11, day), 0.125) for _ in range(15)]
        refused = await asyncio.gather(*[spend.reserve(call, limits) for call in calls])
        print(refused.count(None), flush=True)
    END
asyncio.run(work(*sys.argv[1:]))
"""
IMPORTS = """
import sys, os
from datetime import date
from app.observability.cost import Limits, Reservation
from app.storage.database import Database
from app.storage.spend import StoredSpend
"""


async def test_two_processes_at_once_do_not_pass_a_limit_together(database: Database, database_url: str) -> None:
    told = at_once(RESERVING.replace("END", "await database.close()"), IMPORTS, database_url, processes=2)
    first, second = ([int(count) for count in printed.split()] for printed in told)
    assert [one + other for one, other in zip(first, second, strict=True)] == [20, 20, 20]
    for day, audit in enumerate(("by money", "by day", "by calls"), start=1):
        assert await StoredSpend(database).spent(audit, date(2026, 11, day)) == Spent(20, 2.5, 2.5)


async def test_a_killed_process_leaves_its_calls_at_the_most_they_could_cost(database: Database, database_url: str) -> None:
    at_once(RESERVING.replace("END", "os._exit(0)"), IMPORTS, database_url, processes=1)
    assert await StoredSpend(database).spent("by calls", date(2026, 11, 3)) == Spent(15, 1.875, 1.875)
