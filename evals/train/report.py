"""The finished files' figures, gathered for the card: held-out answers, rough and long ones, vectors."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from app.encoder import Encoder
from app.encoder.tokens import single
from evals.train import data
from evals.train.batches import roughen
from evals.train.card import table, write_card
from evals.train.measure import message_figures, reading_figures
from evals.train.network import Embeddings, Sentence
from evals.train.sets import Sets


@dataclass(frozen=True)
class Unrounded:
    """What gives the retrieval vectors before they are rounded to int8."""

    tokenizer: Tokenizer
    embeddings: Embeddings
    sentence: Sentence


def card_of(encoder: Encoder, folder: Path, unrounded: Unrounded, sets: Sets, **about: object) -> str:
    """Measure the files in the folder and return their card."""
    held, questions = sets.held, sets.questions
    rough = [{**row, "text": roughen(row["text"])} for row in held]
    longer = [_lengthened(row, sets.fillers) for row in held]
    cosines = _cosines(encoder, unrounded, [row["text"] for row in held])
    return write_card(
        megabytes=sum(file.stat().st_size for file in folder.iterdir()) / 1e6,
        rows=len(sets.fitted_rows) + len(sets.kept_rows),
        validated=len(sets.kept_rows),
        sentences=len(sets.fitted_messages) + len(sets.kept_messages),
        held=len(held),
        lengths=_lengths([*sets.fitted_rows, *sets.kept_rows]),
        figures=table(reading_figures(encoder, held, questions)),
        rough_kappa=reading_figures(encoder, rough, questions)["kappa"],
        long_kappa=reading_figures(encoder, longer, questions)["kappa"],
        messages=table(message_figures(encoder, sets.kept_sentences())),
        kept=table(reading_figures(encoder, sets.kept_rows, questions)),
        cosine=round(statistics.mean(cosines), 4),
        cosine_low=round(min(cosines), 4),
        **about,
    )


def _lengthened(row: data.Row, fillers: Sequence[str]) -> data.Row:
    """Put neutral sentences around a low answer."""
    if row["label"] in (0, 1, 2) and fillers:
        return {**row, "text": f"{random.choice(fillers)} {row['text']} {random.choice(fillers)}"}
    return row


def _lengths(rows: Sequence[data.Row]) -> str:
    """Return the median number of words of each label."""
    words = {name: [len(row["text"].split()) for row in rows if str(row["label"]) == name] for name in data.READINGS}
    return ", ".join(f"{name}: {statistics.median(counts):g}" for name, counts in words.items() if counts)


def _cosines(encoder: Encoder, unrounded: Unrounded, texts: list[str]) -> list[float]:
    """Return the cosine of each text's shipped vector with that of the unrounded model."""
    found = []
    with torch.no_grad():
        for text, vector in zip(texts, encoder.embed(texts), strict=True):
            tokens = single(unrounded.tokenizer, text)
            hidden = unrounded.embeddings(torch.tensor([tokens.ids]), torch.tensor([tokens.types]))
            found.append(float((unrounded.sentence(hidden)[0] * torch.from_numpy(vector)).sum()))
    return found
