"""What a human has to do because Nuanyang cannot: call somebody back, listen to a recording, collect dues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

KINDS = ("call_back", "listen", "home_study", "dues_collect", "profile_update", "theme", "silent_call", "card_call")
"""What tasks there are; the table's CHECK says the same, and a test holds them together."""
_COLUMNS = (
    "task.id, kind, member_id, name, officer_id, subject, said, recording_id, task.created_at, due_at "
    "FROM task JOIN member ON member.id = member_id"
)


@dataclass(frozen=True)
class Task:
    """Something for the secretary to do."""

    id: int
    """Key."""
    kind: str
    """One of KINDS."""
    member_id: int | None
    """Whom it concerns."""
    name: str
    """Their name."""
    officer_id: int | None
    """Who is to do it; None for whoever is on duty."""
    subject: str
    """What exactly it is about where a member may have several of a kind (2026-11 for a month's theme)."""
    said: str
    """What was said, empty where nothing was understood."""
    recording_id: int | None
    """The voice message to listen to."""
    created_at: str
    """ISO local."""
    due_at: str
    """ISO local: by then it is to be done."""


def add_task(
    db: Database,
    branch_id: int,
    kind: str,
    member_id: int,
    now: datetime,
    due_at: datetime,
    *,
    said: str = "",
    recording_id: int | None = None,
    officer_id: int | None = None,
    subject: str = "",
) -> int:
    """Put a task on the secretary's list; returns its key."""
    return insert(
        db,
        "task",
        branch_id=branch_id,
        kind=kind,
        member_id=member_id,
        officer_id=officer_id,
        subject=subject,
        said=said,
        recording_id=recording_id,
        created_at=now.isoformat(timespec="seconds"),
        due_at=due_at.isoformat(timespec="seconds"),
    )


def open_tasks(db: Database, branch_id: int) -> list[Task]:
    """The branch's tasks that nobody has done, most urgent first."""
    return rows(
        db,
        Task,
        f"SELECT {_COLUMNS} WHERE task.branch_id = ? AND done_at IS NULL ORDER BY due_at, task.id",
        [branch_id],
    )


def waiting_for(db: Database, member_id: int, kind: str) -> list[Task]:
    """What this member still waits for, of one kind, newest first."""
    return rows(
        db,
        Task,
        f"SELECT {_COLUMNS} WHERE task.member_id = ? AND kind = ? AND done_at IS NULL ORDER BY task.id DESC",
        [member_id, kind],
    )


def open_task(
    db: Database, branch_id: int, kind: str, *, member_id: int | None = None, subject: str = ""
) -> Task | None:
    """The branch's open task of this kind and subject, for this member or (None) for anybody: asked twice is one."""
    return one(
        db,
        Task,
        f"SELECT {_COLUMNS} WHERE task.branch_id = ? AND kind = ? AND subject = ? AND done_at IS NULL "
        "AND (? IS NULL OR member_id = ?) ORDER BY task.id",
        [branch_id, kind, subject, member_id, member_id],
    )


def say_more(db: Database, task_id: int, said: str, due_at: datetime) -> None:
    """What is known of an open task by now, and when it is due."""
    db.execute(
        "UPDATE task SET said = ?, due_at = ? WHERE id = ? AND done_at IS NULL",
        [said, due_at.isoformat(timespec="seconds"), task_id],
    )


def finish(db: Database, branch_id: int, task_id: int, by: int, now: datetime) -> bool:
    """Mark a task as done; False where the branch has no such open task."""
    changed = db.execute(
        "UPDATE task SET done_at = ?, done_by = ? WHERE id = ? AND branch_id = ? AND done_at IS NULL",
        [now.isoformat(timespec="seconds"), by, task_id, branch_id],
    ).rowcount
    return bool(changed)
