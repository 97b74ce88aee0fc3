import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.audit.ledger.text import cleaned
from app.errors import NoSuchAuditError, OvertakenError, StorageError
from app.storage.audits import Audits
from app.storage.database import Database
from app.storage.outbox import Outbox, OutboxEntry
from app.storage.transcripts import Transcripts
from tests.storage.audits import NOON, standing, turn


@pytest.fixture
def audits(database: Database) -> Audits:
    return Audits(database)


async def added(audits: Audits, visitor: str | None = "me", audit_id: str = "", *, minutes: float = 0) -> str:
    audit_id = audit_id or str(uuid4())
    await audits.add(audit_id, visitor, standing("open", 0), '{"turn": 0}', turn(0, minutes=minutes))
    return audit_id


async def test_a_new_audit_is_found_by_id_token_and_code(audits: Audits) -> None:
    record = await audits.add("one", "visitor-1", standing("open", 0), "{}", turn())
    assert (record.version, record.visitor, record.title, record.created_at) == (1, "visitor-1", "Claims assistant", NOON)
    assert await audits.by_id("one") == record
    assert await audits.by_token(record.token) == record
    assert await audits.by_code(f" {record.code[:5].lower()}-{record.code[5:]}") == record
    assert await audits.by_token("") is None
    assert await audits.by_id("two") is None
    assert len(record.token) >= 40


async def test_an_audit_that_exists_is_not_begun_again(audits: Audits, database: Database) -> None:
    record = await audits.add("one", "me", standing("open", 0), '{"first": true}', turn())
    with pytest.raises(OvertakenError):
        await audits.add("one", "somebody else", standing("open", 0), "{}", turn())
    saved = await audits.load("one")
    assert saved is not None
    assert (saved.record, saved.state) == (record, '{"first": true}')
    assert len(await Transcripts(database).of("one")) == 1


async def test_a_turn_is_saved_with_its_state_its_words_and_what_is_to_be_done(audits: Audits, database: Database) -> None:
    audit, run = await added(audits), uuid4()
    said = replace(turn(1, minutes=2, said='{"text": "By hand. 🙂"}'), events='[{"kind": "said"}]', run_id=run, who="Ana Ruiz, InfoSec")
    await audits.save_turn(audit, 1, standing("finished", 1, "Reply drafts"), '{"turn": 1}', said, outbox=[OutboxEntry("word", audit)])
    saved = await audits.load(audit)
    assert saved is not None
    assert saved.state == '{"turn": 1}'
    assert saved.schema_version == 1
    record = saved.record
    assert (record.version, record.title, record.phase, record.turns) == (2, "Reply drafts", "finished", 1)
    assert (record.created_at, record.updated_at) == (NOON, NOON + timedelta(minutes=2))
    assert await Transcripts(database).of(audit) == [replace(turn(), number=1), replace(said, number=2)]
    assert [entry.audit_id for entry in await Outbox(database).waiting("word", 10)] == [audit]


async def test_a_turn_on_an_older_version_saves_nothing(audits: Audits, database: Database) -> None:
    audit = await added(audits)
    await audits.save_turn(audit, 1, standing(), '{"by": "first"}', turn(1))
    with pytest.raises(OvertakenError):
        await audits.save_turn(audit, 1, standing("finished"), '{"by": "second"}', turn(1), outbox=[OutboxEntry("word", audit)])
    saved = await audits.load(audit)
    assert saved is not None
    assert (saved.record.version, saved.record.phase, saved.state) == (2, "open", '{"by": "first"}')
    assert len(await Transcripts(database).of(audit)) == 2
    assert await Outbox(database).waiting("word", 10) == []


async def test_of_many_turns_at_once_each_is_saved_after_the_other(audits: Audits, database_url: str) -> None:
    audit, tries = await added(audits), 0
    others = [Database(database_url) for _ in range(3)]

    async def answer(mine: Audits, number: int) -> None:
        nonlocal tries
        while True:
            tries += 1
            saved = await mine.load(audit)
            assert saved is not None
            try:
                return await mine.save_turn(audit, saved.record.version, standing(), f"{saved.state}, {number}", turn(number))
            except OvertakenError:
                continue

    await asyncio.gather(*[answer(Audits(other), number) for number, other in enumerate(others * 4)])
    saved = await audits.load(audit)
    assert saved is not None
    assert saved.record.version == 13
    assert sorted(saved.state.split(", ")[1:], key=int) == [str(number) for number in range(12)]
    assert tries > 12, "nobody met anybody: this test shows nothing"
    for other in others:
        await other.close()


