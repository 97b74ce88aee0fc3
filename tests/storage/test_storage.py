from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from langgraph.checkpoint.base import empty_checkpoint

from app.audit.plan.changes import WhatIf
from app.storage.audits import Audits
from app.storage.checkpoints import open_checkpoints
from app.storage.errors import StorageError
from app.storage.kept import Kept
from app.storage.migrate import migrate
from tests.conftest import NOON


async def test_the_register_finds_audits_by_id_token_and_code(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    audits = Audits(tmp_path / "a.db", lambda: NOON)
    record = await audits.add(str(uuid4()), "full", "visitor-1")
    assert await audits.by_id(record.id) == record
    assert await audits.by_token(record.token) == record
    assert await audits.by_code(f" {record.code[:5].lower()}-{record.code[5:]}") == record
    assert await audits.by_token("") is None
    assert len(record.token) >= 40
    assert await audits.add(record.id, "quick") == record
    await audits.close()


async def test_the_way_back_leads_to_the_latest_open_audit_with_an_answer(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    audits = Audits(tmp_path / "a.db", lambda: now[0])
    first, second, empty = [(await audits.add(str(uuid4()), "full", "me")).id for _ in range(3)]
    for audit in (first, second):
        now[0] += timedelta(minutes=1)
        await audits.update(audit, title="t", depth="full", phase="open", turns=3)
    found = await audits.latest_of("me")
    assert found is not None
    assert found.id == second
    await audits.update(second, title="t", depth="full", phase="finished", turns=4)
    found = await audits.latest_of("me")
    assert found is not None
    assert found.id == first
    assert empty not in (first, second)
    assert await audits.latest_of("somebody else") is None
    await audits.close()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    migrate(tmp_path / "a.db")


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("this is not a database, it is a text that is long enough to be one")
    with pytest.raises(StorageError, match=r"a\.db"):
        migrate(tmp_path / "a.db")


async def test_one_checkpoint_is_kept_an_audit(tmp_path: Path) -> None:
    async with open_checkpoints(tmp_path / "c.db") as saver:
        config = {"configurable": {"thread_id": "t", "checkpoint_ns": ""}}
        for step in range(5):
            config = await saver.aput(config, empty_checkpoint(), {"source": "loop", "step": step, "parents": {}}, {})  # type: ignore[assignment,arg-type]
        kept = [c async for c in saver.alist({"configurable": {"thread_id": "t"}})]
    assert len(kept) == 1
    assert kept[0].metadata["step"] == 4


async def test_one_thing_of_a_kind_is_kept_beside_an_audit(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    what_ifs = Kept(tmp_path / "a.db", "what_ifs", WhatIf)
    assert await what_ifs.of("one") is None
    await what_ifs.keep("one", WhatIf().dropping("a"))
    await what_ifs.keep("one", WhatIf().dropping("b"))
    await what_ifs.keep("two", WhatIf().with_capacity(5))
    assert await what_ifs.of("one") == WhatIf().dropping("b")
    await what_ifs.drop("one")
    assert await what_ifs.of("one") is None
    assert await what_ifs.of("two") == WhatIf().with_capacity(5)
    await what_ifs.close()


async def test_the_way_back_and_the_way_again_are_apart(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    audits = Audits(tmp_path / "a.db", lambda: NOON)
    record = await audits.add(str(uuid4()), "full", "me")
    await audits.update(record.id, title="t", depth="full", phase="open", turns=3)
    assert await audits.latest_finished_of("me") is None
    await audits.update(record.id, title="t", depth="full", phase="finished", turns=4)
    found = await audits.latest_finished_of("me")
    assert found is not None
    assert found.id == record.id
    assert await audits.latest_finished_of("somebody else") is None
    await audits.close()
