"""How many entries of each kind a branch wrote on each day: counted as they are written, so never counted again."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

TABLE = """CREATE TABLE entry_tally (
    branch_id INTEGER NOT NULL REFERENCES branch, day TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (branch_id, day, kind)) STRICT, WITHOUT ROWID"""
COUNT_ALL = """INSERT INTO entry_tally (branch_id, day, kind, count)
    SELECT branch_id, substr(at, 1, 10), kind, count(*) FROM entry GROUP BY 1, 2, 3"""


def count_in(db: Database, branch_id: int, day: str, kind: str) -> None:
    """One entry more."""
    db.execute(
        "INSERT INTO entry_tally (branch_id, day, kind, count) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (branch_id, day, kind) DO UPDATE SET count = count + 1",
        [branch_id, day, kind],
    )


def counts(db: Database, branch_id: int, start: datetime, end: datetime) -> dict[str, int]:
    """Kind -> entries of the branch on the days of a stretch, most frequent first."""
    return dict(
        db.execute(
            "SELECT kind, sum(count) FROM entry_tally WHERE branch_id = ? AND day BETWEEN ? AND ? "
            "GROUP BY kind ORDER BY sum(count) DESC, kind",
            [branch_id, start.date().isoformat(), end.date().isoformat()],
        ).fetchall()
    )
