"""Where each listener stands in a document, and who heard how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import insert, one, rows

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


@dataclass(frozen=True)
class Missed:
    """A study session at which a member was not."""

    session_id: int
    """Key."""
    title: str
    """What it was called."""
    excused: int
    """1 where they had leave."""


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


def share(db: Database, document_id: int, member_id: int) -> tuple[int, int]:
    """How many of the document's chapters the member has heard, in short or in full, and how many there are."""
    found = db.execute(
        "SELECT (SELECT count(DISTINCT CAST(part AS INTEGER)) FROM listening WHERE document_id = :document "
        "AND member_id = :member AND CAST(part AS INTEGER) > 0), "
        "(SELECT count(*) FROM chapter WHERE document_id = :document)",
        {"document": document_id, "member": member_id},
    ).fetchone()
    return int(found[0]), int(found[1])


def missed_study(db: Database, branch_id: int, member_id: int, start: datetime, end: datetime) -> Missed | None:
    """The branch's latest study session of this stretch at which the member neither was nor studied at home."""
    return one(
        db,
        Missed,
        "SELECT session.id AS session_id, title, coalesce(attendance.state, registration.state) IN "
        "('excused', 'leave') AS excused FROM session "
        "LEFT JOIN attendance ON attendance.session_id = session.id AND attendance.member_id = :member "
        "LEFT JOIN registration ON registration.session_id = session.id AND registration.member_id = :member "
        "AND guest = '' WHERE branch_id = :branch AND kind = 'study' AND session.state <> 'cancelled' "
        "AND starts_at BETWEEN :start AND :end AND coalesce(attendance.state, '') NOT IN ('attended', 'home_study') "
        "ORDER BY starts_at DESC LIMIT 1",
        {
            "member": member_id,
            "branch": branch_id,
            "start": start.isoformat(timespec="minutes"),
            "end": end.isoformat(timespec="minutes"),
        },
    )


def counted(db: Database, document_id: int, member_id: int) -> bool:
    """Whether hearing this document has been counted as study at home for this member: once is enough."""
    found = db.execute(
        "SELECT 1 FROM home_study WHERE document_id = ? AND member_id = ?", [document_id, member_id]
    ).fetchone()
    return found is not None


def count_for(db: Database, document_id: int, member_id: int, session_id: int, now: datetime) -> None:
    """Remember for which missed session hearing the document was counted."""
    insert(
        db,
        "home_study",
        document_id=document_id,
        member_id=member_id,
        session_id=session_id,
        at=now.isoformat(timespec="seconds"),
    )


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
