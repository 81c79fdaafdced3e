"""What the browser tests share: a page that is watched, a button that is pressed, words that are waited for."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from bot.web.wording import wording

PICTURES = Path(__file__).parents[3] / "artefacts" / "web"
INVITATION = wording("page")["invitation"]
SILENCE_IN_FRONT = 0.8
"""Seconds: the microphone begins when the button goes down, a person does not."""
SPEECH = 2.6
"""Seconds that the request takes at most; the microphone's file is checked against it."""
PATIENCE = 90_000
"""Milliseconds for an answer on a busy machine."""

WATCH = """
window.states = [];  // what the button has said, in order
document.addEventListener("DOMContentLoaded", () => {
  const talk = document.getElementById("talk");
  new MutationObserver(() => states.push(talk.dataset.state)).observe(talk, { attributeFilter: ["data-state"] });
  document.getElementById("voice").addEventListener("ended", (event) => {
    document.body.dataset.played = event.target.duration.toFixed(3);  // seconds, of the sound that was heard to its end
  });
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
    page.wait_for_timeout((SILENCE_IN_FRONT + SPEECH) * 1000)


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
