"""Who came to what, and who has signed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows
from storage.questions.asker import BRANCH, Asker
from storage.sessions import Session


@dataclass(frozen=True)
class Line:
    """How one member was at one session."""

    session_id: int
    """The session."""
    title: str
    """What it is called."""
    starts_at: str
    """When it was, ISO local."""
    member_id: int
    """Who."""
    name: str
    """Their name."""
    state: str
    """attended, excused, home_study or unexplained."""


@dataclass(frozen=True)
class Place:
    """A name on a session's list."""

    member_id: int
    """Who, or who brings the guest."""
    name: str
    """Their name."""
    guest: str
    """Who comes instead; empty for the member."""
    state: str
    """registered, waiting, cancelled or leave."""
    reason: str
    """Why leave was asked for, where it was said."""


def held(db: Database, asker: Asker, start: datetime, end: datetime) -> list[Session]:
    """Sessions of the stretch that were held, in order."""
    return _sessions(db, asker, start, end, "state = 'held'")


def planned(db: Database, asker: Asker) -> list[Session]:
    """Sessions that are to come, soonest first."""
    return _sessions(db, asker, asker.now, datetime.max, "state = 'planned'")


def titles(db: Database, asker: Asker) -> list[str]:
    """What the sessions of the branch are called, each once."""
    found = db.execute(
        f"SELECT DISTINCT title FROM session WHERE branch_id = {BRANCH} AND state <> 'cancelled'", asker.values()
    ).fetchall()
    return [str(row[0]) for row in found]


def lines(db: Database, asker: Asker, start: datetime, end: datetime) -> list[Line]:
    """How everybody who is on the roster was at the sessions of the stretch, in the order of sessions and roster."""
    return rows(
        db,
        Line,
        "SELECT session.id AS session_id, session.title, starts_at, member.id AS member_id, name, attendance.state "
        "FROM session JOIN attendance ON session_id = session.id JOIN member ON member.id = member_id "
        f"WHERE session.branch_id = {BRANCH} AND member.branch_id = session.branch_id AND left_at IS NULL "
        "AND session.state = 'held' AND starts_at BETWEEN :start AND :end ORDER BY starts_at, member.id",
        asker.values(start=_minute(start), end=_minute(end)),
    )


def places(db: Database, asker: Asker, session_id: int) -> list[Place]:
    """Everybody who stands or stood on the session's list, in order of sign-up."""
    return rows(
        db,
        Place,
        "SELECT member_id, name, guest, registration.state, reason FROM registration "
        "JOIN member ON member.id = member_id JOIN session ON session.id = session_id "
        f"WHERE session.branch_id = {BRANCH} AND session_id = :session ORDER BY registration.at, registration.id",
        asker.values(session=session_id),
    )


def _sessions(db: Database, asker: Asker, start: datetime, end: datetime, state: str) -> list[Session]:
    return rows(
        db,
        Session,
        "SELECT id, branch_id, title, kind, starts_at, place, capacity, state FROM session "
        f"WHERE branch_id = {BRANCH} AND {state} AND starts_at BETWEEN :start AND :end ORDER BY starts_at, id",
        asker.values(start=_minute(start), end=_minute(end)),
    )


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
