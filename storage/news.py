"""What a secretary wants to know in the morning and no other file answers: what is new, overdue, silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows
from storage.tables_care import OPEN


@dataclass(frozen=True)
class Silent:
    """A member whom a human is to call because nothing was heard of them."""

    member_id: int
    """Whom."""
    name: str
    """Their name."""


def last_told(db: Database, branch_id: int) -> datetime | None:
    """When the last digest was sent, as the log has it; None before the first."""
    found = db.execute(
        "SELECT max(at) FROM entry WHERE branch_id = ? AND kind = 'digest_sent'", [branch_id]
    ).fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def reported_since(db: Database, branch_id: int, since: datetime) -> list[int]:
    """The keys of the cases that were reported since then, holiday tasks left out, in order."""
    found = db.execute(
        "SELECT id FROM care_case WHERE branch_id = ? AND reported_at >= ? AND trigger <> 'holiday' "
        "AND state <> 'false_alarm' AND merged_into IS NULL ORDER BY id",
        [branch_id, since.isoformat(timespec="seconds")],
    )
    return [int(row[0]) for row in found.fetchall()]


def overdue(db: Database, branch_id: int, now: datetime) -> list[int]:
    """Open cases that nobody has visited although the time is over, or the visit was planned for an earlier day."""
    found = db.execute(
        f"SELECT id FROM care_case WHERE branch_id = ? AND {OPEN} AND state <> 'visited' AND (due_at < ? "
        "OR EXISTS (SELECT 1 FROM visit WHERE case_id = care_case.id AND at IS NULL AND planned_at < ?)) "
        "ORDER BY trigger = 'emergency' DESC, due_at, id",
        [branch_id, now.isoformat(timespec="seconds"), now.date().isoformat()],
    )
    return [int(row[0]) for row in found.fetchall()]


def silent(db: Database, branch_id: int) -> list[Silent]:
    """Members on the list of silent ones who have sent nothing since they were put there."""
    return rows(
        db,
        Silent,
        "SELECT member.id AS member_id, name FROM task JOIN member ON member.id = task.member_id "
        "WHERE task.branch_id = ? AND kind = 'silent_call' AND done_at IS NULL AND left_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.member_id = member.id AND received_at > task.created_at) "
        "ORDER BY task.created_at, task.id",
        [branch_id],
    )
