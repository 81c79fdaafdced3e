"""Looking up what waits and what is out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import one, rows
from storage.outbox.row import COLUMNS, Message, stamp

Part = Literal["all", "alerts", "texts", "voices", "pictures"]
_PARTS: Mapping[Part, str] = {
    "all": "",
    "alerts": "AND lane = 'alert' AND text_sent_at IS NULL AND chart = '' ",
    "texts": "AND lane <> 'alert' AND text_sent_at IS NULL AND chart = '' ",
    "voices": "AND text_sent_at IS NOT NULL ",
    "pictures": "AND chart <> '' AND NOT EXISTS (SELECT 1 FROM outbox AS words WHERE words.id = outbox.after_id "
    "AND words.state = 'waiting' AND words.text_sent_at IS NULL) ",
}


def due(db: Database, channel: str, now: datetime, limit: int = 20, part: Part = "all") -> list[Message]:
    """The channel's messages to be tried now: alerts first, then replies, then routine, oldest first.

    Of a `part` only: the texts of alerts, all other texts, what is left to be spoken after a text that is out, or
    the pictures whose words are out.
    """
    return rows(
        db,
        Message,
        f"SELECT {COLUMNS} FROM outbox WHERE channel = ? AND state = 'waiting' AND due_at <= ? {_PARTS[part]}"
        "ORDER BY CASE lane WHEN 'alert' THEN 0 WHEN 'reply' THEN 1 ELSE 2 END, due_at, id LIMIT ?",
        [channel, stamp(now), limit],
    )


def for_person(db: Database, channel: str, member_id: int, limit: int = 30) -> list[Message]:
    """A person's messages on a channel, newest first: what the desk shows."""
    return rows(
        db,
        Message,
        f"SELECT {COLUMNS} FROM outbox WHERE channel = ? AND member_id = ? ORDER BY id DESC LIMIT ?",
        [channel, member_id, limit],
    )


def alerted(db: Database, case_id: int) -> list[int]:
    """Who was told of a care case, in the order in which they were told."""
    return [
        int(row[0])
        for row in db.execute(
            "SELECT member_id FROM outbox WHERE case_id = ? AND lane = 'alert' AND member_id IS NOT NULL "
            "GROUP BY member_id ORDER BY min(id)",
            [case_id],
        )
    ]


def message(db: Database, message_id: int) -> Message | None:
    """The message with this key, or None."""
    return one(db, Message, f"SELECT {COLUMNS} FROM outbox WHERE id = ?", [message_id])


def reached(db: Database, prefix: str) -> set[int]:
    """The members for whom a message whose key begins so is out."""
    found = db.execute(
        "SELECT DISTINCT member_id FROM outbox WHERE dedupe_key >= ? AND dedupe_key < ? AND member_id IS NOT NULL "
        "AND (state = 'sent' OR text_sent_at IS NOT NULL)",
        [prefix, prefix + "\uffff"],
    )
    return {int(row[0]) for row in found.fetchall()}


def last_id(db: Database) -> int:
    """The key of the message written last, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0])


def held_since(db: Database, after_id: int) -> datetime | None:
    """Until when the routine messages written after this one are held back; None where none is."""
    found = db.execute(
        "SELECT max(due_at) FROM outbox WHERE id > ? AND lane = 'routine' AND due_at > created_at", [after_id]
    ).fetchone()[0]
    return datetime.fromisoformat(found) if found else None
