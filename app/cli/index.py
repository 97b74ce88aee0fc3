"""`fivegap index`: brings the playbook's store up to date."""

from app.cli.terminal import console, with_use_cases, words
from app.use.cases import UseCases


def index() -> None:
    """Index the playbook: only passages that changed are embedded again. Serving does this by itself; here you see it."""

    async def work(use: UseCases) -> None:
        done, passages = use.operations.indexed, use.operations.ready().passages
        told = words().say(
            "cli.indexed", passages=passages, added=done.added, updated=done.updated, removed=done.removed, unchanged=done.unchanged
        )
        console.print(told, markup=False)

    with console.status(words().say("cli.indexing")):
        with_use_cases(work)
