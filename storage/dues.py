"""Party dues by quarter. A member's word makes them claimed; only the secretary makes them verified.

No document gives a rate, so nothing here computes one: the branch sets what a member owes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import one, present, rows

_COLUMNS = "dues.id, member_id, name, quarter, due_fen, paid_fen, state"


@dataclass(frozen=True)
class Dues:
    """One member's dues of one quarter."""

    id: int
    """Key."""
    member_id: int
    """Whose."""
    name: str
    """Their name."""
    quarter: str
    """2026Q4."""
    due_fen: int | None
    """What the branch asks, in fen; None where it has not said."""
    paid_fen: int | None
    """What was paid, in fen."""
    state: str
    """open, claimed or verified."""


def quarter_of(day: datetime) -> str:
    """The quarter a day lies in: 2026Q4."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def dues(db: Database, member_id: int, quarter: str) -> Dues | None:
    """The member's dues of the quarter, or None where nothing is written yet."""
    return one(
        db,
        Dues,
        f"SELECT {_COLUMNS} FROM dues JOIN member ON member.id = member_id WHERE member_id = ? AND quarter = ?",
        [member_id, quarter],
    )


def quarters(first: str, last: str) -> list[str]:
    """Every quarter from the first to the last, both included; none where the last lies before the first."""
    begin, end = (int(quarter[:4]) * 4 + int(quarter[-1]) - 1 for quarter in (first, last))
    return [f"{number // 4}Q{number % 4 + 1}" for number in range(begin, end + 1)]


def standing(db: Database, member_id: int, quarter: str) -> Dues:
    """The member's dues of the quarter; open, and what the branch asks now, where nothing is written yet."""
    found = one(
        db,
        Dues,
        "SELECT coalesce(dues.id, 0) AS id, member.id AS member_id, name, ? AS quarter, "
        "coalesce(due_fen, dues_fen) AS due_fen, paid_fen, coalesce(state, 'open') AS state "
        "FROM member LEFT JOIN dues ON dues.member_id = member.id AND quarter = ? WHERE member.id = ?",
        [quarter, quarter, member_id],
    )
    return present(found, "the member")


def since(db: Database, member_id: int) -> str:
    """The first quarter of which the books know: the one in which the member was entered on the roster."""
    joined = db.execute("SELECT joined_at FROM member WHERE id = ?", [member_id]).fetchone()[0]
    return quarter_of(datetime.fromisoformat(joined))


def behind(db: Database, member_id: int, before: str) -> list[Dues]:
    """The member's dues of earlier quarters that are asked for and of which nobody said that they are paid.

    Of quarters before the member stood on the roster nothing is known, so nothing is owed for them here.
    """
    known = quarters(since(db, member_id), before)[:-1]
    earlier = [standing(db, member_id, quarter) for quarter in known]
    return [each for each in earlier if each.state == "open" and each.due_fen]


def claim(db: Database, member_id: int, quarter: str, paid_fen: int, now: datetime) -> Dues:
    """Write that the member says these dues are paid; what the secretary verified is not changed by it."""
    db.execute(
        "INSERT INTO dues (member_id, quarter, due_fen, paid_fen, state, claimed_at) "
        "SELECT id, ?, dues_fen, ?, 'claimed', ? FROM member WHERE id = ? "
        "ON CONFLICT (member_id, quarter) DO UPDATE SET paid_fen = excluded.paid_fen, state = 'claimed', "
        "claimed_at = excluded.claimed_at WHERE dues.state <> 'verified'",
        [quarter, paid_fen, now.isoformat(timespec="seconds"), member_id],
    )
    return present(dues(db, member_id, quarter), "the payment")


def verify_payment(db: Database, member_id: int, quarter: str, paid_fen: int, by: int, now: datetime) -> None:
    """Write that the secretary has the money."""
    db.execute(
        "INSERT INTO dues (member_id, quarter, due_fen, paid_fen, state, verified_by, verified_at) "
        "SELECT id, ?, dues_fen, ?, 'verified', ?, ? FROM member WHERE id = ? "
        "ON CONFLICT (member_id, quarter) DO UPDATE SET paid_fen = excluded.paid_fen, state = 'verified', "
        "verified_by = excluded.verified_by, verified_at = excluded.verified_at",
        [quarter, paid_fen, by, now.isoformat(timespec="seconds"), member_id],
    )


def of_quarter(db: Database, branch_id: int, quarter: str) -> list[Dues]:
    """Every member's dues of the quarter, those who have not said anything included as open."""
    return rows(
        db,
        Dues,
        "SELECT coalesce(dues.id, 0) AS id, member.id AS member_id, name, ? AS quarter, "
        "coalesce(due_fen, dues_fen) AS due_fen, paid_fen, coalesce(state, 'open') AS state "
        "FROM member LEFT JOIN dues ON dues.member_id = member.id AND quarter = ? "
        "WHERE branch_id = ? AND left_at IS NULL ORDER BY member.id",
        [quarter, quarter, branch_id],
    )
