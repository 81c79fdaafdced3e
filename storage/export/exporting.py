"""An export: a book read from a connection that cannot write, its file, and a line of the log that says who has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import log
from storage.database import reading_copy, writing
from storage.export.book import KINDS, Book, load_words, make_book
from storage.export.files import write_book
from storage.export.period import Period


def steps(kind: str) -> int:
    """How many steps an export of this kind takes, for a progress bar."""
    return 2 * (len(KINDS[kind]) + 1)


def export(
    db: Database,
    books: Path,
    branch_id: int,
    kind: str,
    period: Period,
    file: Path,
    now: datetime,
    *,
    actor_id: int | None = None,
    step: Callable[[], None] = lambda: None,
) -> Book:
    """Write the branch's book (`kind` book or report) of the period into `file`; `books` is the database file.

    A book names people in need, so no file is handed out without an entry in the log.
    """
    reading = reading_copy(books)
    try:
        book = make_book(reading, branch_id, kind, period, now, step)
    finally:
        reading.close()
    with writing(db):
        write_book(book, file, step)
        values = {"title": book.title, "period": book.period, "file": file.name}
        sentence = str(load_words()["log"]["exported"]).format(**values)
        log.append(
            db,
            branch_id=branch_id,
            at=now,
            kind="exported",
            sentence=sentence,
            actor_id=actor_id,
            channel="desk",
            fields={"kind": kind, "period": str(period), "file": file.name},
        )
    return book
