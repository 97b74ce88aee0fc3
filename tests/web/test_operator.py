"""The operator's page and metrics: what they tell, and to whom."""

import pytest

from app.encoder.model import Encoder
from app.knowledge.load import Knowledge
from app.settings import Settings
from evals.endpoint import serving
from evals.program import Program, running
from tests.web.site import browsing

SAID = "We pilot an assistant for insurance claims."


async def test_it_says_that_no_model_is_in_use(program: Program) -> None:
    async with browsing(program) as client:
        shown = await client.get("/operator")
    assert shown.status_code == 200
    assert "the embedded encoder reads" in shown.text


async def test_it_says_what_failed_and_how_often(settings: Settings, encoder: Encoder, knowledge: Knowledge) -> None:
    with serving() as endpoint:
        endpoint.fault = "401"
        chosen = settings.model_copy(update={"openai_base_url": endpoint.url})
        async with running(chosen, encoder=encoder, knowledge=knowledge) as program:
            await program.begin("audit")
            await program.say("audit", SAID)
            async with browsing(program) as client:
                shown, numbers = await client.get("/operator"), await client.get("/metrics")
    assert "unauthorised (HTTP 401" in shown.text
    assert "spared" in shown.text
    assert 'fivegap_fallbacks_total{reason="unauthorised"} 1.0' in numbers.text
    assert "fivegap_open_interviews 1.0" in numbers.text
    assert "fivegap_turn_seconds_count 2.0" in numbers.text
    assert "insurance" not in shown.text + numbers.text


async def test_tokens_and_cost_are_counted(settings: Settings, encoder: Encoder, knowledge: Knowledge) -> None:
    with serving() as endpoint:
        chosen = settings.model_copy(update={"openai_base_url": endpoint.url.replace("127.0.0.1", "localhost")})
        async with running(chosen, encoder=encoder, knowledge=knowledge) as program:
            await program.begin("audit")
            await program.say("audit", SAID)
            async with browsing(program) as client:
                numbers = (await client.get("/metrics")).text
            assert program.parts.metrics.cost_usd == 0, "a model on this machine costs nothing"
    assert 'fivegap_model_tokens_total{direction="in",model="gpt-6.1-terra"}' in numbers
    assert 'fivegap_model_seconds_count{model="gpt-6.1-terra",outcome="ok"} 1.0' in numbers


@pytest.mark.parametrize("path", ["/operator", "/metrics"])
async def test_it_is_closed_to_everybody_else(program: Program, path: str) -> None:
    async with browsing(program, host="203.0.113.7") as stranger:
        assert (await stranger.get(path)).status_code == 404
    async with browsing(program) as proxied:
        assert (await proxied.get(path, headers={"x-forwarded-for": "203.0.113.7"})).status_code == 404


@pytest.mark.parametrize("path", ["/operator", "/metrics"])
async def test_a_token_opens_it_from_anywhere(settings: Settings, encoder: Encoder, knowledge: Knowledge, path: str) -> None:
    chosen = Settings.model_validate(settings.model_dump() | {"metrics_token": "let-me-in"})
    async with running(chosen, encoder=encoder, knowledge=knowledge) as program, browsing(program, host="203.0.113.7") as client:
        assert (await client.get(path, headers={"authorization": "Bearer let-me-in"})).status_code == 200
        assert (await client.get(path, headers={"authorization": "Bearer nope"})).status_code == 404
        assert (await client.get(path)).status_code == 404
