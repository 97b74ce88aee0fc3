"""`fivegap erase`: an audit with everything that belongs to it is gone."""

from typing import Annotated

import typer

from app.access.principal import OPERATOR
from app.cli.terminal import console, with_use_cases, words
from app.use.cases import UseCases


def erase(
    audit_id: Annotated[str, typer.Argument(metavar="ID", help="The audit, as `fivegap audits` lists it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase an audit: what was said, how it was read, its report's try-outs, words and brand. This cannot be undone."""
    if not yes and not typer.confirm(words().say("cli.erase_really", audit=audit_id)):
        raise typer.Exit(1)

    async def work(use: UseCases) -> None:
        await use.transcripts.erase(OPERATOR, audit_id)

    with_use_cases(work)
    console.print(words().say("cli.erased", audit=audit_id), markup=False)
