"""What stops when somebody leaves the branch: messages, questions and places that wait for them."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

_CALLS = ("silent_call", "card_call", "home_study")
"""Kinds of tasks that are about keeping in touch with a member."""


def stop(db: Database, member_id: int, by: int, now: datetime) -> None:
    """Let nothing go out to who is gone, nor remind anybody of calling them.

    Alerts stay: they are about somebody in need, and go to officers. Reports and cases stay for a human to close.
    """
    stamp = now.isoformat(timespec="seconds")
    db.execute(
        "UPDATE outbox SET state = 'failed', last_error = 'left the branch' WHERE member_id = ? AND state = 'waiting' "
        "AND lane <> 'alert'",
        [member_id],
    )
    db.execute(
        "UPDATE check_in SET state = 'heard', answered_at = ? WHERE member_id = ? AND state = 'asked'",
        [stamp, member_id],
    )
    marks = ", ".join("?" for _ in _CALLS)
    db.execute(
        f"UPDATE task SET done_at = ?, done_by = ? WHERE member_id = ? AND done_at IS NULL AND kind IN ({marks})",
        [stamp, by, member_id, *_CALLS],
    )


def coming_places(db: Database, member_id: int, now: datetime) -> list[tuple[int, str]]:
    """Session and guest of each place that this member has in what is still to come."""
    found = db.execute(
        "SELECT session_id, guest FROM registration JOIN session ON session.id = session_id "
        "WHERE member_id = ? AND registration.state IN ('registered', 'waiting') AND starts_at > ? "
        "AND session.state = 'planned' ORDER BY session_id",
        [member_id, now.isoformat(timespec="minutes")],
    )
    return [(int(row[0]), str(row[1])) for row in found.fetchall()]
