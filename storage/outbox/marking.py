"""Marking what has become of a message: out, to be tried again, given up, or kept back because newer news is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import deliveries
from storage.outbox.row import Message, stamp

_WAITS = (2, 5, 15, 30, 60, 120, 300)
"""Seconds until the next try, by tries so far; the last is kept for ever."""


def text_sent(db: Database, message_id: int, now: datetime, remote_id: str) -> None:
    """Mark that the text went out; a retry then sends only the voice note."""
    db.execute("UPDATE outbox SET text_sent_at = ?, remote_id = ? WHERE id = ?", [stamp(now), remote_id, message_id])
    deliveries.result(db, message_id, "delivered", now)


def sent(db: Database, message_id: int, now: datetime) -> None:
    """Mark a message as delivered."""
    db.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'waiting'", [stamp(now), message_id]
    )
    deliveries.result(db, message_id, "delivered", now)


def retry(
    db: Database,
    tried: Message,
    now: datetime,
    error: str,
    *,
    wait: float | None = None,
    most: int | None = None,
) -> None:
    """Try a message again later; after `most` tries (None: never) it has failed. `error` names a kind, no words."""
    attempts = tried.attempts + 1
    seconds = wait if wait is not None else _WAITS[min(attempts, len(_WAITS)) - 1]
    state = "failed" if most is not None and attempts >= most else "waiting"
    db.execute(
        "UPDATE outbox SET attempts = ?, due_at = ?, last_error = ?, state = ? WHERE id = ?",
        [attempts, stamp(now + timedelta(seconds=seconds)), error, state, tried.id],
    )
    deliveries.result(db, tried.id, "failed", now)


def fail(db: Database, tried: Message, error: str, now: datetime) -> None:
    """Mark a message that can never be delivered (a chat that refuses us)."""
    db.execute(
        "UPDATE outbox SET state = 'failed', attempts = attempts + 1, last_error = ? WHERE id = ? "
        "AND state IN ('waiting', 'failed')",
        [error, tried.id],
    )
    deliveries.result(db, tried.id, "refused", now)


def cancel_alerts(db: Database, case_id: int) -> int:
    """Keep back the alerts of a case that are not out yet: somebody has taken it. Returns how many."""
    return int(
        db.execute(
            "UPDATE outbox SET state = 'cancelled' WHERE case_id = ? AND lane = 'alert' AND state = 'waiting' "
            "AND text_sent_at IS NULL",
            [case_id],
        ).rowcount
    )


def cancel_keys(db: Database, prefix: str) -> None:
    """Keep back the messages whose keys begin so and that are not out yet: newer news has overtaken them."""
    db.execute(
        "UPDATE outbox SET state = 'cancelled' WHERE dedupe_key >= ? AND dedupe_key < ? AND state = 'waiting' "
        "AND text_sent_at IS NULL",
        [prefix, prefix + "\uffff"],
    )


def mend_times(db: Database, now: datetime) -> None:
    """Where the clock was set back, what was written in a future that is gone is tried now."""
    at = stamp(now)
    db.execute(
        "UPDATE outbox SET created_at = ?, due_at = ? WHERE state = 'waiting' AND created_at > ?",
        [at, at, at],
    )
