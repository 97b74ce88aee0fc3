"""The program's own audit is a page that everybody may find, and that loads nothing."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.knowledge.load import FOLDER
from app.knowledge.self_audit import load_self_audit
from app.web.middleware import REPORT_POLICY
from evals.program import Program
from tests.web.site import site

ADDRESS = "/about/our-own-audit"
LOADING = re.compile(r"<(?:script|link|iframe|img|object|embed|video|audio|source)\b|@import|url\(|\ssrc=", re.IGNORECASE)


@pytest.fixture
def client(program: Program) -> Iterator[TestClient]:
    yield TestClient(site(program))


def test_the_page_has_the_checklist_and_our_words(client: TestClient, program: Program) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    page = unescape(answer.text)
    for criterion in program.parts.knowledge.rubric.core:
        assert criterion.checklist in page
    for item in load_self_audit(FOLDER, program.parts.knowledge.rubric).items:
        assert item.says in page
    assert "In our own words" in page


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    answer = client.get(ADDRESS)
    assert LOADING.findall(answer.text) == []
    assert re.findall(r'href="(?!#)[^"]*"', answer.text) == []
    assert answer.headers["content-security-policy"] == REPORT_POLICY


def test_the_page_may_be_listed_and_kept_for_an_hour_and_sets_no_cookie(client: TestClient) -> None:
    answer = client.get(ADDRESS)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert "noindex" not in answer.text
    assert "x-robots-tag" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_the_page_is_made_once_and_kept(client: TestClient) -> None:
    client.get(ADDRESS)
    client.app.state.our_own_audit += "<!-- kept -->"  # type: ignore[attr-defined]
    assert client.get(ADDRESS).text.endswith("<!-- kept -->")


def test_other_reports_stay_private(client: TestClient) -> None:
    answer = client.get("/reports/nobodys")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
