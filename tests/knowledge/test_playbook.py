"""The playbook indexes only what changed, finds what it covers and nothing else."""

from pathlib import Path

import pytest

from app.audit.guidance import Passage
from app.encoder.model import Encoder
from app.errors import KnowledgeError
from app.executor import Executor
from app.knowledge.keywords import words
from app.knowledge.load import Knowledge
from app.knowledge.playbook import IndexReport, Playbook
from tests.knowledge.conftest import CountingEmbedder


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, encoder: Encoder) -> Playbook:
    made = Playbook(knowledge.passages, encoder, Executor(), questions=knowledge.questions, path=tmp_path_factory.mktemp("chroma"))
    made.index()
    return made


def passage(name: str, text: str) -> Passage:
    return Passage(id=f"doc#{name}", document="Doc", section=name, kind="method", about=("data",), text=text)


def test_only_what_changed_is_embedded_again(tmp_path: Path) -> None:
    one, two, three = passage("one", "First."), passage("two", "Second."), passage("three", "Third.")
    embedder = CountingEmbedder()
    assert Playbook([one, two], embedder, Executor(), path=tmp_path).index() == IndexReport(added=2, updated=0, removed=0, unchanged=0)
    assert Playbook([one, two], embedder, Executor(), path=tmp_path).index() == IndexReport(added=0, updated=0, removed=0, unchanged=2)
    assert len(embedder.embedded) == 2
    changed = two.model_copy(update={"text": "Second, mended."})
    assert Playbook([changed, three], embedder, Executor(), path=tmp_path).index() == IndexReport(
        added=1, updated=1, removed=1, unchanged=0
    )
    assert len(embedder.embedded) == 4


async def test_a_passage_is_found_by_what_people_ask_and_by_its_own_words(tmp_path: Path, encoder: Encoder) -> None:
    one, two = passage("one", "Oats need little water."), passage("two", "Idempotent writes change a record once.")
    asked = {"doc#two": ["the invoice was booked twice after a timeout"]}
    playbook = Playbook([one, two], encoder, Executor(), questions=asked, path=tmp_path)
    assert playbook.index() == IndexReport(added=3, updated=0, removed=0, unchanged=0)
    for query in ("the invoice was booked twice", "idempotent writes to a record"):
        assert next(hit.passage.id for hit in await playbook.search(query)) == "doc#two"
    assert [hit.passage.id for hit in await playbook.search("the invoice was booked twice")].count("doc#two") == 1


def test_another_encoder_embeds_everything_again(tmp_path: Path) -> None:
    passages = [passage("one", "First."), passage("two", "Second.")]
    Playbook(passages, CountingEmbedder("one"), Executor(), path=tmp_path).index()
    assert Playbook(passages, CountingEmbedder("two"), Executor(), path=tmp_path).index() == IndexReport(0, 2, 0, 0)


async def test_a_playbook_that_was_not_indexed_finds_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    assert await Playbook(knowledge.passages, CountingEmbedder(), Executor(), path=tmp_path).search("who may stop a bad release") == ()


def test_a_server_that_does_not_answer_is_named(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError, match=r"127\.0\.0\.1:9 cannot be opened"):
        Playbook(knowledge.passages, CountingEmbedder(), Executor(), url="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("How do we practise a rollback?", "agentops.rollback#getting-there"),
        ("what rights should the agent have in our database", "security.data_access#what-good-looks-like"),
        ("how is my score calculated?", "scoring#from-answers-to-a-score"),
    ],
)
async def test_a_question_finds_its_passage(playbook: Playbook, query: str, expected: str) -> None:
    found = await playbook.search(query)
    assert expected in [hit.passage.id for hit in found]
    assert all(0 <= hit.score <= 1 for hit in found)


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("what is drift detection?", "drift-detection"),
        ("What's an SLO?", "slo"),
        ("explain kill switches", "kill-switch"),
        ("least privilege", "least-privilege"),
        ("what is anonymisation", "masking-and-anonymisation"),
        ("What is a data contract and why would I want one?", "data-contract"),
    ],
)
async def test_a_question_for_a_term_finds_it_first(playbook: Playbook, query: str, term: str) -> None:
    found = await playbook.search(query)
    assert found[0].passage.id == f"glossary#{term}"


@pytest.mark.parametrize(
    "query", ["will it rain this afternoon", "recipe for banana bread", "Who painted the Mona Lisa?", "???", "  ", "\U0001f600"]
)
async def test_a_question_that_is_not_covered_finds_nothing(playbook: Playbook, query: str) -> None:
    assert await playbook.search(query) == ()


async def test_a_search_keeps_to_a_criterion_or_to_a_gap_with_its_criteria(playbook: Playbook) -> None:
    query = "how do we go back to the last good version"
    one = await playbook.search(query, about="agentops.rollback")
    assert one and all("agentops.rollback" in hit.passage.about for hit in one)
    gap = await playbook.search(query, about="agentops")
    assert "agentops.rollback" in {criterion for hit in gap for criterion in hit.passage.about}
    assert await playbook.search(query, about="no.such") == ()


async def test_a_smaller_limit_gives_the_beginning_of_the_same_answer(playbook: Playbook) -> None:
    query = "What should the security review cover?"
    assert await playbook.search(query, limit=2) == (await playbook.search(query))[:2]


def test_words_are_cut_to_stems_without_the_commonest() -> None:
    assert words("What are the pipelines and policies we tested?") == ["pipelin", "polici", "test"]
