"""Event → what is shown: the only place that knows how an event looks in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import chainlit as cl

from app.audit.words import Words
from app.interview.asked import AskedSummary, Question
from app.interview.choices import AnyChoice, ChangeChoice, PlainChoice, key_of
from app.interview.events import Event, Explained, Finished, Paused, Progressed, ReadBack, Said

CHOOSE = "choose"
"""The name of the usual action: a tap on a choice."""
MISREAD = "misread"
"""The name of the action that says that an answer was understood wrongly; it then asks for the change."""


@dataclass(frozen=True)
class Attachment:
    """A picture or a file below a message, at an address of ours."""

    kind: Literal["image", "file"]
    name: str
    url: str
    mime: str


@dataclass
class Card:
    """One message to be shown."""

    text: str
    actions: list[cl.Action] = field(default_factory=list)
    attachments: tuple[Attachment, ...] = ()
    asks: str | None = None
    """The id of the question that it puts."""
    completes: bool = False
    """Whether it is the whole of what was spoken piece by piece before."""
    reads_back: bool = False


def action(audit_id: str, question_id: str | None, value: AnyChoice, label: str) -> cl.Action:
    """Make a button; its id is always the same for the same choice, so that it is never shown twice."""
    key = key_of(value)
    payload = {"choice": key, "question_id": question_id}
    return cl.Action(id=f"{audit_id}-{question_id}-{key}", name=CHOOSE, payload=payload, label=label, tooltip="")


def question_actions(audit_id: str, asked: Question) -> list[cl.Action]:
    """The buttons of a question."""
    return [action(audit_id, asked.question_id, choice.value, choice.label) for choice in asked.choices]


def cards(audit_id: str, events: Sequence[Event], words: Words) -> list[Card]:
    """Turn a turn's events into messages: what was understood first, the question last."""
    shown: list[Card] = []
    progress = next((e for e in events if isinstance(e, Progressed)), None)
    for event in events:
        match event:
            case Said() | Paused():
                shown.append(Card(event.text))
            case Explained():
                shown.append(Card(_explained(event, words), completes=True))
            case ReadBack():
                _read_back(shown, audit_id, event, words)
            case Question():
                buttons = question_actions(audit_id, event)
                shown.append(Card(_question(event, progress, words), buttons, asks=event.question_id, completes=True))
            case Finished():
                actions = [action(audit_id, None, PlainChoice(kind="deepen"), words.say("chat.deepen"))] if event.can_deepen else []
                shown.append(Card(event.text, actions))
            case _:
                continue
    return shown


def _question(asked: Question, progress: Progressed | None, words: Words) -> str:
    lines = []
    if progress:
        name = next((g.name for g in progress.gaps if g.gap == progress.gap), None)
        where = f"{name} · " if name else ""
        lines.append(words.say("chat.progress", gap=where, settled=progress.settled, total=progress.total, minutes=progress.minutes_left))
    if asked.lead:
        lines.append(asked.lead)
    lines.append(asked.text if isinstance(asked, AskedSummary) else f"**{asked.text}**")
    if asked.why:
        lines.append(f"*{asked.why}*")
    return "\n\n".join(lines)


def _explained(event: Explained, words: Words) -> str:
    sources = "; ".join(f"*{p.title}*" for p in event.passages)
    return "\n\n".join([event.text, *([words.say("chat.from_playbook", sources=sources)] if sources else [])])


def _read_back(shown: list[Card], audit_id: str, event: ReadBack, words: Words) -> None:
    """Show read-backs of one turn in one message, each with its own way to change it."""
    line = f"**{event.name}.** {event.text}"
    label = words.say("chat.change", name=event.name)
    change = action(audit_id, f"entry-{event.entry}", ChangeChoice(criterion=event.criterion), label)
    buttons = [change, _misread(change, event.name, words)]
    if shown and shown[-1].reads_back:
        shown[-1].text += f"\n\n{line}"
        shown[-1].actions += buttons
    else:
        shown.append(Card(line, buttons, reads_back=True))


def _misread(change: cl.Action, name: str, words: Words) -> cl.Action:
    """Make the button beside a change: it asks for the same, and says why."""
    label, about = words.say("chat.misread"), words.say("chat.misread_about", name=name)
    return cl.Action(id=f"{change.id}-{MISREAD}", name=MISREAD, payload=change.payload, label=label, tooltip=about)
