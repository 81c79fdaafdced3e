"""Which words a document will be read out in, so that their voices can be made before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlite_utils import Database

from dialogs import words
from dialogs.documents.reading import SUMMARY, Book, Spot
from storage import listening
from storage.members import Member


def spoken_texts(book: Book, spots: Sequence[Spot]) -> Iterator[str]:
    """What is said at these places, word for word as the reader says it; of a summary every variant."""
    replies = words.load("skills/document_listen", "replies")
    for spot in spots:
        text = book.spoken(spot, last=book.after(spot) is None)
        if spot == SUMMARY:
            yield from (replies.of_turn(turn).say("summary", text=text) for turn in range(replies.variants("summary")))
        else:
            yield replies.say("part", text=text)


def next_spots(db: Database, books: Mapping[int, Book], listener: Member) -> Iterator[tuple[int, list[Spot]]]:
    """For each document that somebody is in the middle of: what they hear when they go on."""
    for document_id, book in books.items():
        mark = listening.bookmark(db, document_id, listener.id)
        if mark is not None and mark.state != "finished":
            here = Spot(mark.chapter, mark.piece)
            following = book.after(here)
            yield document_id, [here, *([following] if following else [])]
