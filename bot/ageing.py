"""Voice messages do not lie about for ever: what was done some time ago needs its sound no longer."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from bot.app import App
from bot.redact import where
from dialogs.hours import number
from storage.database import writing
from storage.settings import profile_of

logger = logging.getLogger(__name__)

EVERY = 6 * 3600.0
"""Seconds between two looks."""


async def keep_short(app: App) -> None:
    """Until cancelled: at start and several times a day."""
    while True:
        try:
            remove_old(app)
        except Exception as error:  # noqa: BLE001 - a full disk, a locked file: it is tried again
            logger.error("old recordings cannot be removed, will try again: %s", where(error))
        await asyncio.sleep(EVERY)


def remove_old(app: App) -> int:
    """Remove the recordings that each branch wants kept no longer; returns how many."""
    removed = 0
    now = app.clock()
    for row in app.db.execute("SELECT id FROM branch ORDER BY id").fetchall():
        days = timedelta(days=number(profile_of(app.db, int(row[0])), "recordings.keep_days"))
        with writing(app.db):
            removed += app.recordings.remove_done_with(int(row[0]), now - days)
    return removed
