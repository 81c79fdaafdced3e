"""The secretary's questions, answered from the branch's books; every query names the branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import care, dues, sessions
from storage.care import CareCase
from storage.database import rows
from storage.dues import Dues
from storage.sessions import Place, Session


@dataclass(frozen=True)
class Presence:
    """How often one member came in a stretch of time."""

    member_id: int
    """Who."""
    name: str
    """Their name."""
    attended: int
    """Sessions they came to."""
    excused: int
    """Sessions they had leave for."""
    home_study: int
    """Sessions they studied at home."""
    held: int
    """Sessions for which anything is written about them."""


def needing_visit(db: Database, branch_id: int, triggers: tuple[str, ...]) -> list[CareCase]:
    """Open cases of these triggers where nobody has been yet."""
    return [case for case in care.open_cases(db, branch_id, unvisited=True) if case.trigger in triggers]


def unpaid(db: Database, branch_id: int, quarter: str) -> list[Dues]:
    """Members whose dues of the quarter nobody, not even they themselves, has said to be paid."""
    return [each for each in dues.of_quarter(db, branch_id, quarter) if each.state == "open"]


def signed_up(db: Database, branch_id: int, now: datetime) -> tuple[Session, list[Place]] | None:
    """The next session with its list; None where nothing is planned."""
    coming = sessions.upcoming(db, branch_id, now)
    return (coming[0], sessions.places(db, coming[0].id)) if coming else None


def presence(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Presence]:
    """How often each member of the branch came in this stretch, in roster order."""
    return rows(
        db,
        Presence,
        "SELECT member.id AS member_id, name, "
        "coalesce(sum(attendance.state = 'attended'), 0) AS attended, "
        "coalesce(sum(attendance.state = 'excused'), 0) AS excused, "
        "coalesce(sum(attendance.state = 'home_study'), 0) AS home_study, count(attendance.state) AS held "
        "FROM member LEFT JOIN (attendance JOIN session ON session.id = session_id AND starts_at BETWEEN ? AND ?) "
        "ON attendance.member_id = member.id WHERE member.branch_id = ? AND left_at IS NULL "
        "GROUP BY member.id ORDER BY member.id",
        [start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), branch_id],
    )
