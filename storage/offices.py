"""The offices that somebody holds or held, each with its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage.database import insert, one, rows

ROLES = ("secretary", "committee", "liaison", "party_committee")
"""Offices that there are; the table's CHECK says the same."""
_FROM = (
    "SELECT role.id, member_id, name, role, title, rung, valid_from, coalesce(valid_to, '') AS valid_to "
    "FROM role JOIN member ON member.id = member_id WHERE role <> 'member' AND branch_id = ?"
)


@dataclass(frozen=True)
class Held:
    """An office of one person."""

    id: int
    """Key."""
    member_id: int
    """Whose."""
    name: str
    """Their name."""
    role: str
    """One of ROLES."""
    title: str
    """How it is called (书记)."""
    rung: int
    """Place on the ladder, lowest first."""
    valid_from: str
    """ISO day from which it holds."""
    valid_to: str
    """ISO day until which it holds; empty for no end."""


def of_member(db: Database, branch_id: int, member_id: int) -> list[Held]:
    """Every office of this person, the latest first."""
    return rows(db, Held, f"{_FROM} AND member_id = ? ORDER BY valid_from DESC, role.id DESC", [branch_id, member_id])


def held(db: Database, branch_id: int, office_id: int) -> Held | None:
    """The branch's office with this key, or None."""
    return one(db, Held, f"{_FROM} AND role.id = ?", [branch_id, office_id])


def give(db: Database, member_id: int, role: str, title: str, rung: int, first: date, last: date | None = None) -> int:
    """Put somebody into an office from the first day to the last; returns its key."""
    return insert(
        db,
        "role",
        member_id=member_id,
        role=role,
        title=title,
        rung=rung,
        valid_from=first.isoformat(),
        valid_to=last.isoformat() if last else None,
    )


def end(db: Database, office_id: int, last: date) -> None:
    """Write the last day of an office."""
    db.execute("UPDATE role SET valid_to = ? WHERE id = ?", [last.isoformat(), office_id])
