"""Who has listened to a document, for the desk."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import rows


@dataclass(frozen=True)
class Listener:
    """Somebody who listened to a document."""

    name: str
    """Who."""
    parts: int
    """How many parts of it they heard."""
    last_at: str
    """ISO local: when they heard the last of them."""


def of_document(db: Database, document_id: int) -> list[Listener]:
    """Everybody who listened to the document, latest first."""
    return rows(
        db,
        Listener,
        "SELECT name, count(DISTINCT part) AS parts, max(at) AS last_at FROM listening "
        "JOIN member ON member.id = member_id WHERE document_id = ? GROUP BY member_id ORDER BY last_at DESC",
        [document_id],
    )


def count(db: Database, document_id: int) -> int:
    """How many members listened to the document."""
    found = db.execute("SELECT count(DISTINCT member_id) FROM listening WHERE document_id = ?", [document_id])
    return int(found.fetchone()[0])
