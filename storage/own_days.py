"""A member's own days: the birthday (often a lunar one) and the day of joining the Party (政治生日)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import one, rows

KINDS = ("birthday", "party_birthday")
"""What days there are; the table's CHECK says the same."""


@dataclass(frozen=True)
class OwnDay:
    """A day that comes round every year for one member."""

    member_id: int
    """Whose."""
    name: str
    """Their name."""
    kind: str
    """One of KINDS."""
    month: int
    """1..12, of the lunar year where `lunar`."""
    day: int
    """1..31; the 30th of a short lunar month is its 29th."""
    lunar: int
    """1 for a day of the lunar calendar."""
    year: int | None
    """The year of the first one; None where unknown."""


def set_day(
    db: Database, member_id: int, kind: str, month: int, day: int, *, lunar: bool = False, year: int | None = None
) -> None:
    """Write a member's own day, in place of the one of that kind that stood before."""
    db.execute(
        "INSERT INTO own_day (member_id, kind, month, day, lunar, year) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id, kind) DO UPDATE SET month = excluded.month, day = excluded.day, "
        "lunar = excluded.lunar, year = excluded.year",
        [member_id, kind, month, day, int(lunar), year],
    )


def of_member(db: Database, member_id: int, kind: str) -> OwnDay | None:
    """The member's day of this kind, or None."""
    return one(
        db,
        OwnDay,
        "SELECT member_id, name, kind, month, day, lunar, year FROM own_day JOIN member ON member.id = member_id "
        "WHERE member_id = ? AND kind = ?",
        [member_id, kind],
    )


def forget(db: Database, member_id: int, kind: str) -> None:
    """Take the member's day of this kind away."""
    db.execute("DELETE FROM own_day WHERE member_id = ? AND kind = ?", [member_id, kind])


def own_days(db: Database, branch_id: int) -> list[OwnDay]:
    """The own days of everybody in the branch, in roster order."""
    return rows(
        db,
        OwnDay,
        "SELECT member_id, name, kind, month, day, lunar, year FROM own_day JOIN member ON member.id = member_id "
        "WHERE branch_id = ? AND left_at IS NULL ORDER BY member_id, kind",
        [branch_id],
    )
