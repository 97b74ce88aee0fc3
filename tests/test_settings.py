"""What follows from the settings alone."""

import pytest

from app.settings import Settings


@pytest.mark.parametrize(
    ("fields", "host"),
    [
        ({}, None),
        ({"openai_api_key": "x"}, "api.openai.com"),
        ({"openai_base_url": "http://127.0.0.1:8080/v1"}, None),
        ({"openai_base_url": "https://models.example.org/v1"}, "models.example.org"),
        ({"openai_base_url": "https://models.example.org/v1", "assessor": "encoder"}, None),
    ],
)
def test_the_host_that_reads_answers_follows_from_what_is_set(fields: dict[str, str], host: str | None, settings: Settings) -> None:
    assert Settings.model_validate(settings.model_dump() | fields).model_host == host
