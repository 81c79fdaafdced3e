"""What an old person with poor eyes sees: large, dark, never cut off, every state told apart by words and shape."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.web.browser.browsing import PATIENCE, PICTURES, overflow, visit
from tests.web.browser.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.models]


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
