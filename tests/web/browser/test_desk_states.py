"""Every page of the desk where nothing is, where very much is, and where something went wrong; also without scripts.

Two more branches in the demo's database: one with a secretary and nobody else, one with three hundred members.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot import clock
from bot.config import load_config
from bot.web.desk.entrance import PURPOSE
from storage import links, members
from storage.database import open_database, writing
from tests.narration.word_files import revised_file
from tests.web.browser.browsing import overflow
from tests.web.browser.conftest import CHROMIUM
from tests.web.browser.crowd import add_branches
from tests.web.browser.desk_office import PICTURES, WIDE, Office, barriers, make_office
from tests.web.browser.test_desk import FOCUSED, LETTERS, PAGES, SMALLEST, launch

pytestmark = pytest.mark.browser

ZOOMED = (640, 400)
"""A screen of 1280 by 800 at 200 %."""
PHONE = (380, 740)
PLAIN = [path for path in PAGES.values() if not any(letter.isdigit() for letter in path.partition("?")[0])]
"""Pages that every branch has."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        yield launch(playwright)


@pytest.fixture(scope="module")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = tmp_path_factory.mktemp("states")
    made = make_office(folder)
    add_branches(folder)
    try:
        made.served.start()
        yield made
    finally:
        made.served.stop()


def sign_in(browser: Browser, office: Office, secret: str, *, scripts: bool = True) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN", java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{office.address}/s/{secret}")
    page.get_by_role("button", name="打开书记桌面").click()
    page.wait_for_url("**/desk")
    page.close()
    return context


