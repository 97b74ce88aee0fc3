import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url

from app.errors import StorageError
from app.storage import migrate as migrating
from app.storage.audits import Audits
from app.storage.database import Database
from app.storage.migrate import HEAD, migrate
from app.storage.tables import metadata
from app.storage.urls import reached
from tests.databases import NewUrl
from tests.storage.processes import at_once


def test_the_newest_schema_is_the_last_migration() -> None:
    assert ScriptDirectory(str(Path(migrating.__file__).parent / "migrations")).get_current_head() == HEAD


async def test_migrations_lead_to_the_tables_as_the_code_has_them(database: Database) -> None:
    told = await database.read(lambda connection: compare_metadata(MigrationContext.configure(connection), metadata))
    assert told == []


async def test_migrating_twice_changes_nothing(new_url: NewUrl) -> None:
    url = new_url(False)
    migrate(url)
    migrate(url)
    database = Database(url)
    assert await Audits(database).all() == []
    await database.close()


def test_several_processes_that_start_at_once_on_a_fresh_database_all_start(new_url: NewUrl) -> None:
    url = new_url(False)
    script = "migrate(sys.argv[1]); print('started')"
    assert at_once(script, "import sys; from app.storage.migrate import migrate", url, processes=4) == ["started"] * 4
    migrate(url)


def test_a_process_does_not_wait_for_ever_for_another_that_migrates(new_url: NewUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "WAIT_SECONDS", 0.2)
    url = new_url(False)
    with holding(url), pytest.raises(StorageError, match="another process"):
        migrate(url)
    migrate(url)


@contextmanager
def holding(url: str) -> Iterator[None]:
    """Do as a process does that is in the middle of migrating."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if url.startswith("sqlite") else f"SELECT pg_advisory_lock({migrating._LOCK})")
        yield
    engine.dispose()


def run(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "fivegap.db"
    old = os.umask(0o022)
    try:
        migrate(f"sqlite:///{path}")
    finally:
        os.umask(old)
    assert [stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()] == [0o600] * len(list(path.parent.iterdir()))


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("this is not a database, it is a text that is long enough to be one")
    with pytest.raises(StorageError, match=r"a\.db"):
        migrate(f"sqlite:///{tmp_path / 'a.db'}")


def test_a_database_of_a_later_release_is_left_alone(new_url: NewUrl) -> None:
    url = new_url(True)
    migrate(url)
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="9999"):
        migrate(url)


def test_a_server_that_is_not_there_is_a_clear_error_without_the_password() -> None:
    with pytest.raises(StorageError, match="cannot prepare") as error:
        migrate("postgresql://me:secret@127.0.0.1:9/none?connect_timeout=2")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "no url at all", "sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://host/name", "oracle+x://h/n"]
)
def test_a_database_that_cannot_be_used_is_a_clear_error(url: str) -> None:
    for opened in (migrate, Database):
        with pytest.raises(StorageError):
            opened(url)


@pytest.mark.parametrize("url", ["postgresql://host/name", "postgres://host/name", "postgresql+psycopg://host/name"])
def test_every_way_to_write_postgresql_is_understood(url: str) -> None:
    assert reached(url) == make_url("postgresql+psycopg://host/name")


@pytest.mark.parametrize("opened", [migrate, Database])
def test_a_driver_that_is_not_installed_is_named_with_what_to_install(
    opened: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"psycopg.*pip install 'fivegap\[postgres\]'"):
        opened("postgresql://host/name")


async def test_postgresql_is_asked_to_prepare_nothing(postgres: str) -> None:
    """Behind a pooler the next statement may come to another server process."""
    database = Database(postgres)

    def prepared(connection: Connection) -> int:
        asked = [connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar() for _ in range(12)]
        return asked[-1] or 0

    assert await database.read(prepared) == 0
    await database.close()


async def test_a_connection_that_the_server_closed_is_noticed_before_it_is_used(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a file closes no connections")
    database = Database(database_url)
    audits = Audits(database)
    await audits.ping()
    run(
        database_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    await audits.ping()
    await database.close()
