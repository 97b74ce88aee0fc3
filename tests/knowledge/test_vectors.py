"""The kept vectors are those of the shipped encoder and today's texts; nothing that is kept is embedded."""

from pathlib import Path

import numpy as np
import pytest

from app.encoder.model import Encoder
from app.errors import KnowledgeError
from app.executor import Executor
from app.knowledge.load import FOLDER, Knowledge, load_knowledge
from app.knowledge.playbook import IndexReport, Playbook, searched_texts
from app.knowledge.vectors import FILE, KeptVectors, key_of, load_vectors, write_vectors
from tests.knowledge.conftest import CountingEmbedder


class Forbidden(CountingEmbedder):
    """The shipped encoder's name without its power to embed."""

    def embed(self, texts: object) -> None:  # type: ignore[override]
        raise AssertionError("nothing is embedded that is kept")


def test_every_text_of_the_playbook_is_kept_and_nothing_else(knowledge: Knowledge, encoder: Encoder) -> None:
    texts = searched_texts(knowledge.passages, knowledge.questions).values()
    assert knowledge.vectors.keys == {key_of(encoder.fingerprint, text) for text in texts}, "stale: make vectors"


def test_what_is_kept_is_what_the_encoder_gives(knowledge: Knowledge, encoder: Encoder) -> None:
    for text in list(searched_texts(knowledge.passages, knowledge.questions).values())[::97]:
        kept = knowledge.vectors.of(key_of(encoder.fingerprint, text))
        assert kept is not None and float(kept @ encoder.embed([text])[0]) > 0.999


def test_a_first_index_embeds_nothing(tmp_path: Path, knowledge: Knowledge, encoder: Encoder) -> None:
    embedder = Forbidden(encoder.fingerprint)
    playbook = Playbook(knowledge.passages, embedder, Executor(), questions=knowledge.questions, kept=knowledge.vectors, path=tmp_path)
    assert playbook.index() == IndexReport(len(searched_texts(knowledge.passages, knowledge.questions)), 0, 0, 0)


async def test_a_text_that_is_not_kept_is_embedded_and_found_beside_the_kept_ones(tmp_path: Path, knowledge: Knowledge) -> None:
    embedder = CountingEmbedder()
    one, two = knowledge.passages[0], knowledge.passages[1]
    kept = KeptVectors({key_of("one", one.searched): embedder.embed([one.searched])[0]})
    embedder.embedded.clear()
    playbook = Playbook([one, two], embedder, Executor(), kept=kept, path=tmp_path)
    playbook.index()
    assert embedder.embedded == [two.searched]
    for passage in (one, two):
        assert (await playbook.search(passage.searched))[0].passage == passage


def test_another_encoder_takes_none_of_them(tmp_path: Path, knowledge: Knowledge) -> None:
    embedder, passages = CountingEmbedder("another"), knowledge.passages[:3]
    Playbook(passages, embedder, Executor(), kept=knowledge.vectors, path=tmp_path).index()
    assert embedder.embedded == [passage.searched for passage in passages]


def test_vectors_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = CountingEmbedder().embed(["one two", "three"])
    write_vectors(tmp_path / FILE, {"b": rows[0], "a": rows[1]})
    kept = load_vectors(tmp_path / FILE)
    assert kept.keys == {"a", "b"}
    for key, row in (("b", rows[0]), ("a", rows[1])):
        found = kept.of(key)
        assert found is not None and found.dtype == np.float32 and np.allclose(found, row, atol=1e-3)
    assert kept.of("c") is None


def test_a_language_without_kept_vectors_is_read(folder: Path) -> None:
    (folder / FILE).unlink()
    assert load_knowledge(folder).vectors.keys == frozenset()


@pytest.mark.parametrize("content", [b"", b"no archive", (FOLDER / FILE).read_bytes()[:5000]])
def test_a_spoilt_file_is_named(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"knowledge/en/vectors\.npz: cannot be read .*make vectors"):
        load_knowledge(folder)
