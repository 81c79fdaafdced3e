"""Places in a session's list: the line of those who wait, and what one member asked for."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage import registrations
from storage.database import one, rows
from storage.registrations import COLUMNS, Registration
from storage.sessions import Session


def move_up(db: Database, wanted: Session, now: datetime) -> Registration | None:
    """Give a free place to the first who waits; None where there is no place or nobody waits."""
    first = one(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE session_id = ? AND state = 'waiting' ORDER BY at, id",
        [wanted.id],
    )
    if first is None or not registrations.has_room(db, wanted):
        return None
    db.execute(
        "UPDATE registration SET state = 'registered', changed_at = ? WHERE id = ?",
        [now.isoformat(timespec="seconds"), first.id],
    )
    return registrations.of(db, wanted.id, first.member_id, first.guest)


def place_in_line(db: Database, waiting: Registration) -> int:
    """1 for the first on the waiting list."""
    before = db.execute(
        "SELECT count(*) FROM registration WHERE session_id = ? AND state = 'waiting' AND (at, id) < (?, ?)",
        [waiting.session_id, waiting.at, waiting.id],
    ).fetchone()
    return int(before[0]) + 1


def place(db: Database, branch_id: int, key: int) -> Registration | None:
    """The place with this key in one of the branch's sessions, or None."""
    return one(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE id = ? "
        "AND session_id IN (SELECT id FROM session WHERE branch_id = ?)",
        [key, branch_id],
    )


def asked_for_by(db: Database, session_id: int, member_id: int) -> list[Registration]:
    """The places in the session that this member has or asked for, guests and others included, in order of sign-up."""
    return rows(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE session_id = ? AND (member_id = ? OR asked_by = ?) "
        "AND state IN ('registered', 'waiting') ORDER BY at, id",
        [session_id, member_id, member_id],
    )
