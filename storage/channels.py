"""When each channel last answered, kept over restarts: after a long silence something may be lost."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def answered_at(db: Database, channel: str) -> datetime | None:
    """When the channel last answered, as far as it was noted; None for one that never has."""
    row = db.execute("SELECT answered_at FROM channel WHERE name = ?", [channel]).fetchone()
    return datetime.fromisoformat(str(row[0])) if row else None


def note_answer(db: Database, channel: str, now: datetime) -> None:
    """The channel answers now."""
    db.execute(
        "INSERT INTO channel (name, answered_at) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET answered_at = excluded.answered_at",
        [channel, now.isoformat(timespec="seconds")],
    )
