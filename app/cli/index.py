"""`fivegap index`: brings the playbook's store up to date."""

from app.cli.terminal import console, with_services
from app.services import Services


def index() -> None:
    """Index the playbook: only passages that changed are embedded again. Serving does this by itself; here you see it."""

    async def work(services: Services) -> None:
        report = services.indexed
        console.print(
            f"{len(services.knowledge.passages)} passages: {report.added} added, {report.updated} updated, "
            f"{report.removed} removed, {report.unchanged} unchanged."
        )

    with console.status("Reading and embedding the playbook …"):
        with_services(work)
