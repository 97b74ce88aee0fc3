"""The playbook in Chroma: indexed by content hash, searched by meaning and by words together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.audit.guidance import Passage
from app.executor import Executor
from app.knowledge.keywords import Keywords, Terms
from app.knowledge.store import open_collection
from app.knowledge.vectors import KeptVectors, Vector, key_of
from app.observability.tracing import traced

RANKED = 50
"""Passages that each ranking contributes."""
NEAREST = 200
"""Vectors that are looked at: a passage has one of its own and one for each typical question."""
FUSION = 10
"""The constant of reciprocal rank fusion (Cormack et al., 2009), small because the rankings are short."""
WORDS_WEIGHT = 0.4
"""How much a place in the keyword ranking counts beside one in the vector ranking."""
COVERED = 0.48
"""The least evidence (cosine, plus a bonus for shared words) at which the playbook has an answer."""
WORDS_BONUS = 0.2
"""What sharing all of a query's words adds to the cosine. Like COVERED and WORDS_WEIGHT chosen on tests/knowledge/development.jsonl."""
LEAST_LIKE = 0.2
"""Below this cosine a passage is no answer, even to a query that others answer."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def fingerprint(self) -> str:
        """Tell one embedder's vectors from another's."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return unit vectors (n, 384)."""


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


class Playbook:
    """Searches the passages. A query that they do not cover finds nothing."""

    def __init__(
        self,
        passages: Sequence[Passage],
        embedder: Embedder,
        executor: Executor,
        *,
        questions: Mapping[str, Sequence[str]] | None = None,
        path: Path | None = None,
        url: str | None = None,
        kept: KeptVectors | None = None,
    ) -> None:
        """Keep vectors in the folder `path`, on the Chroma server at `url`, or in memory.

        `questions` holds what people typically ask that a passage answers, by passage id; a passage is found by
        the nearest of its own text and these. What `kept` holds is not embedded.

        Raises:
            KnowledgeError: the store cannot be opened.
        """
        self._passages = {passage.id: passage for passage in passages}
        asked = questions or {}
        self._texts = searched_texts(passages, asked)
        self._kept = kept or KeptVectors({})
        self._embedder = embedder
        self._executor = executor
        self._collection = open_collection(path, url)
        self._keywords = Keywords({i: " ".join([self._texts[i], *asked.get(i, ())]) for i in self._passages})
        self._terms = Terms({passage.id: passage.section for passage in passages if passage.kind == "glossary"})

    def index(self) -> IndexReport:
        """Bring the store up to date: only what is new or changed is embedded, and of that only what is kept nowhere."""
        stored = self._collection.get(include=["metadatas"])
        have = {i: (m or {}).get("hash") for i, m in zip(stored["ids"], stored["metadatas"], strict=True)}
        want = {i: key_of(self._embedder.fingerprint, text) for i, text in self._texts.items()}
        changed = [i for i in want if have.get(i) != want[i]]
        gone = [i for i in have if i not in want]
        if changed:
            texts = [self._texts[i] for i in changed]
            vectors = self._vectors([want[i] for i in changed], texts)
            self._collection.upsert(ids=changed, embeddings=vectors, documents=texts, metadatas=[{"hash": want[i]} for i in changed])
        if gone:
            self._collection.delete(ids=gone)
        added = sum(i not in have for i in changed)
        return IndexReport(added, len(changed) - added, len(gone), len(want) - len(changed))

    @traced("search playbook", "retriever")
    async def search(self, query: str, limit: int = 5, about: str | None = None) -> tuple[Found, ...]:
        """Return the passages that answer a query, best first; `about` keeps to one criterion, or to a gap and its criteria."""
        if not query.strip():
            return ()
        return await self._executor.run(self._search, query, limit, about)

    def _search(self, query: str, limit: int, about: str | None) -> tuple[Found, ...]:
        within = {i for i, passage in self._passages.items() if about is None or _concerns(passage, about)}
        cosines = self._cosines(query, within)
        term = self._terms.asked(query)
        by_words = [i for i in self._keywords.ranked(query) if i in within][:RANKED]
        first = [term] if term in within else []
        if not first and not any(self._covers(query, i, cosine) for i, cosine in cosines.items()):
            return ()
        ranked = [i for i in _fused(list(cosines), by_words) if i not in first and cosines.get(i, 0.0) >= LEAST_LIKE]
        return tuple(Found(self._passages[i], min(1.0, max(0.0, cosines.get(i, 0.0)))) for i in [*first, *ranked][:limit])

    def _cosines(self, query: str, within: set[str]) -> dict[str, float]:
        """Return the nearest passages' cosines, best first: that of a passage's nearest vector."""
        if not within:
            return {}
        only = None if len(within) == len(self._passages) else [i for i in self._texts if _passage_of(i) in within]
        near = self._collection.query(
            query_embeddings=self._embedder.embed([query]),
            n_results=min(NEAREST, len(only or self._texts)),
            ids=only,
            include=["distances"],
        )
        best: dict[str, float] = {}
        for i, distance in zip(near["ids"][0], near["distances"][0], strict=True):
            if (passage := _passage_of(i)) in within:
                best.setdefault(passage, 1.0 - float(distance))
        return dict(list(best.items())[:RANKED])

    def _covers(self, query: str, passage_id: str, cosine: float) -> bool:
        return cosine + WORDS_BONUS * self._keywords.coverage(query, passage_id) >= COVERED

    def _vectors(self, keys: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the texts' vectors (n, 384): kept ones where there are."""
        found: dict[str, Vector] = {key: vector for key in keys if (vector := self._kept.of(key)) is not None}
        lacking = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if lacking:
            found |= dict(zip(lacking, self._embedder.embed(list(lacking.values())), strict=True))
        return np.stack([found[key] for key in keys])


def searched_texts(passages: Sequence[Passage], questions: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return every text that has a vector of its own, by the vector's id: each passage, and each question that it answers."""
    texts = {passage.id: passage.searched for passage in passages}
    return texts | {f"{passage.id}?{n}": words for passage in passages for n, words in enumerate(questions.get(passage.id, ()))}


def _passage_of(vector_id: str) -> str:
    return vector_id.partition("?")[0]


def _concerns(passage: Passage, about: str) -> bool:
    return any(one == about or one.startswith(f"{about}.") for one in passage.about)


def _fused(by_meaning: list[str], by_words: list[str]) -> list[str]:
    """Merge two rankings by reciprocal rank, best first."""
    fused: dict[str, float] = {}
    for ranking, weight in ((by_meaning, 1.0), (by_words, WORDS_WEIGHT)):
        for rank, passage_id in enumerate(ranking):
            fused[passage_id] = fused.get(passage_id, 0.0) + weight / (FUSION + rank)
    return sorted(fused, key=lambda i: -fused[i])
