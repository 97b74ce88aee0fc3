"""What a person thinks of an answer, from the tap in a real browser to LangSmith's door."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.test_chat import SLOW, arrive, button, say
from tests.observability.recorder import Recorder

pytestmark = pytest.mark.browser
OPENING = "We pilot a claims assistant. Every Monday somebody exports the files by hand from the old system and copies them over."


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, recorder: Recorder) -> Iterator[Server]:
    tracing = {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "x", "LANGSMITH_ENDPOINT": recorder.url}
    running = Server(tmp_path_factory.mktemp("feedback") / "var", **tracing)
    running.start()
    yield running
    running.kill()


def comes(ready: Callable[[], object]) -> bool:
    ends = time.monotonic() + 15
    while not ready() and time.monotonic() < ends:
        time.sleep(0.1)
    return bool(ready())


def turn_of(recorder: Recorder, key: str) -> str:
    assert comes(lambda: any(one["key"] == key for one in recorder.feedback))
    given = next(one for one in recorder.feedback if one["key"] == key)
    assert given["score"] == 0
    assert comes(lambda: given["run_id"] in recorder.runs)
    name: str = recorder.runs[given["run_id"]]["name"]
    return name


def test_saying_that_it_was_misread_asks_for_the_change_and_is_noted(page: Page, server: Server, recorder: Recorder) -> None:
    arrive(page, server)
    say(page, OPENING)
    misread = button(page, "That's not what I said").last
    expect(misread).to_be_visible(timeout=SLOW)
    before = page.locator(".ai-message").count()
    misread.click()
    expect(page.locator(".ai-message").nth(before)).to_be_visible(timeout=SLOW)
    assert turn_of(recorder, "misread") == "turn"


def test_a_thumb_reaches_the_turn(page: Page, server: Server, recorder: Recorder) -> None:
    arrive(page, server)
    say(page, OPENING)
    expect(button(page, "Don't know").last).to_be_visible(timeout=SLOW)
    say(page, "What is drift detection?")
    expect(page.get_by_text("From the playbook:").last).to_be_visible(timeout=SLOW)
    page.locator("button.negative-feedback-off:visible").last.click()
    button(page, "Submit feedback").click()
    assert turn_of(recorder, "thumb") == "turn"
