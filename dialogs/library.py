"""The branch's documents by ear: taken in with summary and chapters, opened, and asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

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
from dialogs.narration.sweep import advertising_among
from storage import documents
from storage.documents import Chapter, Document

MOST_ASKED = 50
"""Documents in which an answer is looked for at once, newest first: making them ready takes two seconds the first time.
Of a larger shelf all are searched as soon as `make_ready` has been through them in the background."""


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
    """New; a new version of one with the same title; or there already, word for word."""


@dataclass(frozen=True)
class Shelf:
    """All documents of a branch, to be made ready."""

    branch_id: int
    """Whose."""
    stamp: str
    """As the shelf was when the texts were read."""
    texts: Mapping[str, str]
    """Key -> full text."""


_ready: dict[int, tuple[str, Index]] = {}
"""Indexes of large shelves by branch, with the stamp of the shelf for which they are true."""


def prepare(text: str, title: str = "") -> Prepared:
    """Clean and sum up a text; `title` is for one that names itself nowhere. Raises Nameless. Takes up to 3 s."""
    narration = narrate(text)
    named = narration.title or title
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
    if documents.full_text(db, standing.id) == ready.text:
        return Kept(standing.id, "standing")
    documents.renew(
        db, standing.id, now, text=ready.text, summary=ready.summary, number=ready.number, chapters=ready.chapters,
        removed=ready.removed, added_by=added_by,
    )  # fmt: skip
    return Kept(standing.id, "renewed")


def take_in(db: Database, branch_id: int, text: str, now: datetime, *, title: str = "", nicknames: str = "") -> int:
    """Add a document with its summary and chapters; returns its key. Raises Nameless."""
    return keep(db, branch_id, prepare(text, title), now, nicknames=nicknames).document_id


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
    found = answer(question, _whole(db, shelf) or _newest(db, shelf))
    return None if isinstance(found, NotInDocuments) else found


def waiting_shelf(db: Database, branch_id: int) -> Shelf | None:
    """A shelf too large to be made ready within a turn, where its index is not there or no longer true."""
    shelf = documents.documents(db, branch_id)
    stamp = documents.shelf_stamp(db, branch_id)
    standing = _ready.get(branch_id)
    if len(shelf) <= MOST_ASKED or (standing is not None and standing[0] == stamp):
        return None
    return Shelf(branch_id, stamp, {str(each.id): documents.full_text(db, each.id) for each in shelf})


def make_ready(shelf: Shelf) -> None:
    """Index a large shelf. Blocks, a minute for a thousand documents, so it runs beside the event loop."""
    _ready[shelf.branch_id] = (shelf.stamp, build_index({key: narrate(text) for key, text in shelf.texts.items()}))


def _whole(db: Database, shelf: Sequence[Document]) -> Index | None:
    if len(shelf) <= MOST_ASKED:
        return None
    stamp, index = _ready.get(shelf[0].branch_id, ("", None))
    return index if stamp == documents.shelf_stamp(db, shelf[0].branch_id) else None


def _newest(db: Database, shelf: Sequence[Document]) -> Index:
    return _index(tuple((str(each.id), documents.full_text(db, each.id)) for each in shelf[:MOST_ASKED]))


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
