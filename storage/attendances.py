"""How members were at sessions: there, excused, studying at home, or away without a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage import registrations
from storage.database import rows

AttendanceState = Literal["attended", "excused", "home_study", "unexplained"]


@dataclass(frozen=True)
class Attendance:
    """How one member was at one session."""

    session_id: int
    """The session."""
    title: str
    """What it is called."""
    starts_at: str
    """When it was."""
    state: str
    """attended, excused, home_study or unexplained."""


def record(db: Database, session_id: int, member_id: int, state: AttendanceState, now: datetime) -> None:
    """Write down how a member was at a session; the last word counts.

    Who had leave is excused, never unexplained, and a roll call takes nobody's study at home away.
    """
    standing = registrations.of(db, session_id, member_id)
    if state == "unexplained" and _studied_at_home(db, session_id, member_id):
        state = "home_study"
    elif state == "unexplained" and standing and standing.state == "leave":
        state = "excused"
    db.execute(
        "INSERT INTO attendance (session_id, member_id, state, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (session_id, member_id) DO UPDATE SET state = excluded.state, at = excluded.at",
        [session_id, member_id, state, now.isoformat(timespec="seconds")],
    )


def _studied_at_home(db: Database, session_id: int, member_id: int) -> bool:
    found = db.execute(
        "SELECT 1 FROM home_study WHERE session_id = ? AND member_id = ?", [session_id, member_id]
    ).fetchone()
    return found is not None


def of(db: Database, member_id: int, start: datetime, end: datetime) -> list[Attendance]:
    """How the member was at the sessions of this stretch, in order."""
    return rows(
        db,
        Attendance,
        "SELECT session.id AS session_id, title, starts_at, attendance.state FROM attendance "
        "JOIN session ON session.id = session_id WHERE member_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
        [member_id, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")],
    )
