"""Study sessions and activities: what is coming, who signed up, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import insert, one, present, rows

_COLUMNS = "id, branch_id, title, kind, starts_at, place, capacity, state"
COLUMNS = "id, session_id, member_id, guest, asked_by, state, said, reason, at, changed_at"
"""The columns of a `Registration`."""
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
    """One place in one session: a member's, or that of somebody a member brings along."""

    id: int
    """Key."""
    session_id: int
    """The session."""
    member_id: int
    """Who comes, or who brings the guest."""
    guest: str
    """Who comes instead, as the member called them (老伴); empty for the member."""
    asked_by: int
    """Who signed them up."""
    state: str
    """registered, waiting, cancelled or leave."""
    said: str
    """The words in which a guest or a leave was asked for."""
    reason: str
    """Why leave was asked for, word for word; empty where it was not said."""
    at: str
    """ISO local: the place in the line, kept by who withdraws and comes back."""
    changed_at: str
    """ISO local: when the state last changed."""


@dataclass(frozen=True)
class Place:
    """Somebody's name in a session's list."""

    id: int
    """Key of the registration."""
    name: str
    """Who, or who brings the guest."""
    guest: str
    """Who comes instead, as the member called them; empty for the member."""
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
    return [each for each in _planned(db, branch_id, start, end) if each.state != "cancelled"]


def upcoming(db: Database, branch_id: int, now: datetime) -> list[Session]:
    """Sessions of the branch that have not started, soonest first."""
    return between(db, branch_id, now, now.replace(year=now.year + 5, day=1))


def called_off(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Session]:
    """Sessions of the branch that were to start in this stretch and will not take place, in order."""
    return [each for each in _planned(db, branch_id, start, end) if each.state == "cancelled"]


def _planned(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Session]:
    return rows(
        db,
        Session,
        f"SELECT {_COLUMNS} FROM session WHERE branch_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
        [branch_id, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")],
    )


def register(
    db: Database, wanted: Session, member_id: int, asked_by: int, now: datetime, *, guest: str = "", said: str = ""
) -> Registration:
    """Put a member, or their guest, on the session's list or its waiting list; twice changes nothing.

    `now` is the place in the line: who comes back into it gives the time of their first sign-up.
    """
    standing = registration(db, wanted.id, member_id, guest)
    if standing and standing.state in ("registered", "waiting"):
        return standing
    stamp = now.isoformat(timespec="seconds")
    state = "registered" if has_room(db, wanted) else "waiting"
    db.execute(
        "INSERT INTO registration (session_id, member_id, guest, asked_by, state, said, at, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session_id, member_id, guest) DO UPDATE SET "
        "state = excluded.state, asked_by = excluded.asked_by, said = excluded.said, reason = '', at = excluded.at, "
        "changed_at = excluded.changed_at",
        [wanted.id, member_id, guest, asked_by, state, said, stamp, stamp],
    )
    return present(registration(db, wanted.id, member_id, guest), "the sign-up")


def cancel(db: Database, session_id: int, member_id: int, now: datetime, *, guest: str = "") -> None:
    """Take a member, or their guest, off the session's list."""
    db.execute(
        "UPDATE registration SET state = 'cancelled', changed_at = ? "
        "WHERE session_id = ? AND member_id = ? AND guest = ?",
        [now.isoformat(timespec="seconds"), session_id, member_id, guest],
    )


def registration(db: Database, session_id: int, member_id: int, guest: str = "") -> Registration | None:
    """The place of the member, or of their guest, in the session, or None."""
    return one(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE session_id = ? AND member_id = ? AND guest = ?",
        [session_id, member_id, guest],
    )


def places(db: Database, session_id: int) -> list[Place]:
    """The session's list, in order of sign-up, without those who withdrew."""
    return rows(
        db,
        Place,
        "SELECT registration.id, name, guest, registration.state FROM registration "
        "JOIN member ON member.id = member_id WHERE session_id = ? AND registration.state <> 'cancelled' "
        "ORDER BY registration.at, registration.id",
        [session_id],
    )


def record_attendance(db: Database, session_id: int, member_id: int, state: AttendanceState, now: datetime) -> None:
    """Write down how a member was at a session; the last word counts.

    Who had leave is excused, never unexplained, and a roll call takes nobody's study at home away.
    """
    standing = registration(db, session_id, member_id)
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


def attendance(db: Database, member_id: int, start: datetime, end: datetime) -> list[Attendance]:
    """How the member was at the sessions of this stretch, in order."""
    return rows(
        db,
        Attendance,
        "SELECT session.id AS session_id, title, starts_at, attendance.state FROM attendance "
        "JOIN session ON session.id = session_id WHERE member_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
        [member_id, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")],
    )


def has_room(db: Database, wanted: Session) -> bool:
    """Whether one more can come."""
    return wanted.capacity is None or taken(db, wanted.id) < wanted.capacity


def taken(db: Database, session_id: int) -> int:
    """How many places in it are taken."""
    counted = db.execute(
        "SELECT count(*) FROM registration WHERE session_id = ? AND state = 'registered'", [session_id]
    ).fetchone()
    return int(counted[0])
