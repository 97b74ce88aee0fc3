"""The playbook in Chroma: indexed by content hash, searched by meaning and by words together."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from app.audit.actions import Passage
from app.observability.tracing import traced

COLLECTION = "fivegap-playbook"
RANKED = 20
"""Passages that each ranking contributes."""
FUSION = 60
"""The constant of reciprocal rank fusion (Cormack et al., 2009)."""
LIKE_ENOUGH = 0.42
"""A passage with at least this cosine answers by meaning alone."""
LIKE_WITH_WORDS = 0.30
"""With a rare word in common, this cosine is enough."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def fingerprint(self) -> str: ...  # noqa: D102

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...  # noqa: D102


@dataclass(frozen=True)
class IndexReport:
    """What indexing changed."""

    added: int
    updated: int
    removed: int
    unchanged: int


@dataclass(frozen=True)
class Found:
    """A passage that answers a query; `score` is its cosine, 0 to 1."""

    passage: Passage
    score: float


def _text(passage: Passage) -> str:
    return f"{passage.document}: {passage.section}. {passage.text}"


class Playbook:
    """Searches the passages. A query that they do not cover finds nothing."""

    def __init__(self, passages: Sequence[Passage], embedder: Embedder, *, path: Path | None = None, url: str | None = None) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._embedder = embedder
        self._collection = _collection(path, url)
        self._keywords = _Keywords([*self._passages], [_text(passage) for passage in passages])

    def index(self) -> IndexReport:
        """Bring the store up to date: only what is new or changed is embedded."""
        stored = self._collection.get(include=["metadatas"])
        have = {i: (m or {}).get("hash") for i, m in zip(stored["ids"], stored["metadatas"], strict=True)}
        want = {i: self._hash(passage) for i, passage in self._passages.items()}
        changed = [i for i in want if have.get(i) != want[i]]
        gone = [i for i in have if i not in want]
        if changed:
            texts = [_text(self._passages[i]) for i in changed]
            vectors = self._embedder.embed(texts)
            self._collection.upsert(ids=changed, embeddings=vectors, documents=texts, metadatas=[{"hash": want[i]} for i in changed])
        if gone:
            self._collection.delete(ids=gone)
        added = sum(i not in have for i in changed)
        return IndexReport(added, len(changed) - added, len(gone), len(want) - len(changed))

    @traced("search playbook", "retriever")
    async def search(self, query: str, limit: int = 5, about: str | None = None) -> tuple[Found, ...]:
        """Return the passages that answer a query, best first; `about` keeps to one criterion or gap."""
        if not query.strip():
            return ()
        vector = self._embedder.embed([query])
        near = self._collection.query(query_embeddings=vector, n_results=min(RANKED, len(self._passages)), include=["distances"])
        cosine = {i: 1.0 - float(d) for i, d in zip(near["ids"][0], near["distances"][0], strict=True) if i in self._passages}
        words = self._keywords.ranked(query)
        fused: dict[str, float] = {}
        for ranking in (list(cosine), list(words)):
            for rank, passage_id in enumerate(ranking[:RANKED]):
                fused[passage_id] = fused.get(passage_id, 0.0) + 1 / (FUSION + rank)
        named = {i for i in words if _names_the_term(query, self._passages[i])}
        answers = [i for i in fused if self._answers(cosine.get(i, 0.0), i in words or i in named)]
        if not any(cosine.get(i, 0.0) >= LIKE_ENOUGH or i in named for i in answers):
            return ()
        answers.sort(key=lambda i: (i not in named, -fused[i]))
        hits = (Found(self._passages[i], max(0.0, cosine.get(i, 0.0))) for i in answers)
        return tuple(hit for hit in hits if about is None or about in hit.passage.about)[:limit]

    @staticmethod
    def _answers(cosine: float, shares_words: bool) -> bool:
        return cosine >= (LIKE_WITH_WORDS if shares_words else LIKE_ENOUGH)

    def _hash(self, passage: Passage) -> str:
        return hashlib.sha256(f"{self._embedder.fingerprint}\n{_text(passage)}".encode()).hexdigest()[:16]


def _names_the_term(query: str, passage: Passage) -> bool:
    """Say whether a query names a glossary term in full."""
    return passage.kind == "glossary" and re.search(rf"\b{re.escape(passage.section.lower())}s?\b", query.lower()) is not None


class _Keywords:
    """BM25 over the passages."""

    def __init__(self, ids: list[str], texts: list[str]) -> None:
        import bm25s

        self._ids = ids
        self._bm25 = bm25s.BM25()
        self._bm25.index(self._tokens(texts), show_progress=False)

    @staticmethod
    def _tokens(texts: list[str]) -> Any:
        import bm25s

        return bm25s.tokenize([t.lower() for t in texts], stopwords="en", token_pattern=_WORD.pattern, show_progress=False)

    def ranked(self, query: str) -> dict[str, float]:
        """Return ids with their BM25 score, best first; without a word in common an empty dict."""
        tokens = self._tokens([query])
        if not tokens.vocab:
            return {}
        order, scores = self._bm25.retrieve(tokens, k=min(RANKED, len(self._ids)), show_progress=False)
        return {self._ids[i]: float(s) for i, s in zip(order[0], scores[0], strict=True) if s > 0}


def _collection(path: Path | None, url: str | None) -> Any:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if url:
        parts = urlsplit(url)
        client: Any = chromadb.HttpClient(
            host=parts.hostname or "localhost", port=parts.port or 8000, ssl=parts.scheme == "https", settings=quiet
        )
    else:
        client = chromadb.PersistentClient(path=str(path), settings=quiet) if path else chromadb.EphemeralClient(settings=quiet)
    return client.get_or_create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
