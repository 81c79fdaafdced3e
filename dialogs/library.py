"""The branch's documents by ear: taken in with summary and chapters, opened, and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from dialogs.narration import (
    Index,
    Narration,
    NotInDocuments,
    Passage,
    answer,
    build_index,
    narrate,
    outline,
    summarise,
)
from dialogs.narration.pieces import readings
from storage import documents
from storage.documents import Chapter, Document

MOST_ASKED = 50
"""Documents in which an answer is looked for, newest first: making them ready takes two seconds the first time."""


def take_in(db: Database, branch_id: int, text: str, now: datetime, *, title: str = "", nicknames: str = "") -> int:
    """Add a document with its summary and chapters; `title` is for one that names itself nowhere. Returns its key."""
    narration = narrate(text)
    return documents.add_document(
        db,
        branch_id,
        narration.title or title,
        now,
        text=text,
        summary=summarise(narration).text,
        nicknames=nicknames,
        number=narration.number or "",
        chapters=_chapters(narration),
    )


def title_of(text: str) -> str:
    """The title that a document gives itself; empty where it names itself nowhere."""
    return narrate(text).title


def open_chapters(db: Database, document: Document) -> list[Chapter]:
    """The document's chapters; those of one taken in before chapters were kept are written down now."""
    kept = documents.chapters(db, document.id)
    if not kept:
        kept = _chapters(_narration(documents.full_text(db, document.id)))
        documents.keep_chapters(db, document.id, kept)
    return kept


def outline_of(db: Database, document: Document) -> str:
    """Which parts the document has, in one sentence."""
    return outline(_narration(documents.full_text(db, document.id)))


def ask(db: Database, question: str, shelf: Sequence[Document]) -> Passage | None:
    """The passage of these documents that answers, or None where none does."""
    texts = tuple((str(each.id), documents.full_text(db, each.id)) for each in shelf[:MOST_ASKED])
    found = answer(question, _index(texts))
    return None if isinstance(found, NotInDocuments) else found


def _chapters(narration: Narration) -> list[Chapter]:
    return [
        Chapter(number, each.label, each.title, each.text, each.gist)
        for number, each in enumerate(readings(narration), 1)
    ]


@lru_cache(maxsize=MOST_ASKED)
def _narration(text: str) -> Narration:
    return narrate(text)


@lru_cache(maxsize=4)
def _index(texts: tuple[tuple[str, str], ...]) -> Index:
    return build_index({key: _narration(text) for key, text in texts})
