"""Points, where a branch keeps them. No document says how many, so nothing computes them: each row has its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one


@dataclass(frozen=True)
class Points:
    """What one member has."""

    total: int
    """All points of the stretch together."""
    until: str
    """ISO local of the branch's last row: up to then points are written."""


def give(db: Database, member_id: int, at: datetime, points: int, reason: str, entry_id: int | None = None) -> int:
    """Write points with their reason and the log entry they rest on; returns the key."""
    return insert(
        db,
        "point",
        member_id=member_id,
        at=at.isoformat(timespec="minutes"),
        points=points,
        reason=reason,
        entry_id=entry_id,
    )


def points(db: Database, member_id: int, start: datetime, end: datetime) -> Points | None:
    """The member's points of this stretch; None where their branch has never written any."""
    return one(
        db,
        Points,
        "SELECT (SELECT coalesce(sum(points), 0) FROM point WHERE member_id = :member AND at BETWEEN :start AND :end) "
        "AS total, max(at) AS until FROM point JOIN member ON member.id = member_id "
        "WHERE branch_id = (SELECT branch_id FROM member WHERE id = :member) HAVING count(*) > 0",
        {
            "member": member_id,
            "start": start.isoformat(timespec="minutes"),
            "end": end.isoformat(timespec="minutes"),
        },
    )
