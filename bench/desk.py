"""How quickly the secretary's desk is there: first paint in Chromium, the server's own time, the weight of each page.

The server is a process of its own on the demo branch; each page is opened anew (`--quick`: three times, else ten), the
files it loads come from the server each time. First paint is what the browser itself reports. Then the same for a
branch with three hundred members, each of whom has something on the desk.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tests.web.browser.crowd import MUCH, add_branches
from tests.web.browser.desk_office import make_office, sit_down
from tests.web.browser.test_desk import PAGES, PAINT, launch

Measured = tuple[float, float, int]
"""Milliseconds to first paint, milliseconds until the server had answered, bytes of the page itself."""
FULL = [name for name, path in PAGES.items() if not any(letter.isdigit() for letter in path.partition("?")[0])]
"""Pages that every branch has."""


def main(times: int) -> None:
    rows: dict[str, list[Measured]] = {name: [] for name in PAGES}
    full: dict[str, list[Measured]] = {name: [] for name in FULL}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = make_office(Path(folder))
        add_branches(Path(folder))
        office.served.start()
        try:
            browser = launch(playwright)
            page = sit_down(browser, office).new_page()
            page.goto(office.address + "/desk")  # the first page of the day warms the server's templates
            for _ in range(times):
                for name, path in PAGES.items():
                    rows[name].append(measure(page, office.address + path))
            office.sign_in = f"{office.address}/s/{MUCH}"
            page = sit_down(browser, office).new_page()
            for _ in range(times):
                for name in FULL:
                    full[name].append(measure(page, office.address + PAGES[name]))
            browser.close()
        finally:
            office.served.stop()
    report(rows, full)


def measure(page: Page, address: str) -> Measured:
    """Milliseconds to first paint, milliseconds until the server had answered, bytes of the page itself."""
    answer = page.goto(address)
    while not page.evaluate(PAINT):  # the pages let nobody evaluate strings in them, so the waiting is done here
        time.sleep(0.01)
    served = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    return float(page.evaluate(PAINT)), float(served), len(answer.body()) if answer else 0


def report(rows: dict[str, list[Measured]], full: dict[str, list[Measured]]) -> None:
    table = Table("page", "first paint, median ms", "worst", "server, median ms", "kB")
    named = [*rows.items(), *((f"{name}, 300 members", found) for name, found in full.items())]
    for name, found in named:
        paints, served, sizes = zip(*found, strict=True)
        table.add_row(
            name, f"{statistics.median(paints):.0f}", f"{max(paints):.0f}", f"{statistics.median(served):.0f}",
            f"{max(sizes) / 1000:.1f}",
        )  # fmt: skip
    Console().print(table)
    every, crowded = paints_of(rows), paints_of(full)
    figures = {
        "first_paint_ms": round(statistics.median(every), 1),
        "first_paint_p95_ms": round(every[int(len(every) * 0.95)], 1),
        "heaviest_kb": heaviest(rows),
        "pages": len(rows),
        "full_first_paint_ms": round(statistics.median(crowded), 1),
        "full_first_paint_p95_ms": round(crowded[int(len(crowded) * 0.95)], 1),
        "full_heaviest_kb": heaviest(full),
    }
    print(json.dumps(figures))


def paints_of(rows: dict[str, list[Measured]]) -> list[float]:
    return sorted(each[0] for found in rows.values() for each in found)


def heaviest(rows: dict[str, list[Measured]]) -> float:
    return round(max(each[2] for found in rows.values() for each in found) / 1000, 1)


if __name__ == "__main__":
    main(3 if "--quick" in sys.argv else 10)
