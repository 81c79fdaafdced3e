"""Who signed up for a session: a place in its list or its waiting line, a member's or that of a guest they bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import one, present, rows
from storage.sessions import Session

COLUMNS = "id, session_id, member_id, guest, asked_by, state, said, reason, at, changed_at"
"""The columns of a `Registration`."""


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


def register(
    db: Database, wanted: Session, member_id: int, asked_by: int, now: datetime, *, guest: str = "", said: str = ""
) -> Registration:
    """Put a member, or their guest, on the session's list or its waiting list; twice changes nothing.

    `now` is the place in the line: who comes back into it gives the time of their first sign-up.
    """
    standing = of(db, wanted.id, member_id, guest)
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
    return present(of(db, wanted.id, member_id, guest), "the sign-up")


def cancel(db: Database, session_id: int, member_id: int, now: datetime, *, guest: str = "") -> None:
    """Take a member, or their guest, off the session's list."""
    db.execute(
        "UPDATE registration SET state = 'cancelled', changed_at = ? "
        "WHERE session_id = ? AND member_id = ? AND guest = ?",
        [now.isoformat(timespec="seconds"), session_id, member_id, guest],
    )


def of(db: Database, session_id: int, member_id: int, guest: str = "") -> Registration | None:
    """The place of the member, or of their guest, in the session, or None."""
    return one(
        db,
        Registration,
        f"SELECT {COLUMNS} FROM registration WHERE session_id = ? AND member_id = ? AND guest = ?",
        [session_id, member_id, guest],
    )


def listed(db: Database, session_id: int) -> list[Place]:
    """The session's list, in order of sign-up, without those who withdrew."""
    return rows(
        db,
        Place,
        "SELECT registration.id, name, guest, registration.state FROM registration "
        "JOIN member ON member.id = member_id WHERE session_id = ? AND registration.state <> 'cancelled' "
        "ORDER BY registration.at, registration.id",
        [session_id],
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
