"""Torch → ONNX → int8, and the manifest that the program checks the files against."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from evals.train.network import HIDDEN, Embeddings, Reader, Sentence

OPSET = 17


def _to_onnx(part: nn.Module, inputs: tuple[Tensor, ...], names: list[str], outputs: list[str], target: Path) -> None:
    """Export one part; every input's second axis is the number of tokens."""
    torch.onnx.export(
        part.eval(),
        inputs,
        str(target),
        input_names=names,
        output_names=outputs,
        dynamic_axes={name: {1: "tokens"} for name in names},
        opset_version=OPSET,
        dynamo=False,
    )


def _to_int8(source: Path, target: Path) -> None:
    """Round the matrices to 8 bits by output channel; activations are rounded as they come.

    Signed weights in a reduced range of 7 bits: processors that have AVX2 but no VNNI overflow on 8, and unsigned
    weights are a third slower where there is VNNI.
    """
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def export(embeddings: Embeddings, sentence: Sentence, reader: Reader, folder: Path) -> None:
    """Write the three ONNX files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(1, 9, dtype=torch.long)
    hidden = torch.randn(1, 9, HIDDEN)
    share = torch.full((1, 9), 1 / 9)
    heads = ["reading", "criteria", "intent"]
    with tempfile.TemporaryDirectory() as made:
        raw = Path(made)
        _to_onnx(embeddings, (ids, ids), ["ids", "types"], ["hidden"], raw / "embeddings.onnx")
        _to_onnx(sentence, (hidden,), ["hidden"], ["vector"], raw / "sentence.onnx")
        _to_onnx(reader, (hidden, share), ["hidden", "share"], heads, raw / "reader.onnx")
        shutil.copy(raw / "embeddings.onnx", folder / "embeddings.onnx")
        for name in ("sentence.onnx", "reader.onnx"):
            _to_int8(raw / name, folder / name)
    for file in folder.glob("*.onnx"):
        onnx.checker.check_model(str(file))


def write_manifest(folder: Path, about: dict[str, Any]) -> None:
    """Write manifest.json: what the heads mean, the temperatures, and each file's SHA-256."""
    names = ["embeddings.onnx", "sentence.onnx", "reader.onnx", "tokenizer.json", "LICENSE"]
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    text = json.dumps({**about, "files": files}, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
