"""`fivegap interview`: the same conversation in a terminal."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import uuid4

import typer
from rich.markdown import Markdown

from app.access.principal import OPERATOR
from app.cli.terminal import console, fail, with_use_cases, words
from app.interview.choices import Choice
from app.interview.events import AskedSummary, Event, Explained, Finished, Paused, Progressed, Question, ReadBack, Said
from app.interview.messages import Tap, Typed, handed_to
from app.reports.to_markdown import board_page
from app.use.cases import UseCases
from app.use.interviews import Beginning


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
        raise fail(words().say("cli.resume_or_again"), 2)
    audit_id = resume or str(uuid4())

    async def work(use: UseCases) -> None:
        events = await _resumed(use, audit_id, who) if resume else await _begun(use, audit_id, depth, again, who)
        while True:
            choices, done = show(events)
            if done:
                console.print(Markdown(board_page(await use.reports.outlined(OPERATOR, audit_id))))
                console.print(f"\n{words().say('cli.whole_report')} [bold]fivegap report {audit_id} --format pdf --out report.pdf[/]")
                return
            if any(isinstance(event, Paused) for event in events):
                break
            typed = read_line()
            if typed is None:
                break
            events = await use.interviews.take(OPERATOR, audit_id, chosen(typed, choices))
        console.print(f"\n{words().say('cli.saved')} [bold]fivegap interview --resume {audit_id}[/]")

    with_use_cases(work)


async def _begun(use: UseCases, audit_id: str, depth: DepthOption, again: str | None, who: str | None) -> Sequence[Event]:
    return await use.interviews.begin(OPERATOR, audit_id, Beginning(depth=depth.value, follows=again, who=who or ""))


async def _resumed(use: UseCases, audit_id: str, who: str | None) -> Sequence[Event]:
    if who:
        return await use.interviews.take(OPERATOR, audit_id, handed_to(who))
    return await use.interviews.resume(OPERATOR, audit_id)


def read_line() -> str | None:
    """Read a line; None when the person leaves."""
    try:
        return console.input("\n[bold]> [/]")
    except (EOFError, KeyboardInterrupt):
        return None


def chosen(typed: str, asked: tuple[str, Sequence[Choice]] | None) -> Tap | Typed:
    """Take the number of a choice as a tap, everything else as words."""
    if asked and typed.strip().isdigit() and 1 <= int(typed) <= len(asked[1]):
        return Tap(choice=asked[1][int(typed) - 1].value, question_id=asked[0])
    return Typed(text=typed)


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
                    console.print(f"  {words().say('cli.passage', title=passage.title)}", style="dim", markup=False)
            case ReadBack():
                console.print(f"{event.name}. {event.text}", style="italic", markup=False)
            case Progressed():
                console.print(
                    words().say("cli.progress", settled=event.settled, total=event.total, minutes=event.minutes_left), style="dim"
                )
            case Question():
                _show_question(event)
                choices = (event.question_id, event.choices)
            case Finished():
                console.print(f"\n{event.text}", markup=False)
                done = True
            case _:
                continue
    return choices, done


def _show_question(asked: Question) -> None:
    console.print()
    if asked.lead:
        console.print(asked.lead, markup=False)
    if isinstance(asked, AskedSummary):
        console.print(Markdown(asked.text))
    else:
        console.print(asked.text, style="bold", markup=False)
    if asked.why:
        console.print(asked.why, style="dim", markup=False)
    for number, choice in enumerate(asked.choices, start=1):
        console.print(f"  {number}. {choice.label}", markup=False)
