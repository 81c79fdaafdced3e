"""What came in, stored before it is confirmed to its channel; a redelivered update changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, present, rows

_COLUMNS = "id, channel, update_id, member_id, raw, recording_id, received_at, state, attempts, answer"
MOST_ATTEMPTS = 5
"""Tries at one update before it is parked for a human."""


@dataclass(frozen=True)
class Received:
    """One update of a channel."""

    id: int
    """Key."""
    channel: str
    """telegram, web or cli."""
    update_id: str
    """The channel's own number, unique in it."""
    member_id: int | None
    """Who sent it, once known."""
    raw: str
    """The update as it came, as JSON."""
    recording_id: int | None
    """Its voice message, once stored."""
    received_at: str
    """ISO local."""
    state: str
    """new, done or parked."""
    attempts: int
    """How often it was tried."""
    answer: str | None
    """The answer that was given, as JSON."""


def accept(
    db: Database,
    channel: str,
    update_id: str,
    now: datetime,
    *,
    raw: str = "{}",
    member_id: int | None = None,
    recording_id: int | None = None,
) -> Received:
    """Store an update, or return the row that stands for it already."""
    standing = find_update(db, channel, update_id)
    if standing:
        return standing
    insert(
        db,
        "inbox",
        channel=channel,
        update_id=update_id,
        member_id=member_id,
        raw=raw,
        recording_id=recording_id,
        received_at=now.isoformat(timespec="seconds"),
    )
    return present(find_update(db, channel, update_id), "the message")


def find_update(db: Database, channel: str, update_id: str) -> Received | None:
    """The row of an update, or None for one never seen."""
    return one(
        db,
        Received,
        f"SELECT {_COLUMNS} FROM inbox WHERE channel = ? AND update_id = ?",
        [channel, update_id],
    )


def answered_like(db: Database, channel: str, prefix: str, count: int) -> list[Received]:
    """The last answered updates of a channel whose id begins with these words, newest first."""
    return rows(
        db,
        Received,
        f"SELECT {_COLUMNS} FROM inbox WHERE channel = ? AND update_id >= ? AND update_id < ? AND answer IS NOT NULL "
        "ORDER BY id DESC LIMIT ?",
        [channel, prefix, prefix + "\uffff", count],
    )


def complete(db: Database, inbox_id: int, answer: str, member_id: int | None = None) -> None:
    """Mark an update as answered, in the transaction of its effects; its raw words go, the log has them."""
    db.execute(
        "UPDATE inbox SET state = 'done', answer = ?, raw = '{}', member_id = coalesce(?, member_id) WHERE id = ?",
        [answer, member_id, inbox_id],
    )


def keep_recording(db: Database, inbox_id: int, recording_id: int) -> None:
    """Remember that the update's voice message has been fetched."""
    db.execute("UPDATE inbox SET recording_id = ? WHERE id = ?", [recording_id, inbox_id])


def failed(db: Database, inbox_id: int) -> bool:
    """Count a failed try; True when it was the last and the update is now parked."""
    db.execute(
        "UPDATE inbox SET attempts = attempts + 1, "
        "state = CASE WHEN attempts + 1 >= ? THEN 'parked' ELSE state END WHERE id = ?",
        [MOST_ATTEMPTS, inbox_id],
    )
    return bool(db.execute("SELECT state = 'parked' FROM inbox WHERE id = ?", [inbox_id]).fetchone()[0])


def park(db: Database, inbox_id: int) -> None:
    """Put aside an update that can never be answered (one that cannot be parsed)."""
    db.execute("UPDATE inbox SET state = 'parked' WHERE id = ?", [inbox_id])


def unanswered(db: Database, channel: str) -> list[Received]:
    """The channel's updates that still wait for an answer, oldest first: replayed at start."""
    return rows(
        db,
        Received,
        f"SELECT {_COLUMNS} FROM inbox WHERE channel = ? AND state = 'new' ORDER BY id",
        [channel],
    )
