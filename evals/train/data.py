"""The training files and the rubric's questions, as examples for the three heads."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.encoder.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "evals" / "training"
HELD_OUT = ROOT / "evals" / "datasets" / "reading.jsonl"
RUBRIC = ROOT / "knowledge" / "en" / "rubric"

READINGS = ("0", "1", "2", "3", "4", "unknown", "needs_followup")
INTENTS = (
    "answer",
    "question",
    "unknown",
    "not_applicable",
    "skip",
    "correct",
    "finish",
    "pause",
    "back",
    "restart",
    "off_topic",
    "attack",
    "smalltalk",
)
NOT_ANSWERS = ("question", "skip", "off_topic", "attack", "smalltalk", "back", "pause")
GAPS = ("data", "agentops", "security", "integration", "adoption")

Row = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """An answer to a question with the wanted share of each of the seven readings."""

    question: str
    answer: str
    target: tuple[float, ...]
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Message:
    """One sentence with the wanted criteria ("none" where empty, not trained where weight is 0) and intent."""

    text: str
    criteria: tuple[str, ...]
    intent: str
    criteria_weight: float = 1.0
    intent_weight: float = 1.0


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file; an absent one is empty."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def answer_files() -> list[Path]:
    """Return the files of labelled answers, one a gap."""
    return [TRAINING / f"{gap}.jsonl" for gap in GAPS if (TRAINING / f"{gap}.jsonl").exists()]


def rubric(folder: Path = RUBRIC) -> dict[str, Row]:
    """Return each criterion as the knowledge files have it, by id."""
    found: dict[str, Row] = {}
    for path in sorted(folder.glob("*.yaml")):
        for criterion in yaml.safe_load(path.read_text(encoding="utf-8"))["criteria"]:
            found[criterion["id"]] = criterion
    return found


def soften(label: int | str) -> tuple[float, ...]:
    """Return the target: a level shares with its neighbours, a special label stands alone."""
    if isinstance(label, str):
        return tuple(float(name == label) for name in READINGS)
    raw = [2.718 ** (-2.0 * abs(level - label)) for level in range(5)]
    return (*(value / sum(raw) for value in raw), 0.0, 0.0)


def pairs(rows: Iterable[Row], questions: dict[str, str]) -> list[Pair]:
    """Return one pair for each labelled answer whose criterion has a question."""
    return [
        Pair(questions[row["criterion"]], row["text"], soften(row["label"]), str(row["label"]))
        for row in rows
        if row["criterion"] in questions
    ]


def statements(criteria: dict[str, Row]) -> list[Pair]:
    """Return the rubric's own statement of each level as an answer."""
    return [
        Pair(criterion["question"], text, soften(level), str(level), weight=0.5)
        for criterion in criteria.values()
        for level, text in enumerate(criterion["levels"])
    ]


def topics(criteria: dict[str, Row]) -> list[Message]:
    """Return the rubric's statements and names as sentences about their criterion; their intent is not trained."""
    return [
        Message(text, (name,), "answer", criteria_weight=0.7, intent_weight=0.0)
        for name, criterion in criteria.items()
        for text in [criterion["name"], *criterion["levels"]]
    ]


def mismatches(rows: list[Row], messages: list[Message], questions: dict[str, str], share: float) -> list[Pair]:
    """Return pairs that miss the question: answers of another gap, and messages that answer nothing."""
    target = soften("needs_followup")
    found = []
    for row in rows:
        others = [name for name in questions if name.split(".")[0] != row["criterion"].split(".")[0]]
        if others and random.random() < share and isinstance(row["label"], int):
            question = questions[random.choice(others)]
            found.append(Pair(question, row["text"], target, "needs_followup", weight=0.5))
    everything = list(questions.values())
    for message in messages:
        if message.criteria or random.random() > 0.3:
            continue
        question = random.choice(everything)
        if message.intent == "unknown":
            found.append(Pair(question, message.text, soften("unknown"), "unknown", weight=0.5))
        elif message.intent in NOT_ANSWERS or (message.intent == "answer" and random.random() < 0.4):
            found.append(Pair(question, message.text, target, "needs_followup", weight=0.5))
    return found


def generic_pairs(questions: dict[str, str], path: Path = TRAINING / "generic.jsonl") -> list[Pair]:
    """Return claims so bare that they say nothing about any criterion, each with a question drawn at random."""
    everything = list(questions.values())
    return [Pair(random.choice(everything), row["text"], soften(row["label"]), row["label"], weight=0.5) for row in read_rows(path)]


@dataclass(frozen=True)
class Part:
    """A sentence of a message: what it shows about which criteria, and what the person wants with it."""

    text: str
    reveals: dict[str, int | str]
    intent: str


def hand_parts(path: Path = TRAINING / "messages.jsonl") -> list[list[Part]]:
    """Return the hand-written messages, sentence by sentence."""
    return [[Part(part["text"], part["reveals"], part["intent"]) for part in row["parts"]] for row in read_rows(path)]


def parts_as_messages(parted: Iterable[list[Part]]) -> list[Message]:
    """Return each sentence of the messages with its criteria and intent."""
    return [Message(part.text, tuple(part.reveals), part.intent) for parts in parted for part in parts]


def parts_as_pairs(parted: Iterable[list[Part]], questions: dict[str, str], strangers: float) -> list[Pair]:
    """Return whole messages read for each criterion that they state one level of; for some others they state nothing."""
    found = []
    for parts in parted:
        text = " ".join(part.text for part in parts)
        told: dict[str, set[str]] = {}
        for part in parts:
            for name, label in part.reveals.items():
                told.setdefault(name, set()).add(str(label))
        for name, labels in told.items():
            if len(labels) == 1 and not any(part.intent in ("attack", "correct") for part in parts):
                (label,) = labels
                found.append(Pair(questions[name], text, soften(int(label) if label.isdigit() else label), label))
        others = [name for name in questions if name.split(".")[0] not in {one.split(".")[0] for one in told}]
        if others and random.random() < strangers:
            found.append(Pair(questions[random.choice(others)], text, soften("needs_followup"), "needs_followup", weight=0.5))
    return found


def weak_messages(rows: Iterable[Row]) -> list[Message]:
    """Return one sentence of each labelled answer; of a long answer it is chosen at random and counts less."""
    found = []
    for row in rows:
        spans = [span.text for span in sentences(row["text"]) if len(span.text.split()) > 3]
        if not spans:
            continue
        sure = 1.0 if len(spans) == 1 else 0.5
        if row["label"] == "needs_followup":
            sure = 0.2
        text = row["text"] if random.random() < 0.25 else random.choice(spans)
        intent = "unknown" if row["label"] == "unknown" else "answer"
        intent_weight = 0.5 if row["label"] == "needs_followup" else 1.0
        if intent == "unknown" and len(spans) > 1 and text != row["text"]:
            intent_weight = 0.3
        found.append(Message(text, (row["criterion"],), intent, sure, intent_weight))
    return found


def hand_messages(path: Path = TRAINING / "sentences.jsonl") -> list[Message]:
    """Return the hand-written sentences."""
    return [Message(row["text"], tuple(row["criteria"]), row["intent"]) for row in read_rows(path)]
