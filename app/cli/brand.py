"""`fivegap brand`: whose name stands on one audit's report."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.terminal import console, with_services
from app.reports.brand import load_brand
from app.services import Services


def brand(
    audit_id: Annotated[str, typer.Argument(metavar="ID", help="The audit, as `fivegap audits` lists it.")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A brand's file; without one, as all others.")] = None,
) -> None:
    """Put a brand on one audit's report, on its page and in its files; FIVEGAP_BRAND is for all others."""

    async def work(services: Services) -> str:
        await services.conversation.view(audit_id)
        if file is None:
            await services.brands.drop(audit_id)
            return services.brand.name
        chosen = load_brand(file)
        await services.brands.keep(audit_id, chosen)
        return chosen.name

    console.print(f"The report of {audit_id} now goes out under the name of {with_services(work)}.", markup=False)
