"""The pages in a real browser with a microphone: pressed, spoken to, listened to, enlarged, cut off."""

from __future__ import annotations

import itertools
import signal
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bot.web.wording import wording
from speech.audio import decode
from tests import spoken
from tests.web.served import Served, make_branch

pytestmark = [pytest.mark.browser, pytest.mark.models]

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = Path(__file__).parents[2] / "artefacts" / "web"
REQUEST = "我要报名参加下周三的学习会"
INVITATION = wording("page")["invitation"]
SILENCE_IN_FRONT = 1.0
"""Seconds: the microphone begins when the button goes down, a person does not."""
PATIENCE = 90_000
"""Milliseconds for an answer on a busy machine."""


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's microphone hears: a member who wants to sign up, in a voice that is not the product's."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (apt install chromium)")
    spoken.need_models()
    samples = decode(spoken.speak(REQUEST, "zm_yunyang")).samples
    before, after = np.zeros(int(SILENCE_IN_FRONT * 16_000)), np.zeros(8_000)
    sound = np.repeat(np.concatenate([before, samples, after]), 3)  # 16 kHz to the 48 kHz that Chromium wants
    file = tmp_path_factory.mktemp("microphone") / "request.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return file


@pytest.fixture(scope="module")
def served(microphone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = make_branch(tmp_path_factory.mktemp("branch"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, microphone: Path, permission: str = "") -> Browser:
    return playwright.chromium.launch(
        executable_path=str(CHROMIUM),
        args=[
            "--no-sandbox",
            f"--use-fake-ui-for-media-stream{permission}",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone}%noloop",
            "--disable-background-networking",
            "--host-resolver-rules=MAP phone.test 127.0.0.1",
        ],
    )


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, microphone: Path) -> Iterator[Browser]:
    browser = launch(playwright, microphone)
    yield browser
    browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context
    context.close()


WATCH = """
window.played = [];  // seconds of each sound that was played to its end
window.states = [];  // what the button has said, in order
document.addEventListener("DOMContentLoaded", () => {
  const talk = document.getElementById("talk");
  new MutationObserver(() => states.push(talk.dataset.state)).observe(talk, { attributeFilter: ["data-state"] });
  document.getElementById("voice").addEventListener("ended", (event) => played.push(event.target.duration));
});
"""


def visit(phone: BrowserContext, address: str) -> Page:
    """The page, ready, and watched."""
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.add_init_script(WATCH)
    page.goto(address)
    state(page, "ready")
    page.faults = faults  # type: ignore[attr-defined]
    return page


def state(page: Page, name: str) -> None:
    page.wait_for_selector(f"#talk[data-state={name}]", timeout=PATIENCE, state="attached")


def listening(page: Page) -> None:
    """Wait while the member says what is in the microphone's file."""
    state(page, "listening")
    page.wait_for_timeout(SILENCE_IN_FRONT * 1000 + 3200)


def press(page: Page) -> None:
    box = page.locator("#talk").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def heard_and_answered(page: Page) -> None:
    expect(page.locator("#heard")).to_contain_text("学习", timeout=PATIENCE)
    expect(page.locator("#answer")).to_contain_text("学习")
    assert page.faults == []  # type: ignore[attr-defined]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_member_holds_the_button_speaks_reads_and_hears(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    press(page)
    listening(page)
    page.mouse.up()
    heard_and_answered(page)
    state(page, "speaking")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "member-answer.png")
    state(page, "ready")
    assert page.evaluate("states.filter((each, at) => each !== states[at - 1])")[:5] == [
        "opening", "listening", "thinking", "speaking", "ready",
    ]  # fmt: skip
    assert sum(page.evaluate("played")) > 1.0
    assert served.rows("SELECT count(*) FROM inbox WHERE channel = 'web' AND state = 'done'") == [(1,)]
    assert served.rows("SELECT name FROM registration JOIN member ON member.id = member_id") in ([("王桂兰",)], [])


