"""The command line: one file per command."""

import typer

from app.cli import audits, brand, doctor, index, interview, report, serve

cli = typer.Typer(
    name="fivegap",
    help="Audit an AI project through the five gaps that stop pilots before production.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (serve.serve, interview.interview, report.report, brand.brand, audits.audits, index.index, doctor.doctor):
    cli.command()(command)


def main() -> None:
    """Run the command line."""
    cli()
