"""Figures → CARD.md, the model card that lies beside the weights."""

from collections.abc import Mapping
from typing import Any

CARD = """\
# Model card: the embedded encoder

Written by `python -m evals.train`; do not edit by hand.

## What it is
all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0; see LICENSE), fine-tuned twice and rounded to int8 ONNX, in three parts:
`embeddings.onnx` (word table, shared and frozen), `sentence.onnx` (384-d vectors for retrieval, drawn together for a question and
the passage that answers it) and `reader.onnx` (heads for the level of an answer, the criteria that a sentence is about, and the
intent of a sentence). {megabytes:.1f} MB in all. It runs on ONNX Runtime, one core, no network. The fine-tuned parts are
changes to the published weights and are given on under the same licence.

## Data
{rows} labelled answers ({validated} of them kept aside for the temperatures), {sentences} labelled sentences (alone and of whole
messages) and the typical questions in `knowledge/en/questions`. {held} answers are held out in `evals/datasets/reading.jsonl`: written by
another hand, before the training, and seen by nobody who wrote training answers. All of it was written for this project, one text at
a time from the rubric, with the help of a large language model; none of it comes from clients. Training fingerprint `{training}`,
seed {seed}, {epochs} epochs.

Median words by label, so that length can be judged as a cue:
{lengths}

## Figures
Held-out answers, the shipped int8 files, one thread:

| figure | value |
|---|---|
{figures}

The same answers without punctuation and with typing errors: kappa {rough_kappa}. Answers of level 0 to 2 lengthened by
two neutral sentences: kappa {long_kappa}.

Answers kept aside, by the same hands as the training answers; settings and thresholds were chosen on these:

| figure | value |
|---|---|
{kept}

Sentences kept from training (hand-written and one-sentence answers):

| figure | value |
|---|---|
{messages}

Vectors against the unrounded model on {held} texts: mean cosine {cosine}, lowest {cosine_low}.

## Limits
- English only: other languages are told apart before it reads. It has seen answers of one to about 150 words; of longer ones the
  first 256 tokens count.
- It reads what is claimed, not whether it is true, and it cannot add up several answers.
- Writers of the training and of the held-out answers followed the same rubric and the same examples of manner. Expect somewhat less
  on people who speak differently; `evals/README.md` gives the agreement of a second rater as the ceiling.
- The criteria head learned mostly from single sentences of labelled answers; it proposes, and reading the sentence against the
  criterion's question decides.
"""


def table(figures: Mapping[str, float]) -> str:
    """Return the rows of a Markdown table."""
    return "\n".join(f"| `{name}` | {value:g} |" for name, value in figures.items())


def write_card(**values: Any) -> str:
    """Return the card's text."""
    return CARD.format(**values)
