"""The fine-tuning loop, and the temperatures that make the shipped files' probabilities honest."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from app.audit.ledger.evidence import level_of
from evals.train.batches import Batch, batches
from evals.train.data import Message, Pair
from evals.train.network import Embeddings, Reader

FAR_OFF = 0.15
"""Weight of the squared distance between the mean level and the label: the figure that counts is a quadratic kappa."""
AVERAGED = 0.05
"""The weights kept in the end are a running mean over about this share of all steps (Polyak and Juditsky, 1992)."""
HEAD_SHARE = {"reading": 1.0, "criteria": 1.0, "intent": 1.0}
TRUNK_RATE = 1e-4
HEAD_RATE = 1e-3
WARMUP = 0.1


def loss_of(embeddings: Embeddings, reader: Reader, batch: Batch) -> torch.Tensor:
    """Return the weighted cross-entropy over the three heads."""
    with torch.no_grad():
        hidden = embeddings(batch.ids, batch.types)
    hidden = functional.dropout(hidden, 0.1, training=reader.training)
    logits = dict(zip(HEAD_SHARE, reader(hidden, batch.share, batch.mask), strict=True))
    total = torch.zeros(())
    for head, scale in HEAD_SHARE.items():
        weight = batch.weights[head]
        if float(weight.sum()) > 0:
            each = -(batch.targets[head] * logits[head].float().log_softmax(-1)).sum(-1)
            total = total + scale * (each * weight).sum() / len(weight)
    return total + FAR_OFF * far_off(logits["reading"], batch.targets["reading"], batch.weights["reading"])


def far_off(logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return the mean squared distance of told and wanted mean levels, over the answers (b, 7) that state a level."""
    levels = torch.arange(5.0)
    stated = weights * (targets[:, :5].sum(-1) > 0.5)
    told = (logits.float()[:, :5].softmax(-1) * levels).sum(-1)
    wanted = (targets[:, :5] * levels).sum(-1)
    return ((told - wanted) ** 2 * stated).sum() / len(weights)


def fit(
    embeddings: Embeddings,
    reader: Reader,
    tokenizer: Tokenizer,
    *,
    draw: Callable[[], Sequence[Pair | Message]],
    criteria: Sequence[str],
    epochs: int,
    seed: int,
) -> None:
    """Fine-tune the reader in place; `draw` gives an epoch's examples anew, varied each time."""
    random.seed(seed)
    torch.manual_seed(seed)
    heads = [*reader.reading.parameters(), *reader.criteria.parameters(), *reader.intent.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": reader.trunk.parameters(), "lr": TRUNK_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = epochs * len(list(batches(tokenizer, draw(), criteria)))
    warm = max(1, int(WARMUP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    mean = AveragedModel(reader, multi_avg_fn=get_ema_multi_avg_fn(1 - 1 / max(2.0, AVERAGED * steps)))
    reader.train()
    for epoch in range(1, epochs + 1):
        started, losses = time.perf_counter(), []
        for batch in batches(tokenizer, draw(), criteria):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(embeddings, reader, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean.update_parameters(reader)
            losses.append(float(loss.detach()))
        seconds = time.perf_counter() - started
        print(f"epoch {epoch}/{epochs}: loss {np.mean(losses):.3f}, {seconds:.0f} s", flush=True)
    reader.load_state_dict(mean.module.state_dict())
    reader.eval()


def temperature(chances: Iterable[Sequence[float]], wanted: Iterable[int]) -> float:
    """Return the temperature that makes the wanted classes likeliest, given chances (n, c) at temperature 1."""
    logits = np.log(np.clip(np.array(list(chances)), 1e-9, 1.0))
    rows, columns = np.arange(len(logits)), np.array(list(wanted))
    return _best(lambda value: float(-np.log(_softened(logits, value))[rows, columns].mean()))


def temperature_of_levels(chances: Iterable[Sequence[float]], wanted: Iterable[int]) -> float:
    """Return the temperature at which the confidence in the best level is most honest, given chances (n, 5) at temperature 1.

    It minimises the log loss of "the best level is right": that is the probability which the agenda goes by.
    """
    logits, labels = np.log(np.clip(np.array(list(chances)), 1e-9, 1.0)), np.array(list(wanted))

    def surprise(value: float) -> float:
        told = _softened(logits, value)
        levels = np.array([level_of(row) for row in told])
        sure = np.clip(told[np.arange(len(told)), levels], 1e-6, 1 - 1e-6)
        return float(-np.where(levels == labels, np.log(sure), np.log(1 - sure)).mean())

    return _best(surprise)


def _softened(logits: np.ndarray, value: float) -> np.ndarray:
    raised = np.exp((logits - logits.max(axis=1, keepdims=True)) / value)
    softened: np.ndarray = raised / raised.sum(axis=1, keepdims=True)
    return softened


def _best(surprise: Callable[[float], float]) -> float:
    return round(float(min(np.linspace(0.3, 3.0, 109), key=surprise)), 3)