def looks_well(page: Page, what: str) -> None:
    """No barrier, nothing cut off and nothing small, on a screen, at 200 % and on a phone."""
    for width, height in (ZOOMED, PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, (what, width)
    assert page.evaluate(LETTERS) >= SMALLEST, what
    assert page.evaluate(FOCUSED) == [], what
    assert barriers(page) == [], what


@pytest.mark.soak
@pytest.mark.parametrize("secret", ["a-link-of-nothing", "a-link-of-much"])
def test_pages_of_an_empty_and_of_a_very_full_branch(chromium: Browser, office: Office, secret: str) -> None:
    context = sign_in(chromium, office, secret)
    page = context.new_page()
    for path in PLAIN:
        answer = page.goto(office.address + path)
        assert answer
        assert answer.status == 200, path
        assert len(answer.body()) < 100_000, path
        looks_well(page, f"{secret} {path}")
    if secret == "a-link-of-much":
        page.goto(office.address + "/desk/sessions")
        page.get_by_role("link", name="全体大会").click()
        looks_well(page, "the roll of three hundred")
        page.screenshot(path=PICTURES / "roll-of-300-1280.png")
        page.get_by_role("button", name="记下，看下一页").click()
        expect(page.locator("main")).to_contain_text("第2页")
        page.goto(office.address + "/desk/broadcasts")
        page.get_by_role("link", name="看看都有谁").first.click()
        looks_well(page, "who has a message")
    context.close()


@pytest.mark.soak
def test_what_went_wrong_is_said_on_pages_without_barriers(chromium: Browser, office: Office) -> None:
    context = sign_in(chromium, office, "a-link-for-the-test")
    page = context.new_page()
    page.goto(office.address + "/desk/members/3/particulars")
    other = context.new_page()
    other.goto(office.address + "/desk/members/3/particulars")
    other.get_by_label("电话").fill("13800000001")
    other.get_by_role("button", name="记下", exact=True).first.click()
    page.get_by_label("电话").fill("13700000007")
    page.get_by_role("button", name="记下", exact=True).first.click()
    expect(page.get_by_role("alert")).to_contain_text("别人也改了")
    looks_well(page, "two changed the same")
    page.screenshot(path=PICTURES / "overtaken-1280.png", full_page=True)
    page.get_by_label("生日").fill("不知道")
    page.get_by_role("button", name="记下", exact=True).first.click()
    expect(page.locator("#note-birthday")).to_be_visible()
    looks_well(page, "a field that cannot be used")
    page.goto(office.address + "/desk/settings")
    page.get_by_label("多久问候一次（天）", exact=True).fill("三天")
    page.get_by_role("button", name="记下：平时问候").click()
    expect(page.get_by_role("alert")).to_contain_text("请写 1 到 730")
    looks_well(page, "a setting out of bounds")
    page.goto(office.address + "/desk/care/1")
    page.get_by_label("为什么").fill("本人说不用来了")
    page.locator("form[action$=close]").evaluate("(form) => form.reason.value = ' '")
    page.get_by_role("button", name="了结这件事").click()
    expect(page.locator("h1")).to_contain_text("请写上为什么了结")
    looks_well(page, "what cannot be done yet")
    page.goto(office.address + "/desk/members/99999")
    looks_well(page, "nobody's page")
    context.close()


def test_what_was_typed_is_not_lost_when_it_cannot_be_taken(chromium: Browser, office: Office) -> None:
    context = sign_in(chromium, office, sign_in_again(office))
    page = context.new_page()
    page.goto(office.address + "/desk/care/1")
    page.get_by_label("情况怎么样").fill("恢复得不错，能下床走走了")
    page.locator("#visit-day").evaluate("(field) => { field.max = ''; field.value = '2999-01-01'; }")
    page.get_by_role("button", name="记下看望").click()
    expect(page.locator("h1")).to_contain_text("这个时间还没有到")
    expect(page.locator(".kept")).to_have_text("恢复得不错，能下床走走了")
    context.close()


@pytest.mark.soak
def test_without_scripts_she_does_the_same_work(chromium: Browser, office: Office) -> None:
    context = sign_in(chromium, office, sign_in_again(office), scripts=False)
    page = context.new_page()
    for name, path in PAGES.items():
        answer = page.goto(office.address + path)
        assert answer
        assert answer.status == 200, name
    page.goto(office.address + "/desk/ask")
    expect(page.locator("#talk")).to_be_hidden()
    page.get_by_label("要问什么").fill("谁生病了还没看望")
    page.get_by_role("button", name="问", exact=True).click()
    expect(page.locator(".told")).to_be_visible()
    page.goto(office.address + "/desk/members/4/particulars")
    page.get_by_label("党小组").fill("第二小组")
    page.get_by_role("button", name="记下", exact=True).first.click()
    expect(page.locator(".told")).to_contain_text("党小组")
    page.get_by_role("link", name="改情况、职务").click()
    page.get_by_text("写一个新职务").click()
    page.get_by_label("哪一种").first.select_option("committee")
    page.get_by_role("button", name="写好").click()
    expect(page.locator(".told")).to_contain_text("委员")
    page.goto(office.address + "/desk/settings")
    page.get_by_label("夜里从几点起不打扰", exact=True).select_option(label="晚上8点")
    page.get_by_role("button", name="记下：夜里不打扰").click()
    expect(page.locator(".told")).to_contain_text("改好了")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(office.address + "/desk")
    page.get_by_role("link", name="菜单", exact=True).click()
    page.get_by_role("link", name="党费").click()
    expect(page.locator("h1")).to_contain_text("党费")
    page.goto(office.member)
    expect(page.locator(".trouble")).to_contain_text("急事请打电话")
    assert page.locator(".trouble a[href^='tel:']").count() >= 1
    context.close()


def test_a_word_file_is_handed_in_and_meanwhile_it_is_said_that_it_is_being_read(
    chromium: Browser, office: Office
) -> None:
    context = sign_in(chromium, office, sign_in_again(office))
    page = context.new_page()
    page.goto(office.address + "/desk/documents")
    sent = {"name": "通知.docx", "mimeType": "application/octet-stream", "buffer": revised_file()}
    page.get_by_label("选一个文件").set_input_files(sent)
    page.evaluate(
        "document.querySelector('form[data-busy]').addEventListener('submit',"
        " ({ target }) => setTimeout(() => (window.name = target.querySelector('[role=status]').textContent)))"
    )
    page.get_by_role("button", name="放进来").click()
    expect(page.locator(".told")).to_contain_text("收好了，2个部分")
    assert page.evaluate("window.name").startswith("正在读")
    expect(page.locator("main")).to_contain_text("体检地点")
    context.close()


def test_with_the_keyboard_alone_she_adds_a_member_and_writes_that_one_moved_away(
    chromium: Browser, office: Office
) -> None:
    context = sign_in(chromium, office, sign_in_again(office))
    page = context.new_page()
    page.goto(office.address + "/desk/members")
    tab_to(page, "加一位党员")
    page.keyboard.press("Enter")
    page.wait_for_url("**/members/new")
    tab_to_field(page, "name")
    page.keyboard.type("周学文")
    tab_to(page, "加上")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("周学文")
    tab_to(page, "改情况、职务")
    page.keyboard.press("Enter")
    page.wait_for_url("**/particulars")
    tab_to(page, "要记一件这样的事")
    page.keyboard.press("Enter")
    tab_to_field(page, "how")
    page.keyboard.press("Space")
    page.locator("details[open] button").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("周学文转出了")
    context.close()


def tab_to(page: Page, words: str) -> None:
    tab(page, f"document.activeElement.textContent.trim() === '{words}'", words)


def tab_to_field(page: Page, name: str) -> None:
    tab(page, f"document.activeElement.name === '{name}'", name)


def tab(page: Page, there: str, what: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    pytest.fail(f"{what} is not reached with the Tab key")


def sign_in_again(office: Office) -> str:
    """Another link for the demo's secretary; each works once."""
    config = load_config(office.served.folder / "config.toml")
    db, now = open_database(config.database), clock.now()
    secret = f"another-link-{now.isoformat()}"
    with writing(db):
        links.add_link(db, secret, members.find(db, "李卫民")[0].id, PURPOSE, now, now + timedelta(hours=1))
    db.close()
    return secret
