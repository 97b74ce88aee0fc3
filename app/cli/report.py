"""`fivegap report`: an audit's report in any format."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.access.principal import OPERATOR
from app.audit.score.explanation import OVERALL
from app.cli.terminal import console, fail, with_use_cases, words
from app.knowledge.load import FOLDER, load_rubric
from app.reports.forms import FORMS
from app.reports.letters import visible
from app.use.cases import UseCases


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

    async def work(use: UseCases) -> bytes:
        if explain is None:
            return await use.reports.written(OPERATOR, audit_id, form.value)
        lines = await use.reports.explained(OPERATOR, audit_id, explain)
        return ("\n".join(map(visible, lines)) + "\n").encode()

    if out is None and explain is None and not FORMS[form.value].is_text and sys.stdout.isatty():
        raise fail(words().say("cli.not_on_a_terminal", form=form.value.upper(), ending=form.value), 2)
    try:
        content = with_use_cases(work)
    except KeyError as error:
        raise fail(words().say("cli.nothing_to_explain", what=explain or "", those=", ".join(_explainable())), 2) from error
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise fail(words().say("cli.cannot_write", file=str(out), why=error.strerror or "")) from error
    console.print(words().say("cli.written", file=str(out), bytes=len(content)), markup=False)


def _explainable() -> list[str]:
    rubric = load_rubric(FOLDER / "rubric")
    return [OVERALL, *(gap.id for gap in rubric.gaps), *rubric.criteria]
