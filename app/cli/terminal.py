"""How a command reaches the services, and how it says that something is wrong: one line, no traceback."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from app.bootstrap import build
from app.encoder.errors import EncoderError
from app.interview.errors import NoSuchAuditError
from app.knowledge.errors import KnowledgeError
from app.llm.errors import PromptError
from app.observability.errors import TracingError
from app.reports.brand import BrandError
from app.services import Services
from app.settings import Settings
from app.storage.errors import StorageError

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
T = TypeVar("T")


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


def with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    """Build the services, do the work, close them."""

    async def run() -> T:
        async with build(settings()) as services:
            return await work(services)

    try:
        return asyncio.run(run())
    except (BrandError, EncoderError, KnowledgeError, PromptError, StorageError, TracingError, NoSuchAuditError) as error:
        errors.print(f"[bold]Error:[/] {escape(str(error))}", markup=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        raise typer.Exit(130) from error
