"""Study sessions and activities: what is coming and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

_COLUMNS = "id, branch_id, title, kind, starts_at, place, capacity, state"


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
