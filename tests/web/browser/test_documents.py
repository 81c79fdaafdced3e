"""By voice on the page: a document is asked for, stopped in the middle, taken up again after the page was closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from bot import clock
from bot.config import load_config
from dialogs.documents import library
from storage.database import open_database
from tests.web.browser.browsing import PATIENCE, listening, press, visit
from tests.web.browser.conftest import launch, say_into
from tests.web.browser.served import Served, make_branch

TEXT = (
    "“六有一提升”工作方案\n一、组织学习\n支部每月学习一次。年老体弱的在家学习。\n"
    "二、关心看望\n老党员住院两天内看望。\n三、党费\n每季度交一次。\n"
)
SPOKEN_WITHIN = 240_000
"""Milliseconds for a first sentence to be spoken where other work takes the machine."""

pytestmark = [pytest.mark.browser, pytest.mark.models]


@pytest.fixture
def mouth(microphone: Path, tmp_path: Path) -> Path:
    """A microphone of this test's own: what is in it changes from one press to the next."""
    file = tmp_path / "spoken.wav"
    file.write_bytes(microphone.read_bytes())
    return file


@pytest.fixture
def library_served(tmp_path: Path) -> Iterator[Served]:
    """A branch with one document."""
    (tmp_path / "branch").mkdir()
    server = make_branch(tmp_path / "branch")
    db = open_database(load_config(server.folder / "config.toml").database)
    library.take_in(db, 1, TEXT, clock.now(), nicknames="六有一提升")
    db.close()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def talker(playwright: Playwright, mouth: Path) -> Iterator[BrowserContext]:
    browser = launch(playwright, mouth)
    yield browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    browser.close()


def say(page: Page, mouth: Path, words: str, answer: str) -> None:
    """Hold the button, say it, let go; the answer is read."""
    say_into(mouth, words)
    press(page)
    listening(page)
    page.mouse.up()
    expect(page.locator("#answer"), page.locator("#heard").text_content()).to_contain_text(answer, timeout=PATIENCE)


def test_a_member_asks_stops_in_the_middle_comes_back_and_goes_on(
    talker: BrowserContext, library_served: Served, mouth: Path
) -> None:
    address = library_served.links["王桂兰"]
    page = visit(talker, address)
    say(page, mouth, "念一下六有一提升", "您说继续")
    speaking(page)
    say(page, mouth, "请你继续念", "第一部分")
    speaking(page)
    assert where(library_served) == [(1, "reading")]

    say_into(mouth, "先停下来")
    press(page)
    assert page.evaluate("document.getElementById('voice').paused"), "the press alone ends the voice"
    listening(page)
    page.mouse.up()
    expect(page.locator("#answer")).to_contain_text("接着念", timeout=PATIENCE)
    assert where(library_served) == [(1, "stopped")]
    page.close()

    page = visit(talker, address)
    say(page, mouth, "请你继续念", "上次停在")
    expect(page.locator("#answer")).to_contain_text("第一部分")
    speaking(page)
    assert where(library_served) == [(1, "reading")]
    assert library_served.rows("SELECT part FROM listening ORDER BY id") == [("summary",), ("1",), ("1",)]
    assert page.faults == []  # type: ignore[attr-defined]


def speaking(page: Page) -> None:
    page.wait_for_selector("#talk[data-state=speaking]", timeout=SPOKEN_WITHIN)


def where(served: Served) -> list[tuple[object, ...]]:
    return served.rows("SELECT chapter, state FROM bookmark")
