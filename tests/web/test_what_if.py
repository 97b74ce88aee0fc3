"""Trying things out on a report: the plan and its expected score follow, the ratings never do, and only its owner may."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from app.access.principal import Visitor
from evals.program import Program
from tests.web.site import browsing, cookie_of

SAID = (
    "We pilot an assistant for insurance claims, about 2,000 claims a month, worth EUR 12 each. Files are copied by hand every Monday.",
    "Nothing is recorded and no tool is chosen.",
    "finish",
)


OWNER = Visitor(id=str(uuid4()))


@pytest.fixture
async def audit(program: Program) -> str:
    audit = str(uuid4())
    await program.use.interviews.begin(OWNER, audit)
    for text in SAID:
        await program.say(audit, text)
    return audit


@pytest.fixture
async def browser(program: Program, audit: str) -> AsyncIterator[httpx.AsyncClient]:
    token = (await program.use.shares.links(OWNER, audit)).token
    async with browsing(program, f"/reports/{token}/", visitor=OWNER.id) as client:
        yield client


async def sent(browser: httpx.AsyncClient, **fields: str) -> int:
    return (await browser.post("what-if", data=fields)).status_code


async def test_a_task_that_is_taken_out_is_gone_and_the_score_follows(program: Program, audit: str, browser: httpx.AsyncClient) -> None:
    before = await program.report(audit)
    task = next(t for sprint in before.roadmap.sprints for t in sprint.tasks if t.to_level is not None)
    assert await sent(browser, do="drop", task=task.id) == 303
    after = await program.report(audit)
    assert task.id not in [t.id for sprint in after.roadmap.sprints for t in sprint.tasks]
    assert task.id in [one.id for one in after.not_yet]
    assert after.result == before.result, "the ratings stay"
    assert after.expected_as_planned == before.roadmap.sprints[-1].expected
    assert await sent(browser, do="restore", task=task.id) == 303
    assert (await program.report(audit)).roadmap == before.roadmap


async def test_what_cannot_be_moved_says_why(program: Program, audit: str, browser: httpx.AsyncClient) -> None:
    assert await sent(browser, do="add", task="data.magic:0-1") == 303
    assert (await program.report(audit)).roadmap.refusals


async def test_own_figures_change_what_waiting_costs(program: Program, audit: str, browser: httpx.AsyncClient) -> None:
    assert await sent(browser, do="assume", assumption="assisted-share", low="10", high="20") == 303
    share = next(a for a in (await program.report(audit)).impact.assumptions if a.id == "assisted-share")
    assert (share.low, share.high, share.source) == (0.1, 0.2, "Your own figure")
    assert await sent(browser, do="reset") == 303
    assert not (await program.report(audit)).what_if.anything


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
    program: Program, audit: str, browser: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    assert await sent(browser, **fields) == 422
    assert not (await program.report(audit)).what_if.anything


async def test_only_the_owner_may(program: Program, audit: str, browser: httpx.AsyncClient) -> None:
    browser.headers["cookie"] = cookie_of(str(uuid4()))
    assert await sent(browser, do="drop", task="data.pipeline:0-1") == 403
    browser.headers["cookie"] = "fivegap_visitor=forged"
    assert await sent(browser, do="drop", task="data.pipeline:0-1") == 403
    assert not (await program.report(audit)).what_if.anything


async def test_an_unknown_report_is_not_found(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("http://audit/reports/nothing/what-if", data={"do": "reset"})).status_code == 404
