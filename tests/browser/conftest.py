import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.server import Server
from tests.databases import postgres, sqlite_template

__all__ = ["chromium", "page", "postgres", "server", "sqlite_template"]

# Module scope: Playwright keeps an event loop running for as long as it lives, and asyncio tests need their own.
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("browser") / "var")
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    asked_elsewhere: list[str] = []
    context.on("request", lambda r: asked_elsewhere.append(r.url) if not r.url.startswith((server.url, "data:", "blob:", "ws:")) else None)
    yield context.new_page()
    context.close()
    # The page's policy refuses them; what is listed here never left the machine, but must not be more than Chainlit's own two.
    assert not [url for url in asked_elsewhere if "fonts" not in url and "katex" not in url]
