"""A transcript as Chainlit's steps: the messages of each turn, as they were shown, and the report below the last one."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from chainlit.element import ElementDict
from chainlit.step import StepDict
from chainlit.types import FeedbackDict

from app.access.principal import Visitor
from app.audit.words import Words
from app.chat.cards import Card, cards
from app.chat.report import report_card
from app.interview.asked import Question
from app.interview.choices import ChangeChoice, key_of
from app.interview.events import Event, Finished, ReadBack
from app.interview.messages import Message, Tap, Typed
from app.storage.thumbs import Thumb
from app.use.cases import UseCases
from app.use.transcripts import Transcript, TranscriptTurn

OF_THE_PERSON = 0xFFFF
"""The place of what the person said in their turn; no turn says nearly as much."""


def message_id(audit_id: str, turn: int, position: int) -> str:
    """Return the id of a message: the same whenever the conversation is shown; it ends with its turn and its place in it."""
    digest = sha256(f"{audit_id}/{turn}/{position}".encode()).digest()
    return str(UUID(bytes=digest[:10] + turn.to_bytes(4) + position.to_bytes(2)))


def turn_of_message(audit_id: str, message: str) -> int | None:
    """Return which turn a message belongs to; None where it is no message of this audit."""
    end = UUID(message).bytes[10:]
    turn, position = int.from_bytes(end[:4]), int.from_bytes(end[4:])
    return turn if message_id(audit_id, turn, position) == str(UUID(message)) else None


class Labels:
    """What the choices that were shown so far are called, so that a tap is shown by its label."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._labels: dict[tuple[str, str], str] = {}

    def note(self, events: Iterable[Event]) -> None:
        """Note the choices that a turn showed."""
        for event in events:
            if isinstance(event, Question):
                self._labels |= {(event.question_id, choice.key): choice.label for choice in event.choices}
            if isinstance(event, ReadBack):
                change = key_of(ChangeChoice(criterion=event.criterion))
                self._labels[f"entry-{event.entry}", change] = self._words.say("chat.change", name=event.name)

    def said(self, message: Message | None) -> str:
        """Return what a person's message is shown as: their words, or the label of what they tapped."""
        match message:
            case Typed():
                return message.text
            case Tap():
                return self._labels.get((message.question_id or "", key_of(message.choice)), self._words.say("chat.tapped"))
            case _:
                return ""


async def steps_of(use: UseCases, visitor: Visitor, transcript: Transcript) -> tuple[list[StepDict], list[ElementDict]]:
    """Return an audit's messages, and the files below its report."""
    audit_id, thumbs = transcript.audit.id, await use.transcripts.thumbs_of(visitor, transcript.audit.id)
    steps: list[StepDict] = []
    elements: list[ElementDict] = []
    labels = Labels(use.words)
    finished = [turn.number for turn in transcript.turns if any(isinstance(event, Finished) for event in turn.events)]
    for turn in transcript.turns:
        if said := labels.said(turn.said):
            steps.append(_step(audit_id, turn, OF_THE_PERSON, said, thumbs, by_person=True))
        shown = cards(audit_id, turn.events, use.words)
        if finished and turn.number == finished[-1]:
            shown.append(await report_card(use, visitor, audit_id))
        for position, card in enumerate(shown):
            steps.append(_step(audit_id, turn, position, card.text, thumbs))
            elements += _elements(card, audit_id, steps[-1]["id"])
        labels.note(turn.events)
    return steps, elements


def _step(audit_id: str, turn: TranscriptTurn, position: int, text: str, thumbs: dict[str, Thumb], *, by_person: bool = False) -> StepDict:
    step = message_id(audit_id, turn.number, position)
    at = turn.at.isoformat()
    thumb = thumbs.get(step)
    return StepDict(
        id=step,
        threadId=audit_id,
        parentId=None,
        name="You" if by_person else "Assistant",
        type="user_message" if by_person else "assistant_message",
        input="",
        output=text,
        createdAt=at,
        start=at,
        end=at,
        streaming=False,
        isError=False,
        waitForAnswer=False,
        metadata={},
        tags=None,
        feedback=FeedbackDict(forId=step, id=step, value=thumb.value, comment=thumb.comment) if thumb else None,
    )


def _elements(card: Card, audit_id: str, step: str) -> list[ElementDict]:
    return [
        ElementDict(
            id=str(uuid5(NAMESPACE_URL, f"{step}/{shown.name}")),
            threadId=audit_id,
            forId=step,
            type=shown.kind,
            name=shown.name,
            url=shown.url,
            mime=shown.mime,
            display="inline",
            size="large" if shown.kind == "image" else None,
        )
        for shown in card.attachments
    ]
