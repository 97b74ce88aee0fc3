"""`fivegap report`: an audit's report in any format."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from app.audit.score.explanation import OVERALL
from app.audit.score.explanation import explain as explanation
from app.cli.terminal import console, errors, with_services
from app.reports.forms import FORMS
from app.reports.letters import visible
from app.services import Services


class Format(StrEnum):
    """The forms of a report, for the command line."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"


def report(
    audit_id: Annotated[str, typer.Argument(metavar="ID", help="The audit, as `fivegap audits` lists it.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to make of it.")] = Format.MD,
    explain: Annotated[
        str | None,
        typer.Option("--explain", "-e", metavar="WHAT", help="How a score came about: data.pipeline, a gap such as data, or overall."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file; else to the standard output.")] = None,
) -> None:
    """Print an audit's report, also of one that is not finished: what is open is shown as not known."""

    async def work(services: Services) -> bytes:
        if explain is not None:
            return await _explained(services, audit_id, explain)
        made = await services.report(audit_id)
        return FORMS[form.value].write(made, services.knowledge.words, await services.brand_of(audit_id))

    content = with_services(work)
    if out is None and explain is None and not FORMS[form.value].is_text and sys.stdout.isatty():
        errors.print(f"A {form.value.upper()} does not belong on a terminal: give a file with [bold]--out report.{form.value}[/].")
        raise typer.Exit(2)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        errors.print(f"[bold]Error:[/] cannot write {out}: {error.strerror}")
        raise typer.Exit(1) from error
    console.print(f"Written to {out} ({len(content):,} bytes).")


async def _explained(services: Services, audit_id: str, what: str) -> bytes:
    rubric = services.knowledge.rubric
    ledger = (await services.conversation.view(audit_id)).ledger
    try:
        return ("\n".join(map(visible, explanation(what, ledger, rubric))) + "\n").encode()
    except KeyError as error:
        there_are = ", ".join([OVERALL, *(gap.id for gap in rubric.gaps), *rubric.criteria])
        errors.print(f"[bold]Error:[/] there is nothing called {escape(what)} to explain; there are {there_are}")
        raise typer.Exit(2) from error
