"""The embedded encoder: text → vectors, readings, criteria and intents, on ONNX Runtime alone.

One text goes through at a time, with no padding: the int8 rounding of activations would otherwise make a
text's result depend on its neighbours in the batch. The same text always gives the same numbers.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.encoder.reading import Reading, SentenceReading
from app.encoder.tokens import Tokens, load_tokenizer, pair, single
from app.encoder.weights import SHIPPED, Manifest, load_manifest
from app.errors import EncoderError

DIMENSIONS = 384
HEADS = ("reading", "criteria", "intent")

Floats = NDArray[np.float32]


class Encoder:
    """Six layers twice over one word table: an untouched trunk for vectors, a trained one for reading."""

    def __init__(
        self,
        manifest: Manifest,
        tokenizer: Tokenizer,
        embeddings: onnxruntime.InferenceSession,
        sentence: onnxruntime.InferenceSession,
        reader: onnxruntime.InferenceSession,
    ) -> None:
        """Take the checked parts; `Encoder.load` makes them."""
        self._manifest = manifest
        self._tokenizer = tokenizer
        self._embeddings = embeddings
        self._sentence = sentence
        self._reader = reader

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 1) -> "Encoder":
        """Load the shipped weights, or those in `folder`, for that many threads a text.

        Raises:
            EncoderError: a file is missing, or not the one that the manifest names.
        """
        folder = folder or SHIPPED
        manifest = load_manifest(folder)
        try:
            tokenizer = load_tokenizer(str(folder / "tokenizer.json"))
            parts = [_session(folder / f"{name}.onnx", threads) for name in ("embeddings", "sentence", "reader")]
        except Exception as error:  # both libraries raise bare Exceptions of their own
            raise EncoderError(f"The encoder in {folder} cannot be loaded: {error}") from error
        return cls(manifest, tokenizer, *parts)

    @property
    def fingerprint(self) -> str:
        """The first 12 hex digits of the SHA-256 over the weights."""
        return self._manifest.fingerprint

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """The criteria that the encoder tells apart, without "none"."""
        return tuple(name for name in self._manifest.criteria if name != "none")

    @property
    def intent_names(self) -> tuple[str, ...]:
        """The intents that the encoder tells apart."""
        return self._manifest.intents

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors (n, 384) for retrieval; a text's first 256 tokens count."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            hidden = self._hidden(single(self._tokenizer, text))
            vectors[row] = self._sentence.run(None, {"hidden": hidden})[0][0]
        return vectors

    def read(self, question: str, answer: str) -> Reading:
        """Read an answer to a criterion's question; the pair's first 256 tokens count."""
        logits = self._heads(pair(self._tokenizer, question, answer))["reading"]
        chance = dict(zip(self._manifest.readings, self._soften("reading", logits), strict=True))
        stated = [self._manifest.readings.index(str(level)) for level in range(5)]
        return Reading(
            levels=tuple(self._soften("levels", logits[stated])),
            unknown=chance["unknown"],
            needs_followup=chance["needs_followup"],
        )

    def read_sentence(self, sentence: str) -> SentenceReading:
        """Read what a sentence wants and what it is about; its first 256 tokens count."""
        logits = self._heads(single(self._tokenizer, sentence))
        return SentenceReading(
            intents=dict(zip(self._manifest.intents, self._soften("intent", logits["intent"]), strict=True)),
            criteria=dict(zip(self._manifest.criteria, self._soften("criteria", logits["criteria"]), strict=True)),
        )

    def _soften(self, temperature: str, logits: Floats) -> list[float]:
        """Turn logits (c,) into calibrated probabilities, by the temperature of that name."""
        scaled = logits.astype(np.float64) / self._manifest.temperatures[temperature]
        raised = np.exp(scaled - scaled.max())
        return [float(share) for share in raised / raised.sum()]

    def _hidden(self, tokens: Tokens) -> Floats:
        """Return the word table's values (1, t, 384)."""
        inputs = {"ids": np.array([tokens.ids]), "types": np.array([tokens.types])}
        hidden: Floats = self._embeddings.run(None, inputs)[0]
        return hidden

    def _heads(self, tokens: Tokens) -> dict[str, Floats]:
        """Return the three heads' logits, each (c,)."""
        share = np.array([tokens.share], dtype=np.float32)
        logits = self._reader.run(list(HEADS), {"hidden": self._hidden(tokens), "share": share})
        return {head: values[0] for head, values in zip(HEADS, logits, strict=True)}


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
