"""What hangs on an audit and goes with it: what is kept, thumbs, the outbox."""

import pytest
from sqlalchemy import Connection, func, select

from app.audit.plan.changes import WhatIf
from app.errors import NoSuchAuditError
from app.observability.cost import Limits, Reservation, Usage
from app.storage.audits import Audits
from app.storage.database import Database
from app.storage.kept import Kept
from app.storage.outbox import OutboxEntry
from app.storage.spend import StoredSpend
from app.storage.tables import audits as audits_table
from app.storage.tables import metadata
from app.storage.thumbs import Thumb, Thumbs
from tests.storage.audits import NOON, standing, turn

LIMITS = Limits(audit_usd=10, day_usd=10, calls=45)


@pytest.fixture
async def audits(database: Database) -> Audits:
    made = Audits(database)
    for audit in ("one", "two"):
        await made.add(audit, "me", standing(), "{}", turn())
    return made


async def test_one_thing_of_a_kind_is_kept_beside_an_audit(audits: Audits, database: Database) -> None:
    what_ifs = Kept(database, "what_ifs", WhatIf)
    assert await what_ifs.of("one") is None
    await what_ifs.keep("one", WhatIf().dropping("a"))
    await what_ifs.keep("one", WhatIf().dropping("b"))
    await what_ifs.keep("two", WhatIf().with_capacity(5))
    assert await what_ifs.of("one") == WhatIf().dropping("b")
    await what_ifs.drop("one")
    assert await what_ifs.of("one") is None
    assert await what_ifs.of("two") == WhatIf().with_capacity(5)
    assert await Kept(database, "tellings", WhatIf).of("two") is None


async def test_nothing_is_kept_of_an_audit_that_is_gone(audits: Audits, database: Database) -> None:
    await audits.erase("one")
    with pytest.raises(NoSuchAuditError):
        await Kept(database, "tellings", WhatIf).keep("one", WhatIf())
    with pytest.raises(NoSuchAuditError):
        await Thumbs(database).keep("one", Thumb("m1", 1))


async def test_a_message_has_one_thumb(audits: Audits, database: Database) -> None:
    thumbs = Thumbs(database)
    await thumbs.keep("one", Thumb("m1", 1))
    await thumbs.keep("one", Thumb("m1", 0, "not what I said"))
    await thumbs.keep("one", Thumb("m2", 1))
    assert sorted(await thumbs.of("one"), key=lambda thumb: thumb.message_id) == [Thumb("m1", 0, "not what I said"), Thumb("m2", 1)]
    assert await thumbs.audit_of("m1") == "one"
    await thumbs.drop("m1")
    assert await thumbs.of("one") == [Thumb("m2", 1)]
    assert await thumbs.audit_of("m1") is None


async def test_a_thumb_of_another_audit_is_not_changed(audits: Audits, database: Database) -> None:
    thumbs = Thumbs(database)
    await thumbs.keep("one", Thumb("m1", 1))
    await thumbs.keep("two", Thumb("m1", 0))
    assert await thumbs.of("one") == [Thumb("m1", 1)]
    assert await thumbs.of("two") == []


async def rows(database: Database, audit_id: str) -> dict[str, int]:
    """Count what every table holds of an audit."""
    mine = {table: (table.c.id if table is audits_table else table.c.audit_id) == audit_id for table in metadata.sorted_tables}

    def counted(connection: Connection) -> dict[str, int]:
        return {table.name: connection.scalar(select(func.count()).select_from(table).where(which)) or 0 for table, which in mine.items()}

    return await database.read(counted)


async def test_erasing_leaves_nothing_of_an_audit_and_everything_of_the_others(audits: Audits, database: Database) -> None:
    spend = StoredSpend(database)
    for audit in ("one", "two"):
        await audits.save_turn(audit, 1, standing(), "{}", turn(1), outbox=[OutboxEntry("word", audit)])
        for kind in ("what_ifs", "tellings", "brands"):
            await Kept(database, kind, WhatIf).keep(audit, WhatIf())  # type: ignore[arg-type]
        await Thumbs(database).keep(audit, Thumb(f"message of {audit}", 1))
        paid, under_way = Reservation(audit, NOON.date(), 0.5), Reservation(audit, NOON.date(), 0.25)
        for reservation in (paid, under_way):
            assert await spend.reserve(reservation, LIMITS) is None
        await spend.settle(paid, Usage(100, 0, 10), 0.125)
    before = await rows(database, "two")
    assert min(before.values()) > 0, "a table is not filled: this test says nothing about it"
    erased = await audits.erase("one")
    assert erased
    assert erased.rows == await rows(database, "two")
    assert set((await rows(database, "one")).values()) == {0}
    assert await rows(database, "two") == before
    assert await spend.of_day(NOON.date()) == pytest.approx(2 * (0.125 + 0.25)), "what was spent is spent"


async def test_an_audit_that_is_not_there_is_not_erased(audits: Audits) -> None:
    assert not await audits.erase("three")


async def test_a_call_under_way_when_its_audit_is_erased_stays_counted_at_its_most(audits: Audits, database: Database) -> None:
    spend, under_way = StoredSpend(database), Reservation("one", NOON.date(), 0.25)
    await spend.reserve(under_way, LIMITS)
    await audits.erase("one")
    await spend.settle(under_way, Usage(10, 0, 1), 0.125)
    assert await spend.of_day(NOON.date()) == pytest.approx(0.25)
    assert (await rows(database, "one"))["spend"] == 0
