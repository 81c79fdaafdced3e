"""Where each listener stands in a document, and who heard how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import one, rows

State = Literal["reading", "stopped", "finished"]
_COLUMNS = "bookmark.document_id, chapter, piece, state, at"


@dataclass(frozen=True)
class Bookmark:
    """Where one member stands in one document."""

    document_id: int
    """The document."""
    chapter: int
    """The chapter last read out; 0 for the summary."""
    piece: int
    """The piece of the chapter's full text; 0 for the chapter as it is read on 下一个."""
    state: State
    """stopped where the listener said so in the middle of it, finished once the last chapter was read."""
    at: str
    """When, ISO local."""

    @property
    def moment(self) -> datetime:
        """When it was read out."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class Listener:
    """How much of a document one member has heard."""

    member_id: int
    """Who."""
    name: str
    """Their name."""
    chapters: int
    """Different chapters heard, in short or in full; 0 where only the summary was."""
    of: int
    """Chapters there are."""
    first_at: str
    """When they first listened, ISO local."""
    last_at: str
    """When they last listened."""


def place(
    db: Database, document_id: int, member_id: int, chapter: int, piece: int, state: State, now: datetime
) -> Bookmark:
    """Put the member's bookmark into the document."""
    db.execute(
        "INSERT INTO bookmark (document_id, member_id, chapter, piece, state, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id, document_id) DO UPDATE SET chapter = excluded.chapter, piece = excluded.piece, "
        "state = excluded.state, at = excluded.at",
        [document_id, member_id, chapter, piece, state, now.isoformat(timespec="seconds")],
    )
    return Bookmark(document_id, chapter, piece, state, now.isoformat(timespec="seconds"))


def bookmark(db: Database, document_id: int, member_id: int) -> Bookmark | None:
    """Where the member stands in the document; None where they never heard of it."""
    return one(
        db,
        Bookmark,
        f"SELECT {_COLUMNS} FROM bookmark WHERE document_id = ? AND member_id = ?",
        [document_id, member_id],
    )


def unfinished(db: Database, branch_id: int, member_id: int) -> Bookmark | None:
    """Where the member stands in the branch's document they listened to last and have not finished."""
    return one(
        db,
        Bookmark,
        f"SELECT {_COLUMNS} FROM bookmark JOIN document ON document.id = document_id "
        "WHERE branch_id = ? AND member_id = ? AND state <> 'finished' ORDER BY at DESC, document_id DESC LIMIT 1",
        [branch_id, member_id],
    )


def heard_documents(db: Database, member_id: int) -> set[int]:
    """Keys of the documents of which the member has heard anything."""
    found = db.execute("SELECT DISTINCT document_id FROM listening WHERE member_id = ?", [member_id])
    return {int(row[0]) for row in found.fetchall()}


def listeners(db: Database, document_id: int) -> list[Listener]:
    """Who heard the document, how much of it and when, first listeners first."""
    return rows(
        db,
        Listener,
        "SELECT member_id, name, count(DISTINCT nullif(CAST(part AS INTEGER), 0)) AS chapters, "
        "(SELECT count(*) FROM chapter WHERE chapter.document_id = listening.document_id) AS of, "
        "min(at) AS first_at, max(at) AS last_at "
        "FROM listening JOIN member ON member.id = member_id WHERE listening.document_id = ? "
        "GROUP BY member_id ORDER BY min(listening.id)",
        [document_id],
    )
