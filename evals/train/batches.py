"""Examples → padded tensors, in batches of like length, with light augmentation."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor

from app.encoder.tokens import Tokens, pair, single
from evals.train.data import INTENTS, READINGS, Message, Pair

LONGEST = 160
BATCH = 24
LENGTHENED = 0.15
ROUGHENED = 0.15
"""Shares of the answers that are varied in an epoch."""


@dataclass(frozen=True)
class Batch:
    """Padded inputs (b, t) with targets (b, c) and weights (b,); a head without targets has weight 0."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    share: Tensor
    targets: dict[str, Tensor]
    weights: dict[str, Tensor]


def roughen(text: str) -> str:
    """Type a text as people in a hurry do: lost punctuation, swapped and dropped letters."""
    if random.random() < 0.5:
        text = "".join(character for character in text if character not in ".,;:'\"")
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and random.random() < 0.08:
            at = random.randrange(1, len(word) - 2)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[place] = swapped if random.random() < 0.5 else word[:at] + word[at + 1 :]
    return " ".join(words)


def vary(example: Pair, fillers: Sequence[str]) -> Pair:
    """Roughen some answers and lengthen some with talk that says nothing, whatever their level, so that length is no cue."""
    answer = example.answer
    if fillers and random.random() < LENGTHENED:
        filler = " ".join(random.sample(fillers, random.choice((1, 2))))
        answer = f"{filler} {answer}" if random.random() < 0.6 else f"{answer} {filler}"
    if random.random() < ROUGHENED:
        answer = roughen(answer)
    return replace(example, answer=answer)


def batches(tokenizer: Tokenizer, examples: Sequence[Pair | Message], criteria: Sequence[str]) -> Iterator[Batch]:
    """Yield shuffled batches, pairs and messages apart."""
    made: list[list[tuple[Tokens, Pair | Message]]] = []
    for kind, size in ((Pair, BATCH), (Message, BATCH)):
        chosen = [(tokens_of(tokenizer, one), one) for one in examples if isinstance(one, kind)]
        chosen.sort(key=lambda item: len(item[0].ids) + 12 * random.random())
        made += [chosen[at : at + size] for at in range(0, len(chosen), size)]
    random.shuffle(made)
    for group in made:
        yield _collate(group, criteria)


def tokens_of(tokenizer: Tokenizer, example: Pair | Message) -> Tokens:
    """Return an example's tokens, cut to the training length."""
    made = pair(tokenizer, example.question, example.answer) if isinstance(example, Pair) else single(tokenizer, example.text)
    return made if len(made.ids) <= LONGEST else Tokens(made.ids[:LONGEST], made.types[:LONGEST])


def _collate(group: list[tuple[Tokens, Pair | Message]], criteria: Sequence[str]) -> Batch:
    count, longest = len(group), max(len(tokens.ids) for tokens, _ in group)
    ids, types = torch.zeros(count, longest, dtype=torch.long), torch.zeros(count, longest, dtype=torch.long)
    mask, share = torch.zeros(count, longest), torch.zeros(count, longest)
    sizes = {"reading": len(READINGS), "criteria": len(criteria), "intent": len(INTENTS)}
    targets = {head: torch.zeros(count, size) for head, size in sizes.items()}
    weights = {head: torch.zeros(count) for head in sizes}
    for row, (tokens, example) in enumerate(group):
        end = len(tokens.ids)
        ids[row, :end] = torch.tensor(tokens.ids)
        types[row, :end] = torch.tensor(tokens.types)
        mask[row, :end] = 1.0
        share[row, :end] = torch.tensor(tokens.share)
        if isinstance(example, Pair):
            targets["reading"][row] = torch.tensor(example.target)
            weights["reading"][row] = example.weight
            continue
        for name in example.criteria or ("none",):
            targets["criteria"][row, criteria.index(name)] = 1.0 / max(1, len(example.criteria))
        targets["intent"][row, INTENTS.index(example.intent)] = 1.0
        weights["criteria"][row] = example.criteria_weight
        weights["intent"][row] = example.intent_weight
    return Batch(ids, types, mask, share, targets, weights)
