"""The branch's documents by ear: taken in with summary and chapters, opened, and asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from dialogs.documents.shelf import index_of, narrated
from dialogs.narration import (
    Narration,
    NotInDocuments,
    Passage,
    answer,
    narrate,
    outline,
    summarise,
)
from dialogs.narration.pieces import readings
from dialogs.narration.sweep import advertising_among
from dialogs.narration.titles import uncorrected
from storage import documents
from storage.chapters import Chapter, chapters_of, keep_chapters
from storage.documents import Document


class Nameless(ValueError):
    """A text that names itself nowhere, and nobody gave it a title."""


@dataclass(frozen=True)
class Prepared:
    """A document made ready to be kept."""

    title: str
    """Its own, else the one that was given."""
    number: str
    """Its document number; empty where it has none."""
    text: str
    """As it came."""
    summary: str
    """What is read out first."""
    chapters: tuple[Chapter, ...]
    """Its parts."""
    removed: tuple[str, ...]
    """Lines that were cut: recipients, issue lines, advertisements, page numbers."""
    advertising: tuple[str, ...]
    """Those of them that are a reseller's."""


@dataclass(frozen=True)
class Kept:
    """What became of a document that was to be kept."""

    document_id: int
    """Its key."""
    outcome: Literal["added", "renewed", "standing"]
    """New; a new version of one with the same title; or there already, the same words in whatever kind of file."""


def prepare(text: str, title: str = "") -> Prepared:
    """Clean and sum up a text; `title` is for one that names itself nowhere. Raises Nameless. Takes up to 3 s."""
    narration = narrate(text)
    named = uncorrected(_within_marks(narration.title or title))
    if not named:
        raise Nameless("the text names itself nowhere")
    return Prepared(
        named,
        narration.number or "",
        text,
        summarise(narration).text,
        tuple(_chapters(narration)),
        narration.removed,
        advertising_among(narration.removed),
    )


def _within_marks(title: str) -> str:
    """《关于……的意见》政策解读 is said and written within title marks; its own would double them."""
    return re.sub("[《》]", "", title) if title.startswith("《") else title


def keep(
    db: Database, branch_id: int, ready: Prepared, now: datetime, *, nicknames: str = "", added_by: int | None = None
) -> Kept:
    """Add a document, or put it in the place of the branch's older one with the same title."""
    standing = documents.titled(db, branch_id, ready.title)
    if standing is None:
        document_id = documents.add_document(
            db, branch_id, ready.title, now, text=ready.text, summary=ready.summary, nicknames=nicknames,
            number=ready.number, chapters=ready.chapters, removed=ready.removed, added_by=added_by,
        )  # fmt: skip
        return Kept(document_id, "added")
    if _words(documents.full_text(db, standing.id)) == _words(ready.text):
        return Kept(standing.id, "standing")
    documents.renew(
        db, standing.id, now, text=ready.text, summary=ready.summary, number=ready.number, chapters=ready.chapters,
        removed=ready.removed, added_by=added_by,
    )  # fmt: skip
    return Kept(standing.id, "renewed")


def _words(text: str) -> str:
    """All that a document says, its date too, without what a kind of file adds: blanks, line breaks, page numbers."""
    return re.sub(r"\s", "", narrated(text).whole)


def take_in(db: Database, branch_id: int, text: str, now: datetime, *, title: str = "", nicknames: str = "") -> int:
    """Add a document with its summary and chapters; returns its key. Raises Nameless."""
    return keep(db, branch_id, prepare(text, title), now, nicknames=nicknames).document_id


def title_of(text: str) -> str:
    """The title that a document gives itself; empty where it names itself nowhere."""
    return narrate(text).title


def open_chapters(db: Database, document: Document) -> list[Chapter]:
    """The document's chapters; those of one taken in before chapters were kept are written down now."""
    kept = chapters_of(db, document.id)
    if not kept:
        kept = _chapters(narrated(documents.full_text(db, document.id)))
        keep_chapters(db, document.id, kept)
    return kept


def outline_of(db: Database, document: Document) -> str:
    """Which parts the document has, in one sentence."""
    return outline(narrated(documents.full_text(db, document.id)))


def ask(db: Database, question: str, shelf: Sequence[Document]) -> Passage | None:
    """The passage of these documents that answers, or None where none does."""
    found = answer(question, index_of(db, shelf))
    return None if isinstance(found, NotInDocuments) else found


def _chapters(narration: Narration) -> list[Chapter]:
    return [
        Chapter(number, each.label, each.title, each.text, each.gist)
        for number, each in enumerate(readings(narration), 1)
    ]
