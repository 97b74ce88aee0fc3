"""Trying things out on a report: the plan and its expected score follow, the ratings never do, and only its owner may."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.interview.events import Message
from app.services import Services
from app.storage.visitor import set_cookie_header
from app.web.routes import router
from app.web.what_if import router as what_if

SAID = (
    "We pilot an assistant for insurance claims, about 2,000 claims a month, worth EUR 12 each. Files are copied by hand every Monday.",
    "Nothing is recorded and no tool is chosen.",
    "finish",
)


@pytest.fixture
async def audit(services: Services) -> str:
    audit, visitor = str(uuid4()), str(uuid4())
    await services.conversation.start(audit, "full", visitor)
    for text in SAID:
        await services.conversation.reply(audit, Message(text=text))
    return audit


@pytest.fixture
async def browser(services: Services, audit: str) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    app.include_router(what_if)
    app.state.services = services
    record = await services.audits.by_id(audit)
    assert record is not None
    assert record.visitor is not None
    cookie = set_cookie_header(record.visitor, services.secret, secure=False).split(";")[0]
    base = f"http://audit/reports/{record.token}/"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base, headers={"cookie": cookie}) as client:
        yield client


async def sent(browser: httpx.AsyncClient, **fields: str) -> int:
    return (await browser.post("what-if", data=fields)).status_code


async def test_a_task_that_is_taken_out_is_gone_and_the_score_follows(services: Services, audit: str, browser: httpx.AsyncClient) -> None:
    before = await services.report(audit)
    task = next(t for sprint in before.roadmap.sprints for t in sprint.tasks if t.to_level is not None)
    assert await sent(browser, do="drop", task=task.id) == 303
    after = await services.report(audit)
    assert task.id not in [t.id for sprint in after.roadmap.sprints for t in sprint.tasks]
    assert task.id in [one.id for one in after.not_yet]
    assert after.result == before.result, "the ratings stay"
    assert after.expected_as_planned == before.roadmap.sprints[-1].expected
    assert await sent(browser, do="restore", task=task.id) == 303
    assert (await services.report(audit)).roadmap == before.roadmap


async def test_what_cannot_be_moved_says_why(services: Services, audit: str, browser: httpx.AsyncClient) -> None:
    assert await sent(browser, do="add", task="data.magic:0-1") == 303
    assert (await services.report(audit)).roadmap.refusals


async def test_own_figures_change_what_waiting_costs(services: Services, audit: str, browser: httpx.AsyncClient) -> None:
    assert await sent(browser, do="assume", assumption="assisted-share", low="10", high="20") == 303
    share = next(a for a in (await services.report(audit)).impact.assumptions if a.id == "assisted-share")
    assert (share.low, share.high, share.source) == (0.1, 0.2, "Your own figure")
    assert await sent(browser, do="reset") == 303
    assert not (await services.report(audit)).what_if.anything


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "drop"},
        {"do": "fly", "task": "data.pipeline:0-1"},
        {"do": "move", "task": "data.pipeline:0-1", "sprint": "9"},
        {"do": "assume", "assumption": "assisted-share", "low": "90", "high": "20"},
        {"do": "assume", "assumption": "assisted-share", "low": "nan", "high": "inf"},
        {"do": "assume", "assumption": "luck", "low": "1", "high": "2"},
        {"do": "capacity", "days": "0"},
        {"do": "drop", "task": "x" * 500},
        {},
    ],
)
async def test_what_makes_no_sense_changes_nothing(
    services: Services, audit: str, browser: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    assert await sent(browser, **fields) == 422
    assert not (await services.report(audit)).what_if.anything


async def test_only_the_owner_may(services: Services, audit: str, browser: httpx.AsyncClient) -> None:
    browser.headers["cookie"] = set_cookie_header(str(uuid4()), services.secret, secure=False).split(";")[0]
    assert await sent(browser, do="drop", task="data.pipeline:0-1") == 403
    browser.headers["cookie"] = "fivegap_visitor=forged"
    assert await sent(browser, do="drop", task="data.pipeline:0-1") == 403
    assert not (await services.report(audit)).what_if.anything


async def test_an_unknown_report_is_not_found(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("http://audit/reports/nothing/what-if", data={"do": "reset"})).status_code == 404
