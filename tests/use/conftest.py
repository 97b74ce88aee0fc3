"""Every use case is tested on both databases."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from app.encoder.model import Encoder
from app.knowledge.load import Knowledge
from app.knowledge.playbook import Playbook
from app.settings import Settings
from evals.program import Program, running
from tests.conftest import NOON
from tests.databases import database_url, new_url, postgres, sqlite_template

__all__ = ["database_url", "new_url", "postgres", "program", "sqlite_template"]


@pytest.fixture
async def program(
    settings: Settings, database_url: str, encoder: Encoder, knowledge: Knowledge, playbook: Playbook
) -> AsyncIterator[Program]:
    chosen = settings.model_copy(update={"database_url": SecretStr(database_url)})
    async with running(chosen, encoder=encoder, knowledge=knowledge, playbook=playbook, clock=lambda: NOON) as built:
        yield built
