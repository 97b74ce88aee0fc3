"""The model in torch: an int8 word-embedding part, a six-layer trunk, and the reader's three heads.

Shapes: b texts, t tokens, 384 hidden values. The embedding part is rounded to int8 before anything is trained
on it, so the trunk learns on exactly the values that the shipped file gives.
"""
# mypy: disable-error-code="misc"
# (torch is not installed where mypy runs, so its Module is Any to it)

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HIDDEN = 384
LAYERS = 6
ATTENTION_HEADS = 12
LONGEST = 256
EPSILON = 1e-12


class Embeddings(nn.Module):
    """Token ids → hidden values; the word table holds int8 rows, each with its own scale."""

    def __init__(self, weights: dict[str, Tensor], rounded: bool = True) -> None:
        super().__init__()
        words = weights["embeddings.word_embeddings.weight"]
        scale = words.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", torch.round(words / scale).to(torch.int8) if rounded else words / scale)
        self.register_buffer("scale", scale)
        self.register_buffer("places", weights["embeddings.position_embeddings.weight"][:LONGEST].clone())
        self.register_buffer("types", weights["embeddings.token_type_embeddings.weight"].clone())
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.norm.weight.data.copy_(weights["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(weights["embeddings.LayerNorm.bias"])
        self.requires_grad_(False)

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return (b, t, 384) for ids and types of (b, t)."""
        words = self.words[ids].float() * self.scale[ids]
        total: Tensor = self.norm(words + self.types[types] + self.places[: ids.shape[1]])
        return total


class Layer(nn.Module):
    """One transformer layer, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm_out = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, blocked: Tensor | None) -> Tensor:
        """Return (b, t, 384); `blocked` (b, 1, 1, t) is added to the attention scores."""
        split = (hidden.shape[0], hidden.shape[1], ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS)
        query = self.query(hidden).view(split).transpose(1, 2)
        key = self.key(hidden).view(split).permute(0, 2, 3, 1)
        value = self.value(hidden).view(split).transpose(1, 2)
        scores = query @ key / math.sqrt(HIDDEN // ATTENTION_HEADS)
        if blocked is not None:
            scores = scores + blocked
        attended = self.dropout(scores.softmax(-1)) @ value
        attended = attended.transpose(1, 2).reshape(hidden.shape)
        hidden = self.norm_attention(hidden + self.dropout(self.out(attended)))
        raised = self.down(functional.gelu(self.up(hidden)))
        result: Tensor = self.norm_out(hidden + self.dropout(raised))
        return result


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm_attention",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_out",
}


class Trunk(nn.Module):
    """Six layers, filled with the base model's weights."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{number}."
            layer.load_state_dict(
                {f"{ours}.{part}": weights[f"{prefix}{theirs}.{part}"] for theirs, ours in _NAMES.items() for part in ("weight", "bias")}
            )

    def forward(self, hidden: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return (b, t, 384); `mask` (b, t) is 1 where there is a token, None where there is no padding."""
        blocked = None if mask is None else (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            hidden = layer(hidden, blocked)
        return hidden


class Sentence(nn.Module):
    """The untouched trunk with mean pooling: hidden (1, t, 384) → a unit vector (1, 384)."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the text's vector."""
        return functional.normalize(self.trunk(hidden).mean(dim=1), dim=-1)


class Reader(nn.Module):
    """The fine-tuned trunk with three heads over one pooled vector."""

    def __init__(self, trunk: Trunk, readings: int, criteria: int, intents: int) -> None:
        super().__init__()
        self.trunk = trunk
        self.dropout = nn.Dropout(0.1)
        self.reading = nn.Linear(HIDDEN, readings)
        self.criteria = nn.Linear(HIDDEN, criteria)
        self.intent = nn.Linear(HIDDEN, intents)

    def forward(self, hidden: Tensor, share: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Return the three heads' logits; `share` (b, t) says how much each token counts and sums to 1."""
        pooled = self.dropout((self.trunk(hidden, mask) * share[:, :, None]).sum(dim=1))
        return self.reading(pooled), self.criteria(pooled), self.intent(pooled)


def load_base(folder: Path) -> dict[str, Tensor]:
    """Read the base model's tensors from the folder of its package."""
    found = load_file(folder / "model.safetensors")
    return {name.removeprefix("bert."): tensor.float() for name, tensor in found.items()}
