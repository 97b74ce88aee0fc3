"""`fivegap audits`: which audits there are."""

from rich.table import Table

from app.cli.terminal import console, with_use_cases, words
from app.use.cases import UseCases


def audits() -> None:
    """List the audits in the store, the latest first, with what `interview --resume` and `report` need."""

    async def work(use: UseCases) -> None:
        records = await use.operations.audits()
        if not records:
            console.print(words().say("cli.no_audits"), markup=False)
            return
        table = Table(*words().many("cli.audits_columns"), box=None, pad_edge=False)
        for record in records:
            last = f"{record.updated_at:%Y-%m-%d %H:%M}"
            table.add_row(record.id, record.title, record.depth, record.phase, str(record.turns), last)
        console.print(table)

    with_use_cases(work)
