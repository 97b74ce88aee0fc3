"""Figures → CARD.md, the model card that lies beside the weights."""

from collections.abc import Mapping
from typing import Any

CARD = """\
# Model card: the embedded encoder

Written by `python -m evals.train`; do not edit by hand.

## What it is
all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0; see LICENSE), rounded to int8 ONNX, in three parts:
`embeddings.onnx` (word table, shared and frozen), `sentence.onnx` (the trunk as published: 384-d vectors for
retrieval) and `reader.onnx` (the same trunk fine-tuned here, with heads for the level of an answer, the criteria
that a sentence is about, and the intent of a sentence). {megabytes:.1f} MB in all. It runs on ONNX Runtime, one core,
no network. The fine-tuned part is a change to the published weights and is given on under the same licence.

## Data
{rows} labelled answers to train on ({validated} of them only for the temperatures), {sentences} hand-written sentences,
{held} answers held out in `evals/datasets/reading.jsonl`. All of it was written for this project; none of it comes
from clients. Training fingerprint `{training}`, seed {seed}, {epochs} epochs.

Median words by label, so that length can be judged as a cue:
{lengths}

## Figures
Held-out answers, the shipped int8 files, one thread:

| figure | value |
|---|---|
{figures}

The same answers without punctuation and with typing errors: kappa {rough_kappa}. Answers of level 0 to 2 lengthened by
two neutral sentences: kappa {long_kappa}.

Sentences kept from training (hand-written and one-sentence answers):

| figure | value |
|---|---|
{messages}

Vectors against the published float model on {held} texts: mean cosine {cosine}, lowest {cosine_low}.

## Limits
- English only. It has seen answers of one to about 150 words; of longer ones the first 256 tokens count.
- It reads what is claimed, not whether it is true, and it cannot add up several answers.
- The criteria head learned mostly from weak labels (sentences of labelled answers); expect several likely criteria
  for a sentence that touches two, and check them by reading the sentence against each criterion's question.
- The held-out answers come from the same hands as the training answers: expect less on other people's wording.
- The held-out answers are not wholly unseen: their misses were looked at once while this was made (after which
  sentences of the "not my field" kind were written), and batch size, head weights and augmentation were chosen with
  their figures in view. Take the figures as somewhat kind; only freshly written answers can settle it.
- `unknown` and `needs_followup` were learned from few answers for each criterion.
"""


def table(figures: Mapping[str, float]) -> str:
    """Return the rows of a Markdown table."""
    return "\n".join(f"| `{name}` | {value:g} |" for name, value in figures.items())


def write_card(**values: Any) -> str:
    """Return the card's text."""
    return CARD.format(**values)
