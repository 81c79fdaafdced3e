"""Erasing a member's words: sentence, fields, salt and search entries go for good, the chain stays whole."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.log import search
from storage.log.chain import append


def erase_words(
    db: Database, branch_id: int, member_id: int, at: datetime, *, sentence: str, actor_id: int | None, channel: str
) -> int:
    """Write an entry that says so, then remove the words of every entry that concerns the member; returns how many.

    Inside the caller's transaction. `sentence` is to name nobody: it stays. What the pages of the file held is
    overwritten (secure_delete); call `settle` after the commit, for the write-ahead log still has them.
    """
    append(
        db, branch_id=branch_id, at=at, kind="erasure", sentence=sentence, actor_id=actor_id, member_id=member_id,
        channel=channel,
    )  # fmt: skip
    gone = db.execute(
        "SELECT entry.id, sentence FROM entry JOIN entry_content ON entry_id = entry.id "
        "WHERE branch_id = ? AND member_id = ? AND kind <> 'erasure'",
        [branch_id, member_id],
    ).fetchall()
    for entry_id, words in gone:
        search.forget(db, entry_id, branch_id, member_id, words)
        db.execute("DELETE FROM entry_content WHERE entry_id = ?", [entry_id])
    return len(gone)


def settle(db: Database) -> None:
    """Empty the write-ahead log into the file, so that no copy of erased words is left beside it."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
