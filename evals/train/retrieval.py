"""Fine-tuning the trunk that gives retrieval vectors: a question and the passage that answers it move together."""

import random
import time
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from app.encoder.tokens import single
from evals.train.network import Embeddings, Trunk

EPOCHS = 5
BATCH = 32
RATE = 3e-5
SHARPNESS = 0.05
"""Temperature of the softmax over the batch's passages (multiple negatives ranking loss, Henderson et al. 2017)."""
PASSAGE_SHARE = 0.6
"""How often a question is drawn towards its passage's text; else towards another question that the passage answers."""
LONGEST = 200
NEVER = -1e4


def fit_sentences(
    embeddings: Embeddings,
    trunk: Trunk,
    tokenizer: Tokenizer,
    *,
    texts: Mapping[str, str],
    questions: Mapping[str, Sequence[str]],
    seed: int,
) -> None:
    """Fine-tune the trunk in place; `texts` and `questions` are by passage id."""
    random.seed(seed)
    torch.manual_seed(seed)
    pairs = [(question, passage) for passage, asked in questions.items() for question in asked]
    optimiser = torch.optim.AdamW(trunk.parameters(), lr=RATE, weight_decay=0.01)
    trunk.train()
    for epoch in range(1, EPOCHS + 1):
        started, losses = time.perf_counter(), []
        random.shuffle(pairs)
        for at in range(0, len(pairs), BATCH):
            batch = pairs[at : at + BATCH]
            towards = [_other(question, questions[passage]) or texts[passage] for question, passage in batch]
            asked = _vectors(embeddings, trunk, tokenizer, [question for question, _ in batch])
            loss = _loss(asked, _vectors(embeddings, trunk, tokenizer, towards), [passage for _, passage in batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(float(loss.detach()))
        print(f"sentences, epoch {epoch}/{EPOCHS}: loss {np.mean(losses):.3f}, {time.perf_counter() - started:.0f} s", flush=True)
    trunk.eval()


def _other(question: str, asked: Sequence[str]) -> str | None:
    """Draw another question of the same passage, or None where its text is to be taken."""
    others = [one for one in asked if one != question]
    return random.choice(others) if others and random.random() > PASSAGE_SHARE else None


def _loss(asked: Tensor, towards: Tensor, passages: Sequence[str]) -> Tensor:
    """Return the cross-entropy of each question finding its own passage (b, 384) among the batch's, and back."""
    likeness = asked @ towards.T / SHARPNESS
    same = torch.tensor([[one == other for other in passages] for one in passages])
    same.fill_diagonal_(False)
    likeness = likeness.masked_fill(same, NEVER)
    own = torch.arange(len(passages))
    loss: Tensor = (functional.cross_entropy(likeness, own) + functional.cross_entropy(likeness.T, own)) / 2
    return loss


def _vectors(embeddings: Embeddings, trunk: Trunk, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Return unit vectors (b, 384)."""
    tokens = [single(tokenizer, text).ids[:LONGEST] for text in texts]
    longest = max(map(len, tokens))
    ids, mask = torch.zeros(len(tokens), longest, dtype=torch.long), torch.zeros(len(tokens), longest)
    for row, one in enumerate(tokens):
        ids[row, : len(one)] = torch.tensor(one)
        mask[row, : len(one)] = 1.0
    with torch.no_grad():
        hidden = embeddings(ids, torch.zeros_like(ids))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = trunk(hidden, mask)
    pooled = (hidden.float() * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
    return functional.normalize(pooled, dim=-1)
