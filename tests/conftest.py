"""What every test may use: the real parts on a folder of its own; the network is closed but for loopback."""

import os
from collections.abc import AsyncIterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.encoder.model import Encoder
from app.executor import Executor
from app.knowledge.load import Knowledge, load_knowledge
from app.knowledge.playbook import Playbook
from app.settings import Settings
from evals.program import Program, running

os.environ.setdefault("LANGSMITH_TEST_TRACKING", "false")
"""Cases marked `langsmith` are kept there only when somebody asks for it."""

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    made = Executor()
    yield made
    await made.close()


@pytest.fixture(scope="session")
def indexed(knowledge: Knowledge, encoder: Encoder) -> Playbook:
    """The playbook in memory, indexed once."""
    made = Playbook(knowledge.passages, encoder, Executor(), questions=knowledge.questions, kept=knowledge.vectors)
    made.index()
    return made


@pytest.fixture
async def playbook(indexed: Playbook) -> AsyncIterator[Playbook]:
    """The same playbook on threads of this test's own: an executor belongs to one event loop."""
    mine, executor = copy(indexed), Executor()
    mine._executor = executor
    yield mine
    await executor.close()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("LANGSMITH_TRACING", "LANGSMITH_API_KEY", "LANGSMITH_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    return Settings(var=tmp_path / "var")


@pytest.fixture
async def program(settings: Settings, encoder: Encoder, knowledge: Knowledge, playbook: Playbook) -> AsyncIterator[Program]:
    async with running(settings, encoder=encoder, knowledge=knowledge, playbook=playbook, clock=lambda: NOON) as built:
        yield built
