"""A member and the secretary talk to their pages: held, tapped, by keys, by the phone's recorder, without a network."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.web.browser.browsing import (
    INVITATION,
    PATIENCE,
    PICTURES,
    heard_and_answered,
    listening,
    press,
    state,
    visit,
)
from tests.web.browser.conftest import launch
from tests.web.browser.served import Served

LONGER_THAN_A_SECOND = re.compile(r"[1-9]\d*\.\d+")

pytestmark = [pytest.mark.browser, pytest.mark.models]


def test_a_member_holds_the_button_speaks_reads_and_hears(phone: BrowserContext, served: Served) -> None:
    before = recordings(served)
    page = visit(phone, served.links["王桂兰"])
    press(page)
    listening(page)
    page.mouse.up()
    heard_and_answered(page)
    state(page, "speaking")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "member-answer.png")
    expect(page.locator("body")).to_have_attribute("data-played", LONGER_THAN_A_SECOND, timeout=PATIENCE)
    states = page.evaluate("states.filter((each, at) => each !== states[at - 1])")
    assert states[:4] == ["opening", "listening", "thinking", "speaking"]
    assert recordings(served) == before + 1
    assert served.rows("SELECT name FROM registration JOIN member ON member.id = member_id") == [("王桂兰",)]


def test_a_shaking_hand_taps_speaks_and_taps_again(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    page.locator("#talk").tap()
    listening(page)
    expect(page.locator("#hint")).to_have_text("请说，说完再点一下")
    page.locator("#talk").tap()
    heard_and_answered(page)


TWO_TAPS = """() => {
  const talk = document.getElementById("talk");
  talk.click();
  new MutationObserver((_, observer) => {
    if (talk.dataset.state !== "listening") return;
    observer.disconnect();
    talk.click();  // at once: the same shaking hand
  }).observe(talk, { attributeFilter: ["data-state"] });
}"""


@pytest.mark.soak
def test_a_finger_that_bounces_neither_ends_nor_splits_what_is_said(phone: BrowserContext, served: Served) -> None:
    before = recordings(served)
    page = visit(phone, served.links["王桂兰"])
    press(page)
    state(page, "listening")
    page.wait_for_timeout(600)
    for _ in range(3):  # the button is lost and found again
        page.mouse.up()
        page.mouse.down()
    page.mouse.up()
    expect(page.locator("#answer")).not_to_have_text(INVITATION, timeout=PATIENCE)
    assert recordings(served) == before + 1
    page.evaluate(TWO_TAPS)
    state(page, "listening")
    page.wait_for_timeout(1000)
    state(page, "listening")
    page.locator("#talk").tap()
    expect(page.locator("#talk")).not_to_have_attribute("data-state", "listening")
    assert page.faults == []  # type: ignore[attr-defined]


def recordings(served: Served) -> int:
    return int(str(served.rows("SELECT count(*) FROM inbox WHERE recording_id IS NOT NULL")[0][0]))


@pytest.mark.soak
def test_a_key_is_a_finger(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    page.locator("#talk").focus()
    page.keyboard.down("Space")
    state(page, "listening")
    page.wait_for_timeout(600)
    page.keyboard.up("Space")
    expect(page.locator("#answer")).not_to_have_text(INVITATION, timeout=PATIENCE)


def test_without_https_the_phone_s_own_recorder_is_used(
    phone: BrowserContext, served: Served, microphone: Path
) -> None:
    address = served.links["王桂兰"].replace("127.0.0.1", "phone.test")
    page = phone.new_page()
    page.goto(address)
    assert page.evaluate("isSecureContext") is False
    expect(page.locator("#recorder")).to_be_visible()
    expect(page.locator("#talk")).to_be_hidden()
    page.screenshot(path=PICTURES / "member-recorder.png")
    page.locator("#file").set_input_files(microphone)
    expect(page.locator("#recorder")).to_be_hidden()  # the big button says what goes on
    expect(page.locator("#heard")).to_contain_text("学习", timeout=PATIENCE)
    state(page, "speaking")
    page.locator("#talk").tap()
    expect(page.locator("#recorder")).to_be_visible()


def test_a_refused_microphone_leads_to_the_phone_s_recorder(
    playwright: Playwright, served: Served, microphone: Path
) -> None:
    browser = launch(playwright, microphone, "=deny")
    page = browser.new_page()
    page.goto(served.links["王桂兰"])
    state(page, "ready")
    page.locator("#talk").click()
    expect(page.locator("#recorder")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("用不了麦克风")
    browser.close()


def test_what_was_said_without_a_network_is_kept_and_sent_by_itself(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    before = served.rows("SELECT count(*) FROM inbox WHERE channel = 'web'")[0][0]
    served.stop(signal.SIGKILL)
    press(page)
    listening(page)
    page.mouse.up()
    expect(page.locator("#trouble")).to_contain_text("您说的话我留着", timeout=PATIENCE)
    expect(page.locator("#trouble a[href='tel:13900000001']")).to_be_visible()
    page.screenshot(path=PICTURES / "member-offline.png")
    page.close()  # the phone is put away
    served.start()
    page = phone.new_page()
    page.goto(served.links["王桂兰"])
    expect(page.locator("#heard")).to_contain_text("学习", timeout=PATIENCE)
    expect(page.locator("#trouble")).to_be_hidden()
    assert served.rows("SELECT count(*) FROM inbox WHERE channel = 'web'") == [(before + 1,)]
    page.reload()
    state(page, "ready")
    assert served.rows("SELECT count(*) FROM inbox WHERE channel = 'web'") == [(before + 1,)]
