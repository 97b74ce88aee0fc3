"""Event → what is shown: the only place that knows how an event looks in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import chainlit as cl
from chainlit.element import Element

from app.interview.events import Asked, Event, Explained, Finished, Paused, Progressed, ReadBack, Said
from app.reports.forms import FORMS

CHOOSE = "choose"
"""The name of the usual action: a tap on a choice."""
MISREAD = "misread"
"""The name of the action that says that an answer was understood wrongly; it then asks for the change."""
MISREAD_LABEL = "That's not what I said"
_ELEMENT_FILES = tuple((f"Report.{ending}", f"report.{ending}", FORMS[ending].media_type) for ending in ("pdf", "docx", "xlsx"))


@dataclass
class Card:
    """One message to be shown."""

    text: str
    actions: list[cl.Action] = field(default_factory=list)
    is_question: bool = False
    completes: bool = False
    """Whether it is the whole of what was spoken piece by piece before."""


def action(audit_id: str, question_id: str | None, value: str, label: str) -> cl.Action:
    """Make a button; its id is always the same for the same choice, so that it is never shown twice."""
    payload = {"choice": value, "question_id": question_id}
    return cl.Action(id=f"{audit_id}-{question_id}-{value}", name=CHOOSE, payload=payload, label=label, tooltip="")


def question_actions(audit_id: str, asked: Asked) -> list[cl.Action]:
    """The buttons of a question."""
    return [action(audit_id, asked.question_id, choice.value, choice.label) for choice in asked.choices]


def _question(asked: Asked, progress: Progressed | None) -> str:
    lines = []
    if progress:
        name = next((g.name for g in progress.gaps if g.gap == progress.gap), None)
        where = f"{name} · " if name else ""
        minutes = "1 minute" if progress.minutes_left == 1 else f"{progress.minutes_left} minutes"
        lines.append(f"*{where}{progress.settled} of {progress.total} settled · about {minutes} left*")
    if asked.lead:
        lines.append(asked.lead)
    lines.append(asked.text if asked.asks == "summary" else f"**{asked.text}**")
    if asked.why:
        lines.append(f"*{asked.why}*")
    return "\n\n".join(lines)


def _explained(event: Explained) -> str:
    sources = "; ".join(f"*{p.title}*" for p in event.passages)
    return event.text + (f"\n\nFrom the playbook: {sources}" if sources else "")


def cards(audit_id: str, events: Sequence[Event]) -> list[Card]:
    """Turn a turn's events into messages: what was understood first, the question last."""
    shown: list[Card] = []
    progress = next((e for e in events if isinstance(e, Progressed)), None)
    for event in events:
        match event:
            case Said() | Paused():
                shown.append(Card(event.text))
            case Explained():
                shown.append(Card(_explained(event), completes=True))
            case ReadBack():
                _read_back(shown, audit_id, event)
            case Asked():
                shown.append(Card(_question(event, progress), question_actions(audit_id, event), is_question=True, completes=True))
            case Finished():
                actions = [action(audit_id, None, "deepen", "Go on with the full audit")] if event.can_deepen else []
                shown.append(Card(event.text, actions))
            case _:
                continue
    return shown


def _read_back(shown: list[Card], audit_id: str, event: ReadBack) -> None:
    """Show read-backs of one turn in one message, each with its own way to change it."""
    several = any(card.text.startswith("**") and "I take that as" in card.text for card in shown[-1:])
    line = f"**{event.name}.** {event.text}"
    change = action(audit_id, f"entry-{event.entry}", f"change:{event.criterion}", f"Change: {event.name}")
    buttons = [change, _misread(change, event.name)]
    if several:
        shown[-1].text += f"\n\n{line}"
        shown[-1].actions += buttons
    else:
        shown.append(Card(line, buttons))


def _misread(change: cl.Action, name: str) -> cl.Action:
    """Make the button beside a change: it asks for the same, and says why."""
    return cl.Action(id=f"{change.id}-{MISREAD}", name=MISREAD, payload=change.payload, label=MISREAD_LABEL, tooltip=f"About: {name}")


def report_elements(token: str) -> list[Element]:
    """The radar as a picture and the report's files, at their addresses."""
    base = f"/reports/{token}"
    radar = cl.Image(name="radar.svg", url=f"{base}/radar.svg", mime="image/svg+xml", display="inline", size="large")
    files = [cl.File(name=name, url=f"{base}/{path}", mime=mime, display="inline") for name, path, mime in _ELEMENT_FILES]
    return [radar, *files]
