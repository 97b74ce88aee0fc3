"""What is trained on: enough of every label, no answer that gives its level away by length, and nothing of what is measured on."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import correlation, median
from typing import Any

import pytest

from app.audit.rubric import GAP_IDS
from app.knowledge.load import Knowledge

EVALS = Path(__file__).parents[2] / "evals"
LEVELS = [0, 1, 2, 3, 4]
LABELS = [*LEVELS, "unknown", "needs_followup"]
SHINGLE = 6
"""Words in a row that are compared."""
RAW = sorted((EVALS / "training" / "raw").glob("*.jsonl"))
FEWEST_WORDS = 4
"""Shorter messages, such as "no" or "skip this one", are said by everybody."""
COPIED = 0.5
"""A case is a copy when one training text holds this share of its stretches; stock phrases are shared more rarely."""


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return [row for gap in GAP_IDS for row in rows(EVALS / "training" / f"{gap}.jsonl")]


def shingles(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.lower())
    for at in range(len(words) - SHINGLE + 1):
        yield " ".join(words[at : at + SHINGLE])


def test_every_criterion_has_every_label(answers: list[dict[str, Any]], knowledge: Knowledge) -> None:
    counts = Counter((row["criterion"], row["label"]) for row in answers)
    assert set(counts) == {(criterion, label) for criterion in knowledge.rubric.criteria for label in LABELS}
    assert min(counts.values()) >= 4


def test_no_answer_stands_there_twice_with_two_labels(answers: list[dict[str, Any]]) -> None:
    labels: dict[tuple[str, str], set[Any]] = {}
    for row in answers:
        labels.setdefault((row["criterion"], row["text"].lower()), set()).add(row["label"])
    assert not [text for text, told in labels.items() if len(told) > 1]


def test_length_does_not_give_the_level_away(answers: list[dict[str, Any]]) -> None:
    told = [(row["label"], len(row["text"].split())) for row in answers if row["label"] in LEVELS]
    medians = [median(length for level, length in told if level == wanted) for wanted in LEVELS]
    assert max(medians) <= 1.6 * min(medians), medians
    assert abs(correlation([level for level, _ in told], [length for _, length in told])) < 0.25


@pytest.mark.parametrize("measured", ["reading", "messages", "attacks"])
def test_nothing_that_is_measured_on_was_trained_on(answers: list[dict[str, Any]], measured: str) -> None:
    texts = [row["text"] for row in answers]
    texts += [row["text"] for row in rows(EVALS / "training" / "sentences.jsonl")]
    texts += [" ".join(part["text"] for part in row["parts"]) for row in rows(EVALS / "training" / "messages.jsonl")]
    texts += [row["text"] for path in RAW for row in rows(path) if len(row["text"].split()) >= FEWEST_WORDS]
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for shingle in set(shingles(text)):
            holders.setdefault(shingle, []).append(number)
    exactly = {text.lower() for text in texts}
    copied = [case["id"] for case in rows(EVALS / "datasets" / f"{measured}.jsonl") if case["text"].lower() in exactly]
    for case in rows(EVALS / "datasets" / f"{measured}.jsonl"):
        mine = set(shingles(case["text"]))
        shared = Counter(number for shingle in mine for number in holders.get(shingle, ()))
        if shared and shared.most_common(1)[0][1] > len(mine) * COPIED:
            copied.append(case["id"])
    assert not copied


def test_every_raw_answer_is_of_a_criterion_with_a_label(knowledge: Knowledge) -> None:
    raw = [row for path in RAW if path.stem.startswith("answers") for row in rows(path)]
    assert len(raw) > 2_500
    assert {row["criterion"] for row in raw} == set(knowledge.rubric.criteria)
    counts = Counter((row["criterion"], row["label"]) for row in raw)
    assert {label for _, label in counts} == set(LABELS)
    assert min(counts.values()) >= 12
    assert len({(row["criterion"], row["text"]) for row in raw}) == len(raw)


@pytest.mark.parametrize("name", ["messages", "openings"])
def test_what_a_raw_message_reveals_is_a_level_of_a_criterion(name: str, knowledge: Knowledge) -> None:
    revealed = [pair for row in rows(EVALS / "training" / "raw" / f"{name}.jsonl") for pair in row["reveals"].items()]
    assert {criterion for criterion, _ in revealed} <= set(knowledge.rubric.criteria)
    assert {level for _, level in revealed} <= {*LEVELS, "unknown", "n/a"}