def test_a_shaking_hand_taps_speaks_and_taps_again(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    page.locator("#talk").tap()
    listening(page)
    expect(page.locator("#hint")).to_have_text("请说，说完再点一下")
    page.locator("#talk").tap()
    heard_and_answered(page)


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
    page.locator("#talk").tap()
    page.locator("#talk").tap()  # the same shaking hand, tapping
    page.wait_for_timeout(500)
    state(page, "listening")
    page.locator("#talk").tap()
    expect(page.locator("#talk")).not_to_have_attribute("data-state", "listening")
    assert page.faults == []  # type: ignore[attr-defined]


def recordings(served: Served) -> int:
    return int(str(served.rows("SELECT count(*) FROM inbox WHERE recording_id IS NOT NULL")[0][0]))


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


SCREENS = {
    "small phone": (320, 568),
    "phone": (390, 844),
    "computer": (1280, 800),
    "small phone at 200 %": (160, 284),
    "phone at 200 %": (195, 422),
    "computer at 200 %": (640, 400),
    "phone on its side": (568, 320),
}


@pytest.mark.parametrize("name", ["王桂兰", "李明"])
def test_nothing_ever_leaves_the_screen_sideways(phone: BrowserContext, served: Served, name: str) -> None:
    page = visit(phone, served.links[name])
    page.get_by_role("button", name="找书记").click()
    expect(page.locator("#heard")).to_be_visible(timeout=PATIENCE)
    for what, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, what
        box = page.locator("#talk").bounding_box()
        assert box
        share = box["width"] * box["height"] / (width * height)
        assert share >= (0.4 if name == "王桂兰" else 0.1), what
        page.screenshot(path=PICTURES / f"{'member' if name == '王桂兰' else 'secretary'}-{width}x{height}.png")


CONTRASTS = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, noscript")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(behind(element))].sort((x, y) => y - x);
    const name = element.id || element.className || element.tagName;
    found.push([name, (a + 0.05) / (b + 0.05), parseFloat(style.fontSize)]);
  }
  return found;
}"""


@pytest.mark.parametrize("name", ["王桂兰", "李明"])
def test_every_word_is_large_and_dark_enough_in_every_state(phone: BrowserContext, served: Served, name: str) -> None:
    page = visit(phone, served.links[name])
    page.locator("#trouble").evaluate(
        "(box) => { box.hidden = false; box.firstElementChild.textContent = '网络不通'; }"
    )
    seen = set()
    for each in ("ready", "opening", "listening", "thinking", "speaking"):
        page.locator("#talk").evaluate("(button, state) => { button.dataset.state = state; }", each)
        for what, contrast, size in page.evaluate(CONTRASTS):
            seen.add(what)
            assert contrast >= 7, f"{what} while {each}: {contrast:.1f}"
            assert size >= 24, f"{what}: {size} px"
    assert {"state", "hint", "choice", "answer", "trouble-text"} <= seen


def test_states_differ_in_words_and_shape_and_not_in_colour_alone(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    shapes = {}
    for each in ("ready", "listening", "thinking", "speaking"):
        page.locator("#talk").evaluate("(button, state) => { button.dataset.state = state; }", each)
        shapes[each] = page.locator("#talk").evaluate(
            """(button) => {
              const style = getComputedStyle(button);
              const shown = (icon) => getComputedStyle(icon).display !== "none";
              const icon = [...button.querySelectorAll("[data-for]")].find(shown);
              return [icon.dataset.for, style.borderRadius + style.borderStyle].join();
            }"""
        )
    for one, other in itertools.combinations(shapes.values(), 2):
        assert one.split(",")[0] != other.split(",")[0]
        assert one.split(",")[1] != other.split(",")[1]


def test_who_wants_less_motion_gets_none(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = visit(context, served.links["王桂兰"])
    page.locator("#talk").evaluate("(button) => { button.dataset.state = 'listening'; }")
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_focus_is_seen_when_a_keyboard_moves_it(phone: BrowserContext, served: Served) -> None:
    page = visit(phone, served.links["王桂兰"])
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "talk":
            break
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 3
    assert page.evaluate("document.activeElement.id") == "talk"


def test_the_secretary_sees_a_new_report_without_touching_anything(phone: BrowserContext, served: Served) -> None:
    desk = visit(phone, served.links["李明"])
    member = visit(phone, served.links["王桂兰"])
    member.evaluate(
        """async (home) => {
          const form = new FormData();
          form.set("update_id", "a-report-of-a-fall");
          form.set("text", "我摔倒了，站不起来，快来人");
          await fetch(`${home}/say`, { method: "POST", body: form });
        }""",
        served.links["王桂兰"],
    )
    taken = desk.locator("#desk button[data-say^='ack:']")
    expect(taken).to_be_visible(timeout=PATIENCE)
    assert desk.title().startswith("（")
    desk.screenshot(path=PICTURES / "secretary-alert.png", full_page=True)
    taken.click()
    expect(taken).to_have_count(0, timeout=PATIENCE)
    assert served.rows("SELECT name FROM care_case JOIN member ON member.id = acknowledged_by") == [("李明",)]


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
