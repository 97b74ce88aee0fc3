"""Finds the encoder's files and proves by SHA-256 that they are the ones that were measured."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import EncoderError

SHIPPED = Path(__file__).parent / "weights"
NEEDED = ("embeddings.onnx", "sentence.onnx", "reader.onnx", "tokenizer.json")


@dataclass(frozen=True)
class Manifest:
    """What the heads' outputs mean, how they are softened, and the files' joint fingerprint."""

    readings: tuple[str, ...]
    criteria: tuple[str, ...]
    intents: tuple[str, ...]
    temperatures: dict[str, float]
    fingerprint: str


def load_manifest(folder: Path) -> Manifest:
    """Read manifest.json and check every file that it names.

    Raises:
        EncoderError: a file is missing, unreadable or not the one that the manifest names.
    """
    path = folder / "manifest.json"
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in raw["files"].items()}
        manifest = Manifest(
            readings=tuple(raw["readings"]),
            criteria=tuple(raw["criteria"]),
            intents=tuple(raw["intents"]),
            temperatures={str(head): float(value) for head, value in raw["temperatures"].items()},
            fingerprint=_check(folder, files),
        )
    except FileNotFoundError as error:
        raise EncoderError(f"The encoder's file {error.filename} is missing: is the installation complete?") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EncoderError(f"The encoder's manifest {path} cannot be read: {error!r}") from error
    return manifest


def _check(folder: Path, files: dict[str, str]) -> str:
    """Compare every file with its digest; return the first 12 hex digits over all the ONNX files."""
    absent = [name for name in NEEDED if name not in files]
    if absent:
        raise EncoderError(f"The encoder's manifest does not name {', '.join(absent)}")
    together = hashlib.sha256()
    for name, expected in sorted(files.items()):
        content = (folder / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != expected:
            raise EncoderError(f"The encoder's file {name} is not the one its manifest names: reinstall it")
        if name.endswith(".onnx"):
            together.update(content)
    return together.hexdigest()[:12]
