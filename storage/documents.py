"""Policy documents that can be heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.chapters import Chapter, keep_chapters
from storage.database import insert, one, rows

_COLUMNS = "id, branch_id, title, nicknames, number, summary"


@dataclass(frozen=True)
class Document:
    """A document of the branch."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    title: str
    """Full title."""
    nicknames: str
    """What people call it, separated by semicolons."""
    number: str
    """Its document number (锡委办发〔2018〕43号), empty where it has none."""
    summary: str
    """The summary that is read out; every sentence of it stands in the document."""

    @property
    def spoken_names(self) -> tuple[str, ...]:
        """The nicknames, one by one."""
        return tuple(name for name in self.nicknames.split(";") if name)


def add_document(
    db: Database,
    branch_id: int,
    title: str,
    now: datetime,
    *,
    text: str,
    summary: str,
    nicknames: str = "",
    number: str = "",
    chapters: Sequence[Chapter] = (),
    removed: Sequence[str] = (),
    added_by: int | None = None,
) -> int:
    """Take a document in, with its chapters where they are known; returns its key. `removed`: lines that were cut."""
    document_id = insert(
        db,
        "document",
        branch_id=branch_id,
        title=title,
        nicknames=nicknames,
        number=number,
        text=text,
        summary=summary,
        added_at=now.isoformat(timespec="seconds"),
        removed=json.dumps(list(removed), ensure_ascii=False),
        added_by=added_by,
    )
    keep_chapters(db, document_id, chapters)
    return document_id


def renew(
    db: Database,
    document_id: int,
    now: datetime,
    *,
    text: str,
    summary: str,
    number: str,
    chapters: Sequence[Chapter],
    removed: Sequence[str],
    added_by: int | None,
) -> None:
    """Put a new version in the place of a document; who was in the middle of the old one begins anew."""
    db.execute(
        "UPDATE document SET text = ?, summary = ?, number = ?, removed = ?, added_at = ?, added_by = ? WHERE id = ?",
        [text, summary, number, json.dumps(list(removed), ensure_ascii=False), now.isoformat(timespec="seconds"),
         added_by, document_id],
    )  # fmt: skip
    db.execute("DELETE FROM chapter WHERE document_id = ?", [document_id])
    db.execute("DELETE FROM bookmark WHERE document_id = ?", [document_id])
    keep_chapters(db, document_id, chapters)


def titled(db: Database, branch_id: int, title: str) -> Document | None:
    """The branch's document with this very title, or None."""
    return one(
        db,
        Document,
        f"SELECT {_COLUMNS} FROM document WHERE branch_id = ? AND title = ?",
        [branch_id, title],
    )


def removed_lines(db: Database, document_id: int) -> list[str]:
    """What was cut from the document when it was taken in."""
    found = db.execute("SELECT removed FROM document WHERE id = ?", [document_id]).fetchone()
    return [str(line) for line in json.loads(found[0])]


def full_text(db: Database, document_id: int) -> str:
    """The document as it was taken in."""
    return str(db.execute("SELECT text FROM document WHERE id = ?", [document_id]).fetchone()[0])


def documents(db: Database, branch_id: int) -> list[Document]:
    """The branch's documents, newest first."""
    return rows(
        db,
        Document,
        f"SELECT {_COLUMNS} FROM document WHERE branch_id = ? ORDER BY id DESC",
        [branch_id],
    )


def shelf_stamp(db: Database, branch_id: int) -> str:
    """Changes whenever a document of the branch comes in or is replaced."""
    found = db.execute(
        "SELECT count(*), max(id), max(added_at) FROM document WHERE branch_id = ?", [branch_id]
    ).fetchone()
    return "|".join(map(str, found))


def document(db: Database, branch_id: int, document_id: int) -> Document | None:
    """The branch's document with this key, or None."""
    return one(
        db,
        Document,
        f"SELECT {_COLUMNS} FROM document WHERE branch_id = ? AND id = ?",
        [branch_id, document_id],
    )
