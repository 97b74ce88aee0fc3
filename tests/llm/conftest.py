from collections.abc import Iterator

import pytest

from app.llm.by_openai import OpenAIEndpoint
from app.llm.model import Call
from app.llm.prompts import Rendered
from evals.endpoint import Endpoint, serving
from tests.llm.local_server import NAME, llama_server


@pytest.fixture
def scripted() -> Iterator[Endpoint]:
    with serving() as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def llama() -> Iterator[str]:
    with llama_server() as url:
        yield url


def endpoint_at(url: str, **more: object) -> OpenAIEndpoint:
    models = {"fast": NAME, "careful": NAME}
    return OpenAIEndpoint(api_key=None, base_url=url, models=models, **more)  # type: ignore[arg-type]


PATIENT_SECONDS = 240.0
"""A small model on a machine that does other work beside it is slow; how slow is not what is tested."""


def call(user: str = "Name a colour.", most_tokens: int = 60, seconds: float = PATIENT_SECONDS) -> Call:
    return Call(Rendered("test", "0" * 12, "You are brief.", user), "fast", most_tokens, seconds)
