"""The index in which questions to a branch's documents are looked up: at once for a few, made ready for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlite_utils import Database

from dialogs.narration import Index, Narration, build_index, narrate
from storage import documents
from storage.documents import Document

MOST_ASKED = 50
"""Documents in which an answer is looked for at once, newest first: making them ready takes two seconds the first time.
Of a larger shelf all are searched as soon as `make_ready` has been through them in the background."""


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


def index_of(db: Database, shelf: Sequence[Document]) -> Index:
    """The index of these documents: of all of them where it is ready, else of the newest."""
    return _whole(db, shelf) or _newest(db, shelf)


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


@lru_cache(maxsize=MOST_ASKED)
def narrated(text: str) -> Narration:
    """The text made ready, remembered."""
    return narrate(text)


@lru_cache(maxsize=4)
def _index(texts: tuple[tuple[str, str], ...]) -> Index:
    return build_index({key: narrated(text) for key, text in texts})
