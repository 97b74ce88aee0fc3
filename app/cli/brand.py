"""`fivegap brand`: whose name stands on one audit's report."""

from pathlib import Path
from typing import Annotated

import typer

from app.access.principal import OPERATOR
from app.cli.terminal import console, with_use_cases, words
from app.reports.brand import load_brand
from app.use.cases import UseCases


def brand(
    audit_id: Annotated[str, typer.Argument(metavar="ID", help="The audit, as `fivegap audits` lists it.")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A brand's file; without one, as all others.")] = None,
) -> None:
    """Put a brand on one audit's report, on its page and in its files; FIVEGAP_BRAND is for all others."""

    async def work(use: UseCases) -> str:
        return (await use.reports.put_brand(OPERATOR, audit_id, load_brand(file) if file else None)).name

    console.print(words().say("cli.branded", audit=audit_id, name=with_use_cases(work)), markup=False)
