"""The roll of a session: everybody of the branch, who signed up, and how each was at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import attendances, sessions
from storage.database import rows
from storage.sessions import Session

STATES: tuple[attendances.AttendanceState, ...] = ("attended", "excused", "home_study", "unexplained")
"""How somebody can have been at a session, most frequent first."""


@dataclass(frozen=True)
class Line:
    """One member in the roll of one session."""

    member_id: int
    """Who."""
    name: str
    """Their name."""
    frail: int
    """1 for members of whom nothing is required."""
    registration: str
    """registered, waiting, leave, cancelled; empty for nothing."""
    guests: str
    """Whom they bring, separated by commas; empty for nobody."""
    state: str
    """attended, excused, home_study or unexplained; empty while nothing is written."""


@dataclass(frozen=True)
class Tally:
    """How a session was attended, in figures."""

    session: Session
    """The session."""
    signed_up: int
    """Places taken, guests included."""
    attended: int
    """Members who came."""
    absent: int
    """Members who did not, for whatever reason."""


def roll(db: Database, wanted: Session) -> list[Line]:
    """Everybody of the session's branch, in roster order."""
    return rows(
        db,
        Line,
        "SELECT member.id AS member_id, name, frail, coalesce(own.state, '') AS registration, "
        "coalesce((SELECT group_concat(guest, ',') FROM registration WHERE session_id = :session "
        "AND member_id = member.id AND guest <> '' AND state IN ('registered', 'waiting')), '') AS guests, "
        "coalesce(attendance.state, '') AS state FROM member "
        "LEFT JOIN registration AS own ON own.session_id = :session AND own.member_id = member.id AND own.guest = '' "
        "LEFT JOIN attendance ON attendance.session_id = :session AND attendance.member_id = member.id "
        "WHERE branch_id = :branch AND (left_at IS NULL OR attendance.state IS NOT NULL) ORDER BY member.id",
        {"session": wanted.id, "branch": wanted.branch_id},
    )


def tallies(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Tally]:
    """The branch's sessions of this stretch with their figures, in order."""
    counted = {
        int(row[0]): (int(row[1]), int(row[2]), int(row[3]))
        for row in db.execute(
            "SELECT session.id, "
            "(SELECT count(*) FROM registration WHERE session_id = session.id AND state = 'registered'), "
            "(SELECT count(*) FROM attendance WHERE session_id = session.id AND state = 'attended'), "
            "(SELECT count(*) FROM attendance WHERE session_id = session.id AND state <> 'attended') "
            "FROM session WHERE branch_id = ?",
            [branch_id],
        )
    }
    return [Tally(each, *counted[each.id]) for each in sessions.between(db, branch_id, start, end)]


def held(db: Database, wanted: Session) -> None:
    """Write that a session took place."""
    db.execute("UPDATE session SET state = 'held' WHERE id = ? AND state = 'planned'", [wanted.id])


def call_off(db: Database, wanted: Session) -> None:
    """Write that a session will not take place, or never did: of one at which somebody was this is not written."""
    db.execute(
        "UPDATE session SET state = 'cancelled' WHERE id = ? AND state <> 'cancelled' AND (state = 'planned' "
        "OR NOT EXISTS (SELECT 1 FROM attendance WHERE session_id = session.id))",
        [wanted.id],
    )


def alter(
    db: Database, wanted: Session, *, starts_at: datetime | None = None, place: str = "", title: str = ""
) -> None:
    """Write what is changed in a session that has not begun: when it is, where, or what it is called."""
    db.execute(
        "UPDATE session SET starts_at = ?, place = ?, title = ? WHERE id = ? AND state = 'planned'",
        [
            starts_at.isoformat(timespec="minutes") if starts_at else wanted.starts_at,
            place or wanted.place,
            title or wanted.title,
            wanted.id,
        ],
    )


def signed_up(db: Database, session_id: int) -> list[int]:
    """Every member with a place in the session or on its waiting list, their own or a guest's."""
    found = db.execute(
        "SELECT DISTINCT member_id FROM registration WHERE session_id = ? AND state IN ('registered', 'waiting') "
        "ORDER BY member_id",
        [session_id],
    )
    return [int(row[0]) for row in found]


def forget(db: Database, session_id: int, member_id: int) -> None:
    """Take back what was written of a member at a session; the log keeps that it was written."""
    db.execute("DELETE FROM attendance WHERE session_id = ? AND member_id = ?", [session_id, member_id])
