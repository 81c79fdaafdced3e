"""Study sessions and activities: what is coming, who signed up, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import insert, one, rows

_COLUMNS = "id, branch_id, title, kind, starts_at, place, capacity, state"
AttendanceState = Literal["attended", "excused", "home_study", "unexplained"]


@dataclass(frozen=True)
class Session:
    """A study session or an activity of the branch."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    title: str
    """What it is called when read out."""
    kind: str
    """study or activity."""
    starts_at: str
    """ISO local, to the minute."""
    place: str
    """Where, empty where not yet fixed."""
    capacity: int | None
    """How many can come; None for no limit."""
    state: str
    """planned, held or cancelled."""

    @property
    def start(self) -> datetime:
        """When it starts."""
        return datetime.fromisoformat(self.starts_at)


@dataclass(frozen=True)
class Registration:
    """One member's place in one session."""

    id: int
    """Key."""
    session_id: int
    """The session."""
    member_id: int
    """Who comes."""
    asked_by: int
    """Who signed them up."""
    state: str
    """registered, waiting, cancelled or leave."""


@dataclass(frozen=True)
class Place:
    """Somebody's name in a session's list."""

    id: int
    """Key of the registration."""
    name: str
    """Who."""
    state: str
    """registered, waiting, cancelled or leave."""


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


def add_session(
    db: Database,
    branch_id: int,
    title: str,
    starts_at: datetime,
    *,
    kind: str = "study",
    place: str = "",
    capacity: int | None = None,
    state: str = "planned",
) -> int:
    """Put a session on the branch's calendar; returns its key."""
    return insert(
        db,
        "session",
        branch_id=branch_id,
        title=title,
        kind=kind,
        starts_at=starts_at.isoformat(timespec="minutes"),
        place=place,
        capacity=capacity,
        state=state,
    )


def session(db: Database, branch_id: int, session_id: int) -> Session | None:
    """The branch's session with this key, or None."""
    return one(
        db,
        Session,
        f"SELECT {_COLUMNS} FROM session WHERE branch_id = ? AND id = ?",
        [branch_id, session_id],
    )


def between(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Session]:
    """Sessions of the branch that start in this stretch and were not cancelled, in order."""
    return rows(
        db,
        Session,
        f"SELECT {_COLUMNS} FROM session WHERE branch_id = ? AND state <> 'cancelled' "
        "AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
        [branch_id, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")],
    )


def upcoming(db: Database, branch_id: int, now: datetime) -> list[Session]:
    """Sessions of the branch that have not started, soonest first."""
    return between(db, branch_id, now, now.replace(year=now.year + 5, day=1))


def register(db: Database, wanted: Session, member_id: int, asked_by: int, now: datetime) -> Registration:
    """Put a member on the session's list, or on its waiting list where it is full; twice changes nothing."""
    standing = registration(db, wanted.id, member_id)
    if standing and standing.state in ("registered", "waiting"):
        return standing
    taken = db.execute(
        "SELECT count(*) FROM registration WHERE session_id = ? AND state = 'registered'", [wanted.id]
    ).fetchone()[0]
    state = "waiting" if wanted.capacity is not None and taken >= wanted.capacity else "registered"
    db.execute(
        "INSERT INTO registration (session_id, member_id, asked_by, state, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (session_id, member_id) DO UPDATE SET state = excluded.state, asked_by = excluded.asked_by, "
        "at = excluded.at",
        [wanted.id, member_id, asked_by, state, now.isoformat(timespec="seconds")],
    )
    written = registration(db, wanted.id, member_id)
    assert written is not None  # noqa: S101 - written two lines above
    return written


def cancel(db: Database, session_id: int, member_id: int, now: datetime) -> None:
    """Take a member off the session's list."""
    db.execute(
        "UPDATE registration SET state = 'cancelled', at = ? WHERE session_id = ? AND member_id = ?",
        [now.isoformat(timespec="seconds"), session_id, member_id],
    )


def registration(db: Database, session_id: int, member_id: int) -> Registration | None:
    """The member's place in the session, or None."""
    return one(
        db,
        Registration,
        "SELECT id, session_id, member_id, asked_by, state FROM registration WHERE session_id = ? AND member_id = ?",
        [session_id, member_id],
    )


def places(db: Database, session_id: int) -> list[Place]:
    """The session's list, in order of sign-up, without those who withdrew."""
    return rows(
        db,
        Place,
        "SELECT registration.id, name, registration.state FROM registration "
        "JOIN member ON member.id = member_id WHERE session_id = ? AND registration.state <> 'cancelled' "
        "ORDER BY registration.at, registration.id",
        [session_id],
    )


def record_attendance(db: Database, session_id: int, member_id: int, state: AttendanceState, now: datetime) -> None:
    """Write down how a member was at a session; the last word counts."""
    db.execute(
        "INSERT INTO attendance (session_id, member_id, state, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (session_id, member_id) DO UPDATE SET state = excluded.state, at = excluded.at",
        [session_id, member_id, state, now.isoformat(timespec="seconds")],
    )


def attendance(db: Database, member_id: int, start: datetime, end: datetime) -> list[Attendance]:
    """How the member was at the sessions of this stretch, in order."""
    return rows(
        db,
        Attendance,
        "SELECT session.id AS session_id, title, starts_at, attendance.state FROM attendance "
        "JOIN session ON session.id = session_id WHERE member_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
        [member_id, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")],
    )
