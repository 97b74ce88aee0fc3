"""Which texts are fitted, which are kept for the temperatures, which are held out; and an epoch's draw of them."""

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path

from evals.train import data
from evals.train.batches import vary

KEPT_ONE_IN = 10
MISSED_SHARE = 0.05
STRANGERS = 0.3
"""Share of the messages that are read for a criterion they do not touch, in an epoch."""
WEAK_SHARE = 0.5
"""Share of the answers of which a sentence is taken for the criteria head, in an epoch."""


def _kept(text: str, seed: int) -> bool:
    return int(hashlib.sha256(f"{seed}:{text}".encode()).hexdigest(), 16) % KEPT_ONE_IN == 0


@dataclass(frozen=True)
class Sets:
    """The rubric with its questions, and the texts in their three parts."""

    rubric: dict[str, data.Row]
    questions: dict[str, str]
    fitted_rows: list[data.Row]
    kept_rows: list[data.Row]
    held: list[data.Row]
    fitted_messages: list[data.Message]
    kept_messages: list[data.Message]
    fitted_parts: list[list[data.Part]]

    @property
    def fillers(self) -> list[str]:
        """Neutral sentences, which change nothing about an answer."""
        return [m.text for m in self.fitted_messages if not m.criteria and m.intent == "answer"]

    def draw(self) -> list[data.Pair | data.Message]:
        """Return one epoch's examples, varied anew each time."""
        return [
            *(vary(example, self.fillers) for example in data.pairs(self.fitted_rows, self.questions)),
            *data.statements(self.rubric),
            *data.generic_pairs(self.questions),
            *data.mismatches(self.fitted_rows, self.fitted_messages, self.questions, MISSED_SHARE),
            *data.parts_as_pairs(self.fitted_parts, self.questions, STRANGERS),
            *self.fitted_messages,
            *(message for message in self.fitted_messages if not message.criteria and message.intent == "answer"),
            *data.topics(self.rubric),
            *data.weak_messages(random.sample(self.fitted_rows, int(len(self.fitted_rows) * WEAK_SHARE))),
        ]

    def kept_sentences(self) -> list[data.Message]:
        """Return the kept messages, and the kept answers of a single sentence."""
        return [*self.kept_messages, *(m for m in data.weak_messages(self.kept_rows) if m.criteria_weight == 1.0)]


def read_sets(rubric_folder: Path, seed: int) -> Sets:
    """Read the files and part them; an answer to a criterion that the rubric lacks is left out."""
    rubric = data.rubric(rubric_folder)
    rows = [row for path in data.answer_files() for row in data.read_rows(path) if row["criterion"] in rubric]
    parted = data.hand_parts()
    written = [*data.hand_messages(), *data.parts_as_messages(parted)]
    return Sets(
        rubric=rubric,
        questions={name: criterion["question"] for name, criterion in rubric.items()},
        fitted_rows=[row for row in rows if not _kept(row["text"], seed)],
        kept_rows=[row for row in rows if _kept(row["text"], seed)],
        held=[row for row in data.read_rows(data.HELD_OUT) if row["criterion"] in rubric],
        fitted_messages=[message for message in written if not _kept(message.text, seed)],
        kept_messages=[message for message in written if _kept(message.text, seed)],
        fitted_parts=[parts for parts in parted if not any(_kept(part.text, seed) for part in parts)],
    )
