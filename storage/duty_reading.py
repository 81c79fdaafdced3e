"""The duty list as it is written, line by line, for who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage.database import one, rows

_FROM = (
    "SELECT duty.id, member_id, name, rung, valid_from, coalesce(valid_to, '') AS valid_to, weekdays, from_clock, "
    "to_clock FROM duty JOIN member ON member.id = member_id"
)


@dataclass(frozen=True)
class DutyLine:
    """When one officer is on duty."""

    id: int
    """Key."""
    member_id: int
    """Who."""
    name: str
    """Their name."""
    rung: int
    """Place on the ladder, 1 is called first."""
    valid_from: str
    """First day."""
    valid_to: str
    """Last day; empty for no end."""
    weekdays: str
    """Digits, 1 for Monday; empty for every day."""
    from_clock: str
    """HH:MM; empty for the whole day."""
    to_clock: str
    """HH:MM, excluded."""


def lines(db: Database, branch_id: int) -> list[DutyLine]:
    """The branch's duty list, by rung and first day."""
    return rows(db, DutyLine, f"{_FROM} WHERE duty.branch_id = ? ORDER BY rung, valid_from, duty.id", [branch_id])


def line(db: Database, branch_id: int, duty_id: int) -> DutyLine | None:
    """The branch's line with this key, or None."""
    return one(db, DutyLine, f"{_FROM} WHERE duty.branch_id = ? AND duty.id = ?", [branch_id, duty_id])


def end(db: Database, duty_id: int, now: datetime) -> None:
    """Take a line off the list: what has held stays written with yesterday as its last day, the rest goes."""
    yesterday = (now.date() - timedelta(days=1)).isoformat()
    db.execute("DELETE FROM duty WHERE id = ? AND valid_from > ?", [duty_id, yesterday])
    db.execute("UPDATE duty SET valid_to = ? WHERE id = ?", [yesterday, duty_id])
