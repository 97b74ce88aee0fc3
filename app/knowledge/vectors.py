"""The playbook's vectors that come with the program, so that neither a first start nor a test embeds what nobody changed.

`knowledge/<language>/vectors.npz` keeps them by a key over the encoder's fingerprint and the text: another encoder or a
changed text finds none, and is embedded. `make vectors` writes the file anew. Halves of a float are enough: they move a cosine
by less than 0.001.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from app.errors import KnowledgeError

FILE = "vectors.npz"
Vector = npt.NDArray[np.float32]


def key_of(fingerprint: str, text: str) -> str:
    """Return what tells a text's vector from others': 16 hex digits over the encoder and the text."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()[:16]


class KeptVectors:
    """Vectors (384,) by key."""

    def __init__(self, vectors: Mapping[str, Vector]) -> None:
        self._vectors = vectors

    def of(self, key: str) -> Vector | None:
        """Return a kept vector; None where there is none."""
        return self._vectors.get(key)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all that is kept."""
        return frozenset(self._vectors)


def load_vectors(path: Path) -> KeptVectors:
    """Read kept vectors; where there is no file, none are kept. Raises KnowledgeError for a file that is none of ours."""
    if not path.exists():
        return KeptVectors({})
    try:
        with np.load(path, allow_pickle=False) as kept:
            rows = kept["vectors"].astype(np.float32)
            return KeptVectors(dict(zip(kept["keys"].tolist(), rows, strict=True)))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise KnowledgeError.at(path, problem=f"cannot be read ({error}): make vectors writes it anew") from error


def write_vectors(path: Path, vectors: Mapping[str, Vector]) -> None:
    """Write vectors by key, in the order of their keys."""
    keys = sorted(vectors)
    np.savez_compressed(path, keys=np.array(keys), vectors=np.stack([vectors[key] for key in keys]).astype(np.float16))
