"""The command line: one file per command."""

import typer

from app.cli import audits, brand, doctor, erase, index, interview, migrate, report, serve

cli = typer.Typer(
    name="fivegap",
    help="Audit an AI project through the five gaps that stop pilots before production.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    serve.serve,
    interview.interview,
    report.report,
    brand.brand,
    audits.audits,
    erase.erase,
    index.index,
    migrate.migrate,
    doctor.doctor,
):
    cli.command()(command)


def main() -> None:
    """Run the command line."""
    cli()
