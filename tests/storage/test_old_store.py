"""A store of the release before: what was saved in it goes on."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.audit.plan.changes import WhatIf
from app.errors import StorageError
from app.interview.events import Event
from app.interview.messages import Message, Typed
from app.interview.state import Interview
from app.storage import old_interviews
from app.storage.audits import Audits
from app.storage.database import Database
from app.storage.kept import Kept
from app.storage.migrate import migrate
from app.storage.old_chats import Step, numbered, old_turns
from app.storage.old_interviews import State, upgrade_state
from app.storage.records import SavedAudit
from app.storage.transcripts import Transcripts
from tests.storage.audits import NOON, standing, turn

OLD = Path(__file__).parent / "old_store"
OPENING = "We pilot an assistant that drafts replies to insurance claims. Eight months so far. Files are exported by hand every Monday."


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for name in ("fivegap.db", "interviews.db"):
        shutil.copy(OLD / name, tmp_path / name)
    return tmp_path


def migrated(store: Path) -> Database:
    url = f"sqlite:///{store / 'fivegap.db'}"
    migrate(url)
    return Database(url)


async def by_phase(database: Database) -> dict[str, SavedAudit]:
    """Load the old audits: by phase, and the one that was held in a terminal, which has no visitor."""
    audits = Audits(database)
    loaded = [await audits.load(record.id) for record in await audits.all()]
    return {saved.record.phase if saved.record.visitor else "terminal": saved for saved in loaded if saved}


def ledger(saved: SavedAudit) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(saved.state)["ledger"]
    return entries


async def test_every_audit_of_the_old_store_stands_where_it_stood(store: Path) -> None:
    with closing(sqlite3.connect(store / "fivegap.db")) as connection:
        before = connection.execute("SELECT id, token, code, visitor, title, phase, turns, updated_at FROM audits").fetchall()
    database = migrated(store)
    records = [saved.record for saved in (await by_phase(database)).values()]
    after = [(r.id, r.token, r.code, r.visitor, r.title, r.phase, r.turns, r.updated_at.isoformat()) for r in records]
    assert sorted(after) == sorted(before)
    assert set(await by_phase(database)) == {"open", "paused", "finished", "terminal"}
    await database.close()


async def test_an_old_state_is_carried_over_in_the_new_form(store: Path) -> None:
    database = migrated(store)
    audits = await by_phase(database)
    for saved in audits.values():
        state = json.loads(saved.state)
        assert (state["audit_id"], state["phase"], state["turn"]) == (saved.record.id, saved.record.phase, saved.record.turns)
        assert (state["schema_version"], saved.schema_version, state["pending"]) == (1, 1, None)
        assert not state.keys() & {"incoming", "assessment", "route", "events"}
    assert [(e["quote"], e["level"], e["grade"]) for e in ledger(audits["open"])] == [
        ("Files are exported by hand every Monday.", 1, "described"),
        ("Each Monday an analyst exports the files by hand; the runbook is in our wiki.", 1, "evidenced"),
    ]
    assert json.loads(audits["terminal"].state)["speakers"] == ["Ana Ruiz, InfoSec"]
    assert json.loads(audits["open"].state)["asked"] == {"agentops.tooling": {"probes": [1]}, "security.review": {}}
    await database.close()


async def test_what_is_carried_over_can_be_read_by_the_interview(store: Path) -> None:
    database = migrated(store)
    for saved in (await by_phase(database)).values():
        interview = Interview.model_validate_json(saved.state)
        assert (interview.phase, interview.turn) == (saved.record.phase, saved.record.turns)
        for one in await Transcripts(database).of(saved.record.id):
            assert TypeAdapter(list[Event]).validate_json(one.events) is not None
            assert one.said is None or isinstance(TypeAdapter(Message).validate_json(one.said), Typed)
    await database.close()


def test_an_old_contradiction_can_be_read_by_the_interview() -> None:
    finding: State = {"criterion": "data.pipeline", "quote": "By hand.", "distribution": [0.6, 0.1, 0.1, 0.1, 0.1], "note": "a claim"}
    old: State = {
        "audit_id": "one",
        "speaker": "",
        "before": None,
        "clashes": [{"criterion": "data.pipeline", "earlier": 1, "finding": finding}],
    }
    interview = Interview.model_validate(upgrade_state(old))
    assert (interview.speaker, interview.before, interview.clashes[0].earlier) == ("respondent", None, 1)
    assert interview.clashes[0].finding.quote == "By hand."


async def test_an_old_chat_becomes_the_transcript(store: Path) -> None:
    database = migrated(store)
    audits, transcripts = await by_phase(database), Transcripts(database)
    first, *_, last = await transcripts.of(audits["open"].record.id)
    assert json.loads(first.said or "") == {"kind": "typed", "text": OPENING}
    assert [event["kind"] for event in json.loads(first.events)] == ["said"] * 4
    assert json.loads(first.events)[0]["text"].startswith("Hello, and good that you are here.")
    assert json.loads(last.said or "")["text"] == "report writing is what users do"
    assert (first.turn, last.turn, first.number, last.number) == (1, 4, 1, 4)
    assert first.at < last.at
    quick = await transcripts.of(audits["finished"].record.id)
    assert [one.turn for one in quick] == [0, 1, 2, 3, 4]
    assert "/reports/" in quick[-1].events
    assert [one.said for one in await transcripts.of(audits["terminal"].record.id)] == [None]
    for saved in audits.values():
        assert saved.record.version == len(await transcripts.of(saved.record.id))
    await database.close()


async def test_an_old_audit_goes_on_and_can_be_erased(store: Path) -> None:
    database = migrated(store)
    saved = (await by_phase(database))["paused"]
    audits, audit = Audits(database), saved.record.id
    await audits.save_turn(audit, saved.record.version, standing(), "{}", turn(3))
    assert [one.number for one in await Transcripts(database).of(audit)] == [1, 2, 3]
    assert (await audits.erase(audit)).rows == {"audits": 1, "turns": 3}
    await database.close()


async def test_what_was_kept_beside_an_old_audit_is_kept(store: Path) -> None:
    database = migrated(store)
    finished = (await by_phase(database))["finished"].record.id
    assert await Kept(database, "what_ifs", WhatIf).of(finished) == WhatIf().with_capacity(7)
    await database.close()


def test_the_old_file_is_set_aside_and_nobody_else_can_read_it(store: Path) -> None:
    migrate(f"sqlite:///{store / 'fivegap.db'}")
    assert not (store / "interviews.db").exists()
    for name in ("fivegap.db", "interviews.db.carried-over"):
        assert stat.S_IMODE((store / name).stat().st_mode) == 0o600


async def test_a_crash_before_the_old_file_is_set_aside_carries_nothing_over_twice(store: Path) -> None:
    database = migrated(store)
    saved = (await by_phase(database))["open"]
    await Audits(database).save_turn(saved.record.id, saved.record.version, standing(), '{"newer": true}', turn(5))
    (store / "interviews.db.carried-over").rename(store / "interviews.db")
    await database.close()
    database = migrated(store)
    again = await Audits(database).load(saved.record.id)
    assert again is not None
    assert again.state == '{"newer": true}'
    assert not (store / "interviews.db").exists()
    await database.close()


async def test_a_crash_in_the_middle_leaves_the_old_store_as_it_was(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, count = old_interviews._graded, 0

    def broken(entry: Any) -> Any:
        nonlocal count
        count += 1
        if count == 40:
            raise OSError("the power is gone")
        return real(entry)

    monkeypatch.setattr(old_interviews, "_graded", broken)
    with pytest.raises(StorageError, match="power"):
        migrate(f"sqlite:///{store / 'fivegap.db'}")
    with closing(sqlite3.connect(store / "fivegap.db")) as connection:
        assert connection.execute("SELECT count(*) FROM steps").fetchone()[0] > 20
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0004",)
    monkeypatch.undo()
    database = migrated(store)
    assert len(await by_phase(database)) == 4
    await database.close()


async def test_what_the_old_file_still_had_in_its_log_is_carried_over(store: Path) -> None:
    """A server that was killed leaves its last turns in `interviews.db-wal`."""
    rows, killed = _all(store / "interviews.db"), store / "killed"
    with closing(sqlite3.connect(store / "interviews.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        with connection:
            connection.execute("DELETE FROM checkpoints")
            connection.executemany("INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        shutil.copytree(store, killed)
    assert (killed / "interviews.db-wal").stat().st_size > 0
    database = migrated(killed)
    assert len(await by_phase(database)) == 4
    assert len(_all(killed / "interviews.db.carried-over")) == 4, "nothing stays behind in a log that no file belongs to"
    await database.close()


def test_an_old_store_without_its_interviews_is_left_as_it_is(store: Path) -> None:
    (store / "interviews.db").rename(store / "elsewhere.db")
    with pytest.raises(StorageError, match=r"put .*interviews\.db back"):
        migrated(store)
    with closing(sqlite3.connect(store / "fivegap.db")) as connection:
        assert connection.execute("SELECT count(*) FROM steps").fetchone()[0] > 20
    (store / "elsewhere.db").rename(store / "interviews.db")
    assert migrated(store)


def test_an_old_file_that_cannot_be_read_is_a_clear_error_and_changes_nothing(store: Path) -> None:
    (store / "interviews.db").write_bytes(b"this is not a database, it is a text that is long enough to be one")
    with pytest.raises(StorageError, match=r"interviews\.db"):
        migrate(f"sqlite:///{store / 'fivegap.db'}")
    assert (store / "interviews.db").exists()


async def test_an_audit_that_was_registered_and_never_saved_is_left_out(store: Path) -> None:
    with closing(sqlite3.connect(store / "interviews.db")) as connection, connection:
        connection.execute("DELETE FROM checkpoints WHERE thread_id LIKE '58f9eb7b%'")
    database = migrated(store)
    assert set(await by_phase(database)) == {"open", "finished", "terminal"}
    await database.close()


QUOTES = [
    ("report writing is what users do", "evidenced"),
    ("see https://example.org/x", "evidenced"),
    ("it is in DATA-118", "evidenced"),
    ("we have 3 people", "described"),
    ("Ana asked Robert", "described"),
    ("one two three four five six seven eight nine ten eleven twelve", "described"),
    ("one two three four five six seven eight nine ten eleven", "claimed"),
    ("it is fine", "claimed"),
]


@pytest.mark.parametrize(("quote", "grade"), QUOTES)
def test_an_old_entry_gets_the_grade_that_it_had(quote: str, grade: str) -> None:
    entry: State = {"quote": quote, "standing": "rated", "read_by": "encoder"}
    assert upgrade_state({"ledger": [entry]})["ledger"] == [entry | {"grade": grade}]


@pytest.mark.parametrize(
    ("standing", "read_by", "grade"), [("bare", "model", "described"), ("rated", "tap", None), ("unknown", "model", None)]
)
def test_only_words_have_a_grade(standing: str, read_by: str, grade: str | None) -> None:
    entry: State = {"quote": "we have 3 people", "standing": standing, "read_by": read_by}
    assert upgrade_state({"ledger": [entry]})["ledger"] == [entry | {"grade": grade}]


def test_entries_of_an_earlier_audit_get_their_grade_too() -> None:
    entry: State = {"quote": "it is fine", "standing": "rated", "read_by": "encoder"}
    old: State = {"before": {"stood": {"data.pipeline": {"standing": "rated", "quotes": [entry]}}}}
    graded = {"stood": {"data.pipeline": {"standing": "rated", "quotes": [entry | {"grade": "claimed"}]}}}
    assert upgrade_state(old)["before"] == graded


def test_an_entry_with_a_grade_keeps_it() -> None:
    entry: State = {"quote": "we have 3 people", "standing": "rated", "read_by": "encoder", "grade": "claimed"}
    assert upgrade_state({"ledger": [entry]})["ledger"] == [entry]


def test_what_came_before_the_first_words_opens_the_transcript() -> None:
    run = "0b8f6d1e-6f5c-4c53-9d67-2f1f5d1f7a11"
    steps = [
        Step("assistant_message", "Hello.", "{}", NOON),
        Step("user_message", "By hand.", '{"location": "x"}', NOON),
        Step("assistant_message", "", '{"run": "no id"}', NOON),
        Step("assistant_message", "I see.", f'{{"run": "{run}"}}', NOON),
    ]
    turns = numbered(old_turns(steps), last=1)
    assert [(number, one.said, one.heard, str(one.run_id)) for number, one in turns] == [
        (0, None, ["Hello."], "None"),
        (1, "By hand.", ["I see."], run),
    ]
    assert [number for number, _ in numbered(old_turns(steps), last=0)] == [0, 0]


def _all(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM checkpoints").fetchall()
