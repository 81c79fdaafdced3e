"""The voices of documents are made before anybody asks: summaries, what each listener hears next, then every chapter.

It works clause by clause, so that who speaks meanwhile waits for one clause at most, and looks anew after every text:
a document that has just come in goes first. The voice cache throws out what nobody has heard for longest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from bot.app import App
from dialogs.documents.reading import Book, Spot
from dialogs.documents.readings_ahead import next_spots, spoken_texts
from speech.contracts import ModelMissing, SpeechError
from storage import documents, members
from storage.chapters import chapters_of
from storage.members import Member

logger = logging.getLogger(__name__)

LONGEST = 180.0
"""Seconds of one voice message; what would be longer is heard in parts."""
SHARE = 0.5
"""Part of the voice cache that may be filled ahead: the rest is for what is said today."""
MOST_DOCUMENTS = 20
"""Documents of a branch, newest first, whose voices are made ahead; older ones are spoken when they are asked for."""
PAUSE = 60.0
"""Seconds after which it is looked anew although nothing was committed."""


class SpeakingAhead:
    """Makes voices in the background for as long as it runs."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._woken = asyncio.Event()
        self._done: set[tuple[str, float, float]] = set()
        self._room = int(app.config.voice.cache_mb * SHARE) << 20

    async def run(self) -> None:
        """Until cancelled, or until there turns out to be no voice."""
        self._app.listeners.append(self._woken.set)
        try:
            while True:
                self._woken.clear()
                if not await self.make_one():
                    await self._rest()
        except ModelMissing:  # said at start already; whoever fetches the models starts the server anew
            return
        finally:
            self._app.listeners.remove(self._woken.set)

    async def make_one(self) -> bool:
        """Speak the next text that is not spoken yet; False where all are, or the room is full."""
        wanted = next((each for each in self._wanted() if self._named(*each) not in self._done), None)
        if wanted is None or self._room <= 0:
            return False
        text, listener = wanted
        self._done.add(self._named(text, listener))
        try:
            self._room -= await self._app.engines.speak_ahead(text, listener, LONGEST)
        except ModelMissing:
            raise
        except SpeechError as error:
            logger.warning("a part of a document could not be spoken ahead: %s", type(error).__name__)
        return True

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(PAUSE):
                await self._woken.wait()
        except TimeoutError:
            return

    def _wanted(self) -> Iterator[tuple[str, Member]]:
        """Texts in the order in which they are likely to be wanted, each for every manner that members like."""
        db = self._app.db
        for row in db.execute("SELECT id FROM branch").fetchall():
            everybody = members.members(db, row[0])
            manners = list({(each.speed, each.loudness): each for each in everybody}.values())
            shelf = documents.documents(db, row[0])[:MOST_DOCUMENTS]
            books = {each.id: Book(each, chapters_of(db, each.id)) for each in shelf}
            for book in books.values():
                yield from ((text, each) for text in spoken_texts(book, [Spot(0)]) for each in manners)
            for listener in everybody:
                for document_id, spots in next_spots(db, books, listener):
                    yield from ((text, listener) for text in spoken_texts(books[document_id], spots))
            for book in books.values():
                yield from ((text, each) for text in spoken_texts(book, book.spots()) for each in manners)

    @staticmethod
    def _named(text: str, listener: Member) -> tuple[str, float, float]:
        return text, listener.speed, listener.loudness