async def test_a_turn_that_cannot_be_saved_whole_is_not_saved_at_all(audits: Audits) -> None:
    audit = await added(audits)
    broken = OutboxEntry(None, audit)  # type: ignore[arg-type]
    with pytest.raises(StorageError) as error:
        await audits.save_turn(audit, 1, standing(), '{"lost": true}', turn(1, said='"what a person said"'), outbox=[broken])
    saved = await audits.load(audit)
    assert saved is not None
    assert (saved.record.version, saved.state) == (1, '{"turn": 0}')
    assert "person" not in f"{error.value!r} {error.value} {error.value.__cause__}"


async def test_a_turn_of_an_audit_that_is_gone_is_not_saved(audits: Audits) -> None:
    with pytest.raises(NoSuchAuditError):
        await audits.save_turn("never", 1, standing(), "{}", turn())


async def test_a_moment_without_a_time_zone_is_refused(audits: Audits) -> None:
    with pytest.raises(StorageError, match="time zone"):
        await audits.add("one", None, standing(), "{}", replace(turn(), at=NOON.replace(tzinfo=None)))
    assert await audits.by_id("one") is None


async def test_the_way_back_leads_to_the_latest_open_audit_with_an_answer(audits: Audits) -> None:
    first, second, empty = [await added(audits, minutes=number) for number in range(3)]
    for minutes, audit in enumerate((first, second)):
        await audits.save_turn(audit, 1, standing("paused", 1), "{}", turn(1, minutes=10 + minutes))
    found = await audits.latest_of("me")
    assert found is not None
    assert found.id == second
    assert await audits.latest_finished_of("me") is None
    assert await audits.count_open() == 2
    await audits.save_turn(second, 2, standing("finished", 2), "{}", turn(2, minutes=20))
    found, finished = await audits.latest_of("me"), await audits.latest_finished_of("me")
    assert found is not None
    assert finished is not None
    assert (found.id, finished.id) == (first, second)
    assert empty not in (first, second)
    assert await audits.latest_of("somebody else") is None
    assert await audits.latest_finished_of("somebody else") is None
    assert await audits.count_open() == 1


async def test_a_visitors_audits_come_page_by_page_the_latest_first(audits: Audits) -> None:
    mine = [await added(audits, minutes=number) for number in range(5)]
    await added(audits, "somebody else")
    first = await audits.of_visitor("me", 2)
    second = await audits.of_visitor("me", 9, first[-1].updated_at)
    assert [record.id for record in (*first, *second)] == mine[::-1]
    assert len(await audits.all()) == 6


async def test_what_is_done_waits_no_longer(audits: Audits, database: Database) -> None:
    audit, outbox = await added(audits), Outbox(database)
    entries = [OutboxEntry("word", audit, f'{{"n": {n}}}') for n in range(3)]
    for version, entry in enumerate(entries, start=1):
        await audits.save_turn(audit, version, standing(), "{}", turn(version, minutes=version), outbox=[entry])
    assert await outbox.waiting("word", 2) == entries[:2]
    assert await outbox.waiting("send", 2) == []
    await outbox.done(entries[0].id, NOON)
    assert await outbox.waiting("word", 9) == entries[1:]


async def test_a_database_that_answers_can_be_pinged(audits: Audits) -> None:
    await audits.ping()


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d a pair", "\udc00\ud800", "🙂 日本 Straße", "\x01\x7f\u2028"])
async def test_text_that_was_cleaned_is_stored_and_read_back(audits: Audits, database: Database, text: str) -> None:
    kept = cleaned(text)
    await audits.add("one", kept, standing(title=kept), kept, turn(said=kept))
    saved = await audits.load("one")
    assert saved is not None
    assert (saved.record.visitor, saved.record.title, saved.state) == (kept, kept, kept)
    assert (await Transcripts(database).of("one"))[0].said == kept
    assert [record.id for record in await audits.of_visitor(kept, 1)] == ["one"]


@pytest.mark.parametrize("text", ["half \ud83d a pair", "a\0b"])
async def test_text_that_was_not_cleaned_saves_nothing(audits: Audits, database: Database, text: str) -> None:
    if database.is_sqlite and "\0" in text:
        pytest.skip("SQLite takes it")
    with pytest.raises(StorageError):
        await audits.add("one", None, standing(title=text), "{}", turn())
    assert await audits.by_id("one") is None
