"""The branch's own plan: each month its theme and its activity (每月一重点，月月有主题)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows


@dataclass(frozen=True)
class Theme:
    """What the branch set for one month."""

    month: str
    """2026-11."""
    theme: str
    """The month's theme."""
    activity: str
    """What is done in it, empty where not yet fixed."""


def month_of(day: datetime) -> str:
    """The month a day lies in: 2026-11."""
    return f"{day.year}-{day.month:02d}"


def set_theme(db: Database, branch_id: int, month: str, theme: str, activity: str = "") -> None:
    """Write a month's theme; the last word counts."""
    db.execute(
        "INSERT INTO theme (branch_id, month, theme, activity) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (branch_id, month) DO UPDATE SET theme = excluded.theme, activity = excluded.activity",
        [branch_id, month, theme, activity],
    )


def themes(db: Database, branch_id: int, first: str, last: str) -> list[Theme]:
    """What the branch set for these months, in order."""
    return rows(
        db,
        Theme,
        "SELECT month, theme, activity FROM theme WHERE branch_id = ? AND month BETWEEN ? AND ? ORDER BY month",
        [branch_id, first, last],
    )
