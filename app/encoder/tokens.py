"""Text → token ids, cut to what the model was trained on; training and the program use the same code."""

from dataclasses import dataclass

from tokenizers import Tokenizer

LONGEST_TOKENS = 256
LONGEST_QUESTION_TOKENS = 96
LONGEST_CHARACTERS = 8_000


@dataclass(frozen=True)
class Tokens:
    """Ids and types (0 question or single text, 1 answer) of t tokens, special ones included."""

    ids: list[int]
    types: list[int]

    @property
    def share(self) -> list[float]:
        """How much each token counts when pooling: a pair's answer alone, or the whole single text."""
        counted = [float(kind) for kind in self.types] if 1 in self.types else [1.0] * len(self.ids)
        return [weight / sum(counted) for weight in counted]


def single(tokenizer: Tokenizer, text: str) -> Tokens:
    """Return the tokens of one text, at most 256."""
    ids = _cut(tokenizer, text, LONGEST_TOKENS)
    return Tokens(ids, [0] * len(ids))


def pair(tokenizer: Tokenizer, question: str, answer: str) -> Tokens:
    """Return the tokens of a question and its answer, at most 256; the answer's end is cut first."""
    first = _cut(tokenizer, question, LONGEST_QUESTION_TOKENS)
    second = _cut(tokenizer, answer, LONGEST_TOKENS - len(first) + 1)[1:]
    return Tokens(first + second, [0] * len(first) + [1] * len(second))


def _cut(tokenizer: Tokenizer, text: str, longest: int) -> list[int]:
    """Return [CLS] … [SEP] in at most `longest` ids; the tokenizer itself must not truncate."""
    ids: list[int] = tokenizer.encode(text[:LONGEST_CHARACTERS]).ids
    return ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]]


def load_tokenizer(path: str) -> Tokenizer:
    """Read tokenizer.json and switch off the padding and truncation that it brings along."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
