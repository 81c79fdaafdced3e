"""Leave from a session: a place in its list in the state 'leave', with the reason word for word where one was given."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage import registrations
from storage.database import one, present
from storage.registrations import COLUMNS, Registration
from storage.sessions import Session


def take(
    db: Database, wanted: Session, member_id: int, asked_by: int, now: datetime, *, reason: str = "", said: str = ""
) -> Registration:
    """Note the leave, whether or not the member stood on the list; of a session already held they are excused."""
    stamp = now.isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO registration (session_id, member_id, asked_by, state, said, reason, at, changed_at) "
        "VALUES (?, ?, ?, 'leave', ?, ?, ?, ?) ON CONFLICT (session_id, member_id, guest) DO UPDATE SET "
        "state = 'leave', said = excluded.said, reason = excluded.reason, changed_at = excluded.changed_at",
        [wanted.id, member_id, asked_by, said, reason, stamp, stamp],
    )
    if wanted.state == "held":
        db.execute(
            "INSERT INTO attendance (session_id, member_id, state, at) VALUES (?, ?, 'excused', ?) "
            "ON CONFLICT (session_id, member_id) DO UPDATE SET state = 'excused', at = excluded.at "
            "WHERE attendance.state = 'unexplained'",
            [wanted.id, member_id, stamp],
        )
    return present(registrations.of(db, wanted.id, member_id), "the leave")


def give_reason(db: Database, registration_id: int, reason: str) -> None:
    """Keep why, in the words in which it was said, after what was said before."""
    db.execute(
        "UPDATE registration SET reason = CASE reason WHEN '' THEN ? ELSE reason || '；' || ? END WHERE id = ?",
        [reason, reason, registration_id],
    )


def withdraw(db: Database, standing: Registration, now: datetime) -> None:
    """Undo the leave; being put back on the list, where that is wanted, is `registrations.register`."""
    stamp = now.isoformat(timespec="seconds")
    db.execute(
        "UPDATE registration SET state = 'cancelled', reason = '', changed_at = ? WHERE id = ? AND state = 'leave'",
        [stamp, standing.id],
    )
    db.execute(
        "UPDATE attendance SET state = 'unexplained', at = ? "
        "WHERE session_id = ? AND member_id = ? AND state = 'excused'",
        [stamp, standing.session_id, standing.member_id],
    )


def without_reason(db: Database, member_id: int, since: datetime) -> Registration | None:
    """The member's last leave that was noted since then and has no reason yet."""
    return one(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE member_id = ? AND state = 'leave' AND reason = '' "
        "AND changed_at >= ? ORDER BY changed_at DESC, id DESC",
        [member_id, since.isoformat(timespec="seconds")],
    )
