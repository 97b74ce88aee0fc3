"""The report's page in a real browser: what a checker of accessibility finds, and that nothing sticks out, at any width and in the dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.audit.plan.changes import WhatIf
from app.knowledge.load import Knowledge
from tests.browser.server import Server
from tests.reports.printed import page_of
from tests.reports.reports import KINDS, report

pytestmark = pytest.mark.browser
BAD = ("serious", "critical")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture
def bare(chromium: Browser) -> Iterator[Page]:
    """A page that shows a file; nothing is served."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def bad(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in BAD]


@pytest.mark.parametrize("kind", KINDS)
def test_no_serious_accessibility_issue_in_light_or_in_dark(bare: Page, knowledge: Knowledge, kind: str, tmp_path: Path) -> None:
    made = report(knowledge, kind).model_copy(update={"what_if": WhatIf().with_capacity(30)})
    (tmp_path / "report.html").write_text(page_of(knowledge, made, edit="/reports/x/what-if"), encoding="utf-8")
    for scheme in ("light", "dark"):
        bare.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        bare.goto(f"file://{tmp_path}/report.html")
        assert bad(bare) == [], scheme


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_the_width_of_a_phone(bare: Page, knowledge: Knowledge, kind: str, tmp_path: Path) -> None:
    bare.set_viewport_size({"width": 360, "height": 740})
    (tmp_path / "report.html").write_text(page_of(knowledge, report(knowledge, kind)), encoding="utf-8")
    bare.goto(f"file://{tmp_path}/report.html")
    assert bare.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_checker_finds_what_is_wrong(bare: Page) -> None:
    bare.set_content("<html lang='en'><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#ccc'>pale</p></main></html>")
    assert {one.split(":")[0] for one in bad(bare)} == {"image-alt", "color-contrast"}


def test_our_own_audit_has_no_serious_issue(page: Page, server: Server) -> None:
    page.goto(server.url + "/about/our-own-audit")
    # Axe is put in through the debugger's side, which the page's policy against scripts does not stop.
    assert bad(page) == []
