"""Brings a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from app.storage.errors import StorageError


def migrate(path: Path) -> None:
    """Create or upgrade the SQLite database at `path`.

    Raises:
        StorageError: the file is not a database or cannot be written.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except (SQLAlchemyError, OSError) as error:
        raise StorageError(f"cannot prepare {path}: {error}") from error
    finally:
        engine.dispose()
