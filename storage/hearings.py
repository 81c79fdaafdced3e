"""What was heard of which document by whom, and when."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database import insert


def heard(db: Database, document_id: int, member_id: int, part: str, now: datetime) -> int:
    """Write down that a member heard a part (summary, a chapter 2, the third piece of its full text 2.3)."""
    return insert(
        db,
        "listening",
        document_id=document_id,
        member_id=member_id,
        part=part,
        at=now.isoformat(timespec="seconds"),
    )


def titles_heard(db: Database, member_id: int, start: datetime, end: datetime) -> list[str]:
    """The titles of what a member listened to in this stretch, latest first, each once."""
    found = db.execute(
        "SELECT title FROM listening JOIN document ON document.id = document_id WHERE member_id = ? "
        "AND at BETWEEN ? AND ? GROUP BY document.id ORDER BY max(listening.id) DESC",
        [member_id, start.isoformat(timespec="seconds"), end.isoformat(timespec="seconds")],
    )
    return [str(row[0]) for row in found]
