"""`fivegap interview`: the same conversation in a terminal."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import uuid4

import typer
from rich.markdown import Markdown

from app.cli.terminal import console, errors, with_services
from app.interview.events import Asked, Choice, Event, Explained, Finished, Message, Paused, Progressed, ReadBack, Said, handed_to
from app.reports.outline import outline
from app.reports.to_markdown import board_page
from app.services import Services


class DepthOption(StrEnum):
    """How much is asked."""

    QUICK = "quick"
    FULL = "full"


def interview(
    depth: Annotated[DepthOption, typer.Option(help="quick: the five core questions; full: all 21.")] = DepthOption.FULL,
    resume: Annotated[str | None, typer.Option(metavar="ID", help="Go on with this audit.")] = None,
    again: Annotated[str | None, typer.Option(metavar="ID", help="Audit the same project again: begin from this audit.")] = None,
    who: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who answers, where several people do.")] = None,
) -> None:
    """Hold the interview here. Type an answer or the number of a choice; Ctrl+D leaves, everything is saved."""
    if resume and again:
        errors.print("[bold]Error:[/] --resume goes on with an audit and --again begins a new one: choose one of them")
        raise typer.Exit(2)
    audit_id = resume or str(uuid4())

    async def work(services: Services) -> None:
        talk = services.conversation
        follows = await services.snapshot(again) if again else None
        events = await talk.resume(audit_id) if resume else await talk.start(audit_id, depth.value, follows=follows)
        if who:
            handed = await talk.reply(audit_id, handed_to(who))
            events = handed if resume else [*events[:1], *handed]
        while True:
            choices, done = show(events)
            if done:
                laid_out = outline(await services.report(audit_id), services.knowledge.words, services.brand)
                console.print(Markdown(board_page(laid_out)))
                await services.narrate(audit_id)
                console.print(f"\nThe whole report: [bold]fivegap report {audit_id} --format pdf --out report.pdf[/]")
                return
            if any(isinstance(event, Paused) for event in events):
                break
            typed = read_line()
            if typed is None:
                break
            events = await talk.reply(audit_id, chosen(typed, choices))
        console.print(f"\nSaved. Go on with [bold]fivegap interview --resume {audit_id}[/]")

    with_services(work)


def read_line() -> str | None:
    """Read a line; None when the person leaves."""
    try:
        return console.input("\n[bold]> [/]")
    except (EOFError, KeyboardInterrupt):
        return None


def chosen(typed: str, asked: tuple[str, Sequence[Choice]] | None) -> Message:
    """Take the number of a choice as a tap, everything else as words."""
    if asked and typed.strip().isdigit() and 1 <= int(typed) <= len(asked[1]):
        return Message(choice=asked[1][int(typed) - 1].value, question_id=asked[0])
    return Message(text=typed)


def show(events: Sequence[Event]) -> tuple[tuple[str, Sequence[Choice]] | None, bool]:
    """Print a turn's events; return the open question's choices and whether the interview is finished."""
    choices, done = None, False
    for event in events:
        match event:
            case Said() | Paused():
                console.print(f"\n{event.text}", markup=False)
            case Explained():
                console.print(Markdown(event.text))
                for passage in event.passages:
                    console.print(f"  playbook: {passage.title}", style="dim", markup=False)
            case ReadBack():
                console.print(f"{event.name}. {event.text}", style="italic", markup=False)
            case Progressed():
                console.print(f"{event.settled} of {event.total} settled, about {event.minutes_left} min left", style="dim")
            case Asked():
                _show_question(event)
                choices = (event.question_id, event.choices)
            case Finished():
                console.print(f"\n{event.text}", markup=False)
                done = True
    return choices, done


def _show_question(asked: Asked) -> None:
    console.print()
    if asked.lead:
        console.print(asked.lead, markup=False)
    if asked.asks == "summary":
        console.print(Markdown(asked.text))
    else:
        console.print(asked.text, style="bold", markup=False)
    if asked.why:
        console.print(asked.why, style="dim", markup=False)
    for number, choice in enumerate(asked.choices, start=1):
        console.print(f"  {number}. {choice.label}", markup=False)
