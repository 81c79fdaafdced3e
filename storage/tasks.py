"""What a human has to do because Nuanyang cannot: call somebody back, listen to a recording, collect dues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, rows


@dataclass(frozen=True)
class Task:
    """Something for the secretary to do."""

    id: int
    """Key."""
    kind: str
    """call_back, listen, home_study, dues_collect, profile_update or theme."""
    member_id: int | None
    """Whom it concerns."""
    name: str
    """Their name."""
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
) -> int:
    """Put a task on the secretary's list; returns its key."""
    return insert(
        db,
        "task",
        branch_id=branch_id,
        kind=kind,
        member_id=member_id,
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
        "SELECT task.id, kind, member_id, name, said, recording_id, created_at, due_at FROM task "
        "JOIN member ON member.id = member_id WHERE task.branch_id = ? AND done_at IS NULL ORDER BY due_at, task.id",
        [branch_id],
    )


def waiting_for(db: Database, member_id: int, kind: str) -> list[Task]:
    """What this member still waits for, of one kind, newest first."""
    return rows(
        db,
        Task,
        "SELECT task.id, kind, member_id, name, said, recording_id, created_at, due_at FROM task "
        "JOIN member ON member.id = member_id WHERE member_id = ? AND kind = ? AND done_at IS NULL "
        "ORDER BY task.id DESC",
        [member_id, kind],
    )


def finish(db: Database, branch_id: int, task_id: int, by: int, now: datetime) -> bool:
    """Mark a task as done; False where the branch has no such open task."""
    changed = db.execute(
        "UPDATE task SET done_at = ?, done_by = ? WHERE id = ? AND branch_id = ? AND done_at IS NULL",
        [now.isoformat(timespec="seconds"), by, task_id, branch_id],
    ).rowcount
    return bool(changed)
