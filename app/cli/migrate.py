"""`fivegap migrate`: brings the database to the newest schema."""

from app.bootstrap import migrated
from app.cli.terminal import console, fail, settings, words
from app.errors import FivegapError


def migrate() -> None:
    """Create the database, or bring it up to date; what an earlier release saved is carried over. A start does the same by itself."""
    try:
        where = migrated(settings())
    except FivegapError as error:
        raise fail(str(error)) from error
    console.print(words().say("cli.migrated", where=where), markup=False)
