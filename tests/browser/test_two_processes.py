"""Two server processes on one PostgreSQL behind nginx, as docs/operating.md says: the same audit goes on in either."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import make_url

from tests.browser.server import Server, free_port
from tests.browser.test_chat import OPENING, SLOW, button, say

pytestmark = pytest.mark.browser
CONFIGURATION = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
NGINX = shutil.which("nginx")
STARTS_WITHIN = 10.0


def _database(postgres: str) -> str:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE two_processes")
    return make_url(postgres).set(database="two_processes", drivername="postgresql+psycopg").render_as_string(hide_password=False)


@pytest.fixture
def both(tmp_path: Path, postgres: str) -> Iterator[tuple[Server, Server]]:
    """Start two processes on one database, with one secret."""
    shared = {"FIVEGAP_DATABASE_URL": _database(postgres), "FIVEGAP_SECRET": "one secret for all of them, long enough"}
    servers = tuple(Server(tmp_path / name / "var", **shared) for name in ("one", "other"))
    for server in servers:
        server.var.parent.mkdir()
        server.start()
    yield servers[0], servers[1]
    for server in servers:
        server.kill()


@pytest.fixture
def proxy(tmp_path: Path, both: tuple[Server, Server]) -> Iterator[str]:
    """Run nginx with the documented configuration, on other ports."""
    if NGINX is None:
        pytest.skip("there is no nginx here: apt-get install nginx-light")
    port = free_port()
    text = CONFIGURATION.read_text().replace(":8001", f":{both[0].port}").replace(":8002", f":{both[1].port}").replace(":8000", f":{port}")
    for folder in ("run", "logs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "nginx.conf").write_text(text)
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", "nginx.conf", "-e", "logs/error.log", "-g", "daemon off;"])
    url, ends = f"http://127.0.0.1:{port}", time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends:
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    else:
        raise AssertionError("nginx does not answer:\n" + (tmp_path / "logs" / "error.log").read_text())
    yield url
    process.terminate()
    process.wait()


def reach(page: Page, proxy: str) -> None:
    """Wait until the browser that keeps this page's cookies gets an answer."""
    ends = time.monotonic() + SLOW / 1000
    while page.request.get(f"{proxy}/healthz").status != 200:
        assert time.monotonic() < ends, "nobody answers this visitor"
        page.wait_for_timeout(200)


def goes_on(page: Page, proxy: str, audit: str) -> None:
    """Open the audit, see what was said before, and answer once more."""
    reach(page, proxy)
    page.goto(f"{proxy}/thread/{audit}")
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("insurance claims").first).to_be_visible()
    before = page.get_by_text("not known to you").count()
    page.wait_for_timeout(1_000)  # the page puts the buttons back once it has resumed
    button(page, "Don't know").last.click()
    expect(page.get_by_text("not known to you")).to_have_count(before + 1, timeout=SLOW)


def test_an_audit_goes_on_in_either_process_when_the_other_is_killed(chromium: Browser, both: tuple[Server, Server], proxy: str) -> None:
    one, other = both
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(proxy)
    expect(button(page, re.compile("Start the full audit"))).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(1_500)  # what is sent before the socket is up is lost
    say(page, OPENING)
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    page.wait_for_url(re.compile(r"/thread/"))
    audit = page.url.rpartition("/")[2].partition("?")[0]
    one.kill()
    goes_on(page, proxy, audit)
    one.start()
    other.kill()
    goes_on(page, proxy, audit)
    context.close()
