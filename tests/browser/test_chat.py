"""The chat in a real browser, as a person uses it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server

pytestmark = pytest.mark.browser
OPENING = "We pilot an assistant that drafts replies to insurance claims. Eight months so far. Files are exported by hand every Monday."
SLOW = 20_000


def say(page: Page, text: str) -> None:
    """Type and send; while an answer still comes in, the page keeps what is typed."""
    field = page.locator("#chat-input")
    field.fill(text)
    for _ in range(40):
        field.press("Enter")
        page.wait_for_timeout(250)
        if not (field.input_value() if field.evaluate("e => 'value' in e") else field.inner_text()).strip():
            return
    raise AssertionError(f"the page does not take {text!r}")


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


def arrive(page: Page, server: Server, path: str = "/") -> None:
    page.goto(server.url + path)
    expect(page.locator("#chat-input")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(1_500)  # what is sent before the socket is up is lost


def settled(page: Page) -> None:
    """Wait until a new thread has its address: the page empties the field when it goes there."""
    page.wait_for_url(re.compile(r"/thread/"))
    page.wait_for_timeout(1_500)


def begin(page: Page, server: Server) -> None:
    arrive(page, server)
    say(page, OPENING)
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)


def test_the_start_page_offers_two_depths(page: Page, server: Server) -> None:
    arrive(page, server)
    expect(button(page, re.compile("Start the full audit"))).to_be_visible(timeout=SLOW)
    button(page, re.compile("quick check")).click()
    expect(page.get_by_text("five minutes").last).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("To begin:").last).to_be_visible()


def test_answering_by_tap_and_by_typing(page: Page, server: Server) -> None:
    begin(page, server)
    button(page, "Skip").last.click()
    expect(page.get_by_text("Skip", exact=True).first).to_be_visible(timeout=SLOW)
    say(page, "What is drift detection?")
    expect(page.get_by_text("From the playbook:").last).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Drift detection").last).to_be_visible()


def test_reloading_and_a_killed_server_lose_nothing(page: Page, server: Server) -> None:
    begin(page, server)
    question = page.locator(".ai-message").last.inner_text()
    page.wait_for_url(re.compile(r"/thread/"))
    page.reload()
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    assert page.locator(".ai-message").last.inner_text().splitlines()[0] == question.splitlines()[0]
    server.kill()
    server.start()
    page.goto(server.url)  # the start page leads back to the open audit
    page.wait_for_url(re.compile(r"/thread/"))
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    button(page, "Don't know").last.click()
    expect(page.get_by_text("not known to you").last).to_be_visible(timeout=SLOW)


def test_the_report_is_shown_and_can_be_downloaded(page: Page, server: Server) -> None:
    begin(page, server)
    say(page, "finish now")
    link = page.get_by_role("link", name="Open the whole report")
    expect(link).to_be_visible(timeout=SLOW)
    expect(page.locator("img[alt*='radar'], img[src*='radar.svg']").last).to_be_visible(timeout=SLOW)
    address = link.get_attribute("href") or ""
    pdf = page.request.get(f"{server.url}{address}/report.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")
    page.goto(server.url + address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_colleague_answers_under_their_own_name(page: Page, server: Server) -> None:
    begin(page, server)
    say(page, "finish now")
    expect(page.get_by_text("A colleague can answer what you did not know")).to_be_visible(timeout=SLOW)
    page.locator("#chat-settings-open-modal").click()
    page.get_by_label("Who answers?").fill("Ana Ruiz, InfoSec")
    button(page, "Confirm").click()
    expect(page.get_by_text("I note the answers as those of Ana Ruiz, InfoSec")).to_be_visible(timeout=SLOW)
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    page.reload()
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    page.locator("#chat-settings-open-modal").click()
    expect(page.get_by_label("Who answers?")).to_have_value("Ana Ruiz, InfoSec")


def test_who_was_here_before_can_see_what_has_changed(page: Page, server: Server) -> None:
    arrive(page, server)
    assert button(page, re.compile("what has changed")).count() == 0
    say(page, OPENING)
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    say(page, "finish now")
    expect(page.get_by_role("link", name="Open the whole report")).to_be_visible(timeout=SLOW)
    arrive(page, server)
    button(page, re.compile("what has changed")).click()
    expect(page.get_by_text("Welcome back. On ").last).to_be_visible(timeout=SLOW)
    settled(page)
    say(page, "Nothing yet.")
    expect(button(page, "As it was last time").last).to_be_visible(timeout=SLOW)
    say(page, "finish now")
    link = page.get_by_role("link", name="Open the whole report")
    expect(link).to_be_visible(timeout=SLOW)
    page.goto(server.url + (link.get_attribute("href") or ""))
    expect(page.get_by_role("heading", name="Since the last audit")).to_be_visible()


def test_it_works_at_phone_width_and_by_keyboard(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page, server)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    choice = button(page, "Don't know").last
    choice.focus()
    choice.press("Enter")
    expect(page.get_by_text("not known to you").last).to_be_visible(timeout=SLOW)


def test_what_a_person_types_is_shown_as_text(page: Page, server: Server) -> None:
    begin(page, server)
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    say(page, "<img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3)) nobody owns it")
    page.wait_for_timeout(2_000)
    assert alerts == []


def test_a_stranger_finds_nothing_under_a_guessed_address(page: Page, server: Server) -> None:
    for path in ("/reports/guess", "/open/ABCDEFGHJK", "/docs", "/openapi.json"):
        assert page.request.get(server.url + path).status == 404
    headers = page.request.get(server.url + "/healthz").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
