"""How a command reaches the use cases, and how it says that something is wrong: one line, no traceback."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from app.audit.words import Words
from app.bootstrap import build
from app.errors import FivegapError
from app.knowledge.load import FOLDER
from app.knowledge.words import load_words
from app.settings import Settings
from app.use.cases import UseCases

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
T = TypeVar("T")


@cache
def words() -> Words:
    """Return the program's sentences; a command has them before anything else is built."""
    return load_words(FOLDER / "words")


def fail(told: str, code: int = 1) -> typer.Exit:
    """Say what is wrong and return what ends the command with `code`."""
    errors.print(f"[bold]{words().say('cli.error')}[/] {escape(told)}")
    return typer.Exit(code)


def settings() -> Settings:
    """Read the settings; a bad one ends the program with its name and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0])
            # A setting with a name of its own is reported by it, in capitals already.
            errors.print(f"[bold]{name if name.isupper() else f'FIVEGAP_{name.upper()}'}[/]: {one['msg']}")
        raise typer.Exit(2) from error


def with_use_cases(work: Callable[[UseCases], Awaitable[T]]) -> T:
    """Build the use cases, do the work, close them; whatever the program itself says is wrong ends in one line."""

    async def run() -> T:
        async with build(settings()) as use:
            return await work(use)

    try:
        return asyncio.run(run())
    except FivegapError as error:
        raise fail(str(error)) from error
    except KeyboardInterrupt as error:
        raise typer.Exit(130) from error
