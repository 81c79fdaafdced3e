"""The minutes of a session: what was studied, said and agreed; the last version counts, the log keeps each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import one


@dataclass(frozen=True)
class Minutes:
    """What was written down of one session."""

    session_id: int
    """The session."""
    text: str
    """What was written."""
    written_by: str
    """Name of who wrote it."""
    at: str
    """ISO local: when it was written last."""


def write(db: Database, session_id: int, text: str, by: int, now: datetime) -> None:
    """Write the minutes of a session, or write them anew."""
    db.execute(
        "INSERT INTO minutes (session_id, text, written_by, at) VALUES (?, ?, ?, ?) ON CONFLICT (session_id) "
        "DO UPDATE SET text = excluded.text, written_by = excluded.written_by, at = excluded.at",
        [session_id, text, by, now.isoformat(timespec="seconds")],
    )


def of_session(db: Database, session_id: int) -> Minutes | None:
    """The session's minutes, or None."""
    return one(
        db,
        Minutes,
        "SELECT session_id, text, name AS written_by, at FROM minutes JOIN member ON member.id = written_by "
        "WHERE session_id = ?",
        [session_id],
    )
