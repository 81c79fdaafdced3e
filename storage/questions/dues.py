"""What is owed and what was paid, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import rows
from storage.questions.asker import BRANCH, Asker


@dataclass(frozen=True)
class Due:
    """One member's dues of one quarter."""

    id: int
    """Key of the row; 0 where nothing is written yet."""
    member_id: int
    """Whose."""
    name: str
    """Their name."""
    quarter: str
    """2026Q4."""
    due_fen: int
    """What the branch asks."""
    paid_fen: int
    """What was paid; 0 for nothing."""
    state: str
    """open, claimed or verified."""
    paid_at: str
    """ISO local: when it was said or verified; empty for neither."""


@dataclass(frozen=True)
class Relief:
    """An application to pay less."""

    id: int
    """Key."""
    member_id: int
    """Whose."""
    name: str
    """Their name."""
    reason: str
    """Why, in their own words."""
    state: str
    """pending, approved or rejected."""
    at: str
    """ISO local."""


def of_quarters(db: Database, asker: Asker, quarters: Sequence[str]) -> list[Due]:
    """Everybody's dues of these quarters, in the order of quarters and roster.

    Of whom the branch asks nothing (no amount is set, and nothing was paid), nothing is owed: they are left out. So are
    the quarters before somebody came onto the roster.
    """
    found = []
    for quarter in quarters:
        found += rows(
            db,
            Due,
            "SELECT coalesce(dues.id, 0) AS id, member.id AS member_id, name, :quarter AS quarter, "
            "coalesce(due_fen, dues_fen, 0) AS due_fen, coalesce(paid_fen, 0) AS paid_fen, "
            "coalesce(state, 'open') AS state, coalesce(claimed_at, verified_at, '') AS paid_at "
            "FROM member LEFT JOIN dues ON dues.member_id = member.id AND quarter = :quarter "
            f"WHERE member.branch_id = {BRANCH} AND left_at IS NULL AND (dues.id IS NOT NULL OR "
            "(coalesce(dues_fen, 0) > 0 AND :quarter >= substr(joined_at, 1, 4) || 'Q' || "
            "((cast(substr(joined_at, 6, 2) AS INTEGER) + 2) / 3))) ORDER BY member.id",
            asker.values(quarter=quarter),
        )
    return found


def reliefs(db: Database, asker: Asker) -> list[Relief]:
    """Who asked to pay less, oldest first."""
    return rows(
        db,
        Relief,
        "SELECT application.id, member_id, name, reason, state, at FROM application "
        "JOIN member ON member.id = member_id "
        f"WHERE application.branch_id = {BRANCH} AND kind = 'dues_relief' ORDER BY at, application.id",
        asker.values(),
    )
