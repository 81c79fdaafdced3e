"""The chapters of a document as they are read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from storage.database import insert, rows


@dataclass(frozen=True)
class Chapter:
    """A part of a document as it is read out."""

    number: int
    """1, 2, 3 … in the document, its introduction counted."""
    label: str
    """Its own numbering as it is spoken (第二部分); empty for an introduction."""
    title: str
    """Its heading, empty where it has none."""
    text: str
    """All that stands in it."""
    gist: str = ""
    """What matters in it, in its own words; empty where the text is short enough to be read out whole."""


def keep_chapters(db: Database, document_id: int, chapters: Sequence[Chapter]) -> None:
    """Write down the chapters of a document that has none yet."""
    for each in chapters:
        insert(db, "chapter", document_id=document_id, **asdict(each))


def chapters_of(db: Database, document_id: int) -> list[Chapter]:
    """The document's chapters in order; none for one that was taken in before chapters were kept."""
    return rows(
        db,
        Chapter,
        "SELECT number, label, title, text, gist FROM chapter WHERE document_id = ? ORDER BY number",
        [document_id],
    )
