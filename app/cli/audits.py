"""`fivegap audits`: which audits there are."""

from rich.table import Table

from app.cli.terminal import console, with_services
from app.services import Services


def audits() -> None:
    """List the audits in the store, the latest first, with what `interview --resume` and `report` need."""

    async def work(services: Services) -> None:
        records = await services.audits.all()
        if not records:
            console.print("There are no audits yet. Begin one with [bold]fivegap interview[/] or [bold]fivegap serve[/].")
            return
        table = Table("Audit", "Project", "Depth", "State", "Turns", "Last turn", box=None, pad_edge=False)
        for record in records:
            table.add_row(record.id, record.title, record.depth, record.phase, str(record.turns), record.updated_at[:16].replace("T", " "))
        console.print(table)

    with_services(work)
