"""Terms of office that run out (任期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from storage.database import rows


@dataclass(frozen=True)
class Term:
    """An office and its last day."""

    member_id: int
    """Who holds it."""
    name: str
    """Their name."""
    title: str
    """How the office is called; empty where it has no name of its own."""
    valid_to: str
    """ISO date of the last day."""


def expiring(db: Database, branch_id: int, today: date, days: int) -> list[Term]:
    """The offices of the branch that end within so many days, soonest first."""
    return rows(
        db,
        Term,
        "SELECT member_id, name, title, valid_to FROM role JOIN member ON member.id = member_id "
        "WHERE branch_id = ? AND left_at IS NULL AND role <> 'member' AND valid_to BETWEEN ? AND ? "
        "ORDER BY valid_to, role.id",
        [branch_id, today.isoformat(), (today + timedelta(days=days)).isoformat()],
    )
