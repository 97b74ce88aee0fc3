"""The finished files on held-out answers and sentences: the figures that the card prints."""

import statistics
import time
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import cohen_kappa_score

from app.encoder import Encoder, Reading
from evals.train.data import Message, Row

BINS = 10


def kind(reading: Reading) -> str:
    """Return the likeliest of "level", "unknown" and "needs_followup"."""
    chances = {"unknown": reading.unknown, "needs_followup": reading.needs_followup, "level": reading.stated}
    return max(chances, key=lambda name: chances[name])


def reading_figures(encoder: Encoder, rows: Sequence[Row], questions: dict[str, str]) -> dict[str, float]:
    """Return kappa, agreement, special labels, calibration and milliseconds over labelled answers."""
    readings, spent = [], []
    for row in rows:
        started = time.perf_counter()
        readings.append(encoder.read(questions[row["criterion"]], row["text"]))
        spent.append(1000 * (time.perf_counter() - started))
    both = list(zip(rows, readings, strict=True))
    levels = [(row["label"], reading) for row, reading in both if isinstance(row["label"], int)]
    special = [(row["label"], reading) for row, reading in both if isinstance(row["label"], str)]
    wanted = np.array([label for label, _ in levels])
    actual = np.array([reading.level for _, reading in levels])
    figures = {
        "n": float(len(rows)),
        "kappa": float(cohen_kappa_score(wanted, actual, weights="quadratic", labels=[0, 1, 2, 3, 4])),
        "exact": float((wanted == actual).mean()),
        "adjacent": float((abs(wanted - actual) <= 1).mean()),
        "ready_agreement": float(((wanted >= 3) == (actual >= 3)).mean()),
        "special_recall": float(np.mean([kind(reading) == label for label, reading in special] or [False])),
        "special_false_alarms": float(np.mean([kind(reading) != "level" for _, reading in levels])),
        "calibration_error": calibration_error([r.confidence for _, r in levels], list(wanted == actual)),
        "ms_p50": statistics.median(spent),
        "ms_p95": float(np.percentile(spent, 95)),
    }
    for gap in sorted({row["criterion"].split(".")[0] for row in rows}):
        mine = [(r["label"], e.level) for r, e in both if r["criterion"].startswith(gap) and isinstance(r["label"], int)]
        figures[f"kappa.{gap}"] = float(cohen_kappa_score(*zip(*mine, strict=True), weights="quadratic", labels=[0, 1, 2, 3, 4]))
    return {name: round(value, 3) for name, value in figures.items()}


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean distance between confidence and share right, over ten bins weighted by size."""
    confidence, hit = np.array(confidences), np.array(right, dtype=float)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum((bins == number).mean() * abs(confidence[bins == number].mean() - hit[bins == number].mean()) for number in set(bins.tolist()))
    )


def message_figures(encoder: Encoder, messages: Sequence[Message]) -> dict[str, float]:
    """Return the share of sentences whose likeliest intent is right, and whose likeliest criterion is one of theirs."""
    sure = [message for message in messages if message.criteria_weight >= 0.9 and message.intent_weight >= 0.9]
    texts = [message.text for message in sure]
    readings = [encoder.read_sentence(text) for text in texts]
    intents = [max(one.intents, key=one.intents.__getitem__) for one in readings]
    criteria = [max(one.criteria, key=one.criteria.__getitem__) for one in readings]
    right = [name in (one.criteria or ("none",)) for name, one in zip(criteria, sure, strict=True)]
    stated = [hit for hit, one in zip(right, sure, strict=True) if one.criteria]
    neutral = [hit for hit, one in zip(right, sure, strict=True) if not one.criteria]
    return {
        "n": len(sure),
        "intent_accuracy": round(float(np.mean([i == m.intent for i, m in zip(intents, sure, strict=True)])), 3),
        "criteria_accuracy": round(float(np.mean(stated or [False])), 3),
        "none_accuracy": round(float(np.mean(neutral or [False])), 3),
    }
