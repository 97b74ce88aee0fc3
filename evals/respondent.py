"""The simulated respondent: a persona who sees what the program says, and nothing else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.interview.asked import Asked
from app.interview.events import Event, Finished
from evals.run import CasesError

Truth = Literal[0, 1, 2, 3, 4, "unknown", "n/a"]
Kind = Literal["answer", "question", "attack"]
ANSWERS_BETWEEN = 2
"""A question or an attack comes after so many answers to a criterion's question."""
TOPICS_BETWEEN = 2
"""The later statement of a contradiction comes so many topics after the first."""


class Contradiction(BaseModel):
    """Two statements about one criterion; the later one is true."""

    model_config = ConfigDict(extra="allow")
    criterion: str
    first_text: str
    later_text: str


class Expected(BaseModel):
    """What the report should say."""

    checklist: dict[str, str]
    at_risk: bool
    weakest_gap: list[str]


class Persona(BaseModel):
    """One persona file. Fields that only describe it are let through."""

    model_config = ConfigDict(extra="allow")
    id: str = ""
    behaviour: str = "plain"
    profile: dict[str, str | float | None]
    truth: dict[str, Truth]
    answers: dict[str, str]
    details: dict[str, list[str]] = Field(default_factory=dict)
    opening: str
    opening_reveals: list[str] = Field(default_factory=list)
    questions: list[str] = Field(default_factory=list)
    attacks: list[str] = Field(default_factory=list)
    contradiction: list[Contradiction] = Field(default_factory=list)
    expected: Expected


def read_persona(path: Path) -> Persona:
    """Read a persona; one detail or contradiction may stand without a list around it.

    Raises:
        CasesError: the file is not a persona; the message names the field.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        raw["id"] = path.stem
        raw["details"] = {c: [said] if isinstance(said, str) else said for c, said in (raw.get("details") or {}).items()}
        contradiction = raw.get("contradiction") or []
        raw["contradiction"] = [contradiction] if isinstance(contradiction, dict) else contradiction
        return Persona.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise CasesError(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    except (OSError, ValueError, AttributeError) as error:
        raise CasesError(f"{path}: {error}") from error


def read_personas(folder: Path) -> list[Persona]:
    """Read every persona of a folder. Raises CasesError."""
    found = [read_persona(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise CasesError(f"{folder}: there are no personas")
    return found


_SHORT: dict[str, dict[str, str]] = {
    "terse": {"yes": "Yes.", "no": "No.", "unknown": "Don't know.", "n/a": "Doesn't apply.", "said": "That's it."},
    "talkative": {
        "yes": "Well, yes, that is how it works with us.",
        "no": "Oh no, we are not there at all.",
        "unknown": "Honestly, I couldn't tell you, that is not my part.",
        "n/a": "That one doesn't apply to what we do here.",
        "said": "I think I have told you everything I know about that one.",
    },
    "plain": {
        "yes": "Yes, we do.",
        "no": "No, not yet.",
        "unknown": "I don't know that.",
        "n/a": "That does not apply to us.",
        "said": "That is all I can say about it.",
    },
}
_TALKATIVE = ("talkative", "rambling", "verbose", "chatty")


def style_of(behaviour: str) -> str:
    """Choose the words for short replies by how the persona behaves."""
    return "terse" if "terse" in behaviour else "talkative" if any(word in behaviour for word in _TALKATIVE) else "plain"


class Respondent:
    """Answers as the persona would. It is handed events and nothing else."""

    def __init__(self, persona: Persona) -> None:
        self.persona = persona
        self.said: list[str] = []
        """Everything sent so far."""
        self.kind: Kind = "answer"
        """What the last message was."""
        self._short = _SHORT[style_of(persona.behaviour)]
        self._told: set[str] = set()
        self._details = {criterion: list(said) for criterion, said in persona.details.items()}
        self._between: list[tuple[Kind, str]] = _mixed(persona.questions, persona.attacks)
        self._answers_since = 0
        self._topics: list[str] = []
        self._later: dict[int, str] = {}
        """Topic number → the later statement that is due with its answer."""
        self._first = {one.criterion: one for one in persona.contradiction}

    @property
    def unsent(self) -> int:
        """How many questions and attacks found no place."""
        return len(self._between)

    def reply(self, events: Sequence[Event]) -> str | None:
        """Return the next message, or None when the interview is over."""
        asked = next((event for event in reversed(events) if isinstance(event, Asked)), None)
        if asked is None:
            return None if any(isinstance(event, Finished) for event in events) else self._send("answer", "Let's go on.")
        if self._between and asked.asks != "opening" and self._answers_since >= ANSWERS_BETWEEN:
            self._answers_since = 0
            return self._send(*self._between.pop(0))
        return self._send("answer", self._answer(asked))

    def _send(self, kind: Kind, text: str) -> str:
        self.kind = kind
        self.said.append(text)
        return text

    def _answer(self, asked: Asked) -> str:
        match asked.asks:
            case "opening":
                return self.persona.opening
            case "summary":
                return "Yes, that's right."
            case "contradiction":
                return "The later one." if asked.about in self._first else "The earlier one."
            case "cover":
                return str(self.persona.profile.get("company") or self.persona.profile.get("project") or "Skip.")
            case "restart":
                return "No."
        if asked.about is None:
            return "Skip."
        if asked.asks == "criterion":
            return self._on_topic(asked.about)
        return self._probed(asked.about, asked.boundary if asked.asks == "probe" else None)

    def _on_topic(self, criterion: str) -> str:
        """Answer a criterion's question; the later statement of a contradiction goes along when it is due."""
        self._answers_since += 1
        self._topics.append(criterion)
        number = len(self._topics)
        if criterion in self._first and criterion not in self._told:
            one = self._first[criterion]
            self._told.add(criterion)
            self._later[number + TOPICS_BETWEEN] = one.later_text
            return one.first_text
        later = self._later.pop(number, None)
        answer = self._told_answer(criterion)
        return f"{answer} {later}" if later else answer

    def _told_answer(self, criterion: str) -> str:
        self._told.add(criterion)
        truth = self.persona.truth.get(criterion, "unknown")
        otherwise = self._short[truth] if isinstance(truth, str) else self._short["said"]
        return self.persona.answers.get(criterion) or otherwise

    def _probed(self, criterion: str, boundary: int | None) -> str:
        """Give a detail that is unsaid, else the truth about a boundary, else the answer if it is unsaid."""
        if self._details.get(criterion):
            return self._details[criterion].pop(0)
        truth = self.persona.truth.get(criterion, "unknown")
        if isinstance(truth, str):
            return self._short[truth]
        if boundary is not None:
            return self._short["yes" if truth > boundary else "no"]
        return self._short["said"] if criterion in self._told else self._told_answer(criterion)


def _mixed(questions: Sequence[str], attacks: Sequence[str]) -> list[tuple[Kind, str]]:
    """Take questions and attacks by turns."""
    mixed: list[tuple[Kind, str]] = []
    for index in range(max(len(questions), len(attacks))):
        mixed += [("question", text) for text in questions[index : index + 1]]
        mixed += [("attack", text) for text in attacks[index : index + 1]]
    return mixed
