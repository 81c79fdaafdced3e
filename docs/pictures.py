"""The pictures of the desk in docs/images, taken anew from the demo branch (`make pictures`)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, sync_playwright

from tests.web.browser.desk_office import NARROW, PICTURES, WIDE, Office, make_office, sit_down
from tests.web.browser.test_desk import PAGES, launch

IMAGES = Path(__file__).parent / "images"
SHOWN = {"desk-roll": "session", "desk-care": "care", "desk-member": "particulars", "desk-today": "today"}
"""Picture -> the page that it shows."""
TALLEST = 1360
"""Pixels; what stands further down is left out."""


def take(desk: BrowserContext, office: Office) -> None:
    """Every page, and the first one as it is on a phone."""
    page = desk.new_page()
    for picture, name in SHOWN.items():
        page.goto(office.address + PAGES[name])
        tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": WIDE[0], "height": tall}
        page.screenshot(path=IMAGES / f"{picture}.png", full_page=True, clip=clip)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.screenshot(path=IMAGES / "desk-phone.png")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


def main() -> None:
    """A branch of its own, a cry for help, and a browser."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = make_office(Path(folder))
        office.served.start()
        try:
            said = {"update_id": (None, "for-the-picture"), "text": (None, "我摔倒了，站不起来，快来人")}
            httpx.post(f"{office.member}/say", files=said, timeout=60).raise_for_status()
            browser = launch(playwright)
            take(sit_down(browser, office), office)
            browser.close()
        finally:
            office.served.stop()


if __name__ == "__main__":
    main()
