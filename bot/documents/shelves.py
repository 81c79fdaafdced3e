"""Large shelves are made ready for questions in the background, at start and whenever a document comes in."""

from __future__ import annotations

import asyncio

from bot.app import App
from dialogs.documents import shelf as shelves

PAUSE = 60.0
"""Seconds after which it is looked anew although nothing was committed here: another process may have."""


async def keep_ready(app: App) -> None:
    """Until cancelled. Where no branch has many documents this does nothing."""
    woken = asyncio.Event()
    app.listeners.append(woken.set)
    try:
        while True:
            woken.clear()
            for row in app.db.execute("SELECT id FROM branch").fetchall():
                shelf = shelves.waiting_shelf(app.db, row[0])
                if shelf is not None:
                    await asyncio.to_thread(shelves.make_ready, shelf)
            try:
                async with asyncio.timeout(PAUSE):
                    await woken.wait()
            except TimeoutError:
                continue
    finally:
        app.listeners.remove(woken.set)
