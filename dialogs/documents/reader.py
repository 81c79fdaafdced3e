"""Somebody listening to a document: every part that is read is written down, and so is where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs import words
from dialogs.documents import library
from dialogs.documents.reading import SUMMARY, Book, Spot
from dialogs.documents.studied import studied_at_home
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from storage import hearings, listening
from storage.documents import Document
from storage.listening import Bookmark
from storage.log import About
from storage.outbox import Button

AWAY = timedelta(minutes=30)
"""After such a pause it is said where the reading goes on."""
FOLLOW = ("next", "back", "stop", "choose", "from_start", "in_detail", "part", "ask")
"""What can be said while a document is read: intents, and cues of the skill's [follow]."""
GOING_ON, ENDED = ("next", "stop"), ("start",)
"""Buttons under what is read."""
MOST_READ_OUT = 3


class Reader:
    """One document in the hands of one listener, at the desk of the skill that reads."""

    def __init__(self, document: Document, desk: Desk) -> None:
        self.document = document
        self.book = Book(document, library.open_chapters(desk.db, document))
        self._desk = desk

    @property
    def mark(self) -> Bookmark | None:
        """Where the listener stands."""
        return listening.bookmark(self._desk.db, self.document.id, self._desk.speaker.id)

    def begin(self) -> Done:
        """The summary; who is further on already keeps their place."""
        mark = self.mark
        if mark is None or mark.state == "finished" or not mark.chapter:
            return self.read(SUMMARY, "summary")
        return self.read(SUMMARY, "summary_begun", Spot(mark.chapter, mark.piece), keep=True)

    def read(self, spot: Spot, key: str = "part", before: Spot = SUMMARY, *, keep: bool = False) -> Done:
        """Read one part out and write down that it was heard; `before` is the place of which the words speak."""
        desk, title = self._desk, self.document.title
        last = self.book.after(spot) is None
        if not keep:
            state: listening.State = "finished" if last else "reading"
            listening.place(desk.db, self.document.id, desk.speaker.id, spot.chapter, spot.piece, state, desk.now)
        row = hearings.heard(desk.db, self.document.id, desk.speaker.id, spot.part, desk.now)
        about = About("document", self.document.id)
        if spot.chapter:
            entry = desk.log("heard_part", about, name=desk.speaker.name, title=title, part=self.book.name(spot))
        else:
            entry = desk.log("heard", about, name=desk.speaker.name, title=title)
        text = self.book.spoken(spot, last=last)
        effects: tuple[Effect, ...] = (Effect("heard", "listening", row), Effect("logged", "entry", entry.id))
        studied = studied_at_home(self.document, desk)
        if studied:
            text += words.load("documents/studied", "said").say("counted", session=studied.session)
            effects += studied.effects
        said = {"text": text, "title": title, "where": self.book.name(before)}
        return replace(self.done(key, said, effects, buttons=ENDED if last else GOING_ON), again=text)

    def go_on(self, *, resumed: bool = False) -> Done:
        """The next part; after 停 the one that was stopped in, for nobody knows how much of it was heard."""
        mark = self.mark
        if mark is None:
            return self.begin()
        if mark.state == "finished":
            return self.done("finished", {"title": self.document.title}, buttons=ENDED)
        here = Spot(mark.chapter, mark.piece)
        if mark.state == "stopped":
            return self.read(here, "resumed", here)
        away = resumed or self._desk.now - mark.moment > AWAY
        return self.read(self.book.after(here) or here, "resumed_after" if away else "part", here)

    def back(self) -> Done:
        """The part before this one."""
        earlier = self.book.before(self._here)
        return self.read(earlier) if earlier else self.done("first")

    def stop(self) -> Done:
        """Silence; the place is kept."""
        here, desk = self._here, self._desk
        listening.place(desk.db, self.document.id, desk.speaker.id, here.chapter, here.piece, "stopped", desk.now)
        return self.done("stopped", {"where": self.book.name(here)}, buttons=("next",))

    def standing(self) -> Done:
        """Where the listener is; nothing is read."""
        mark = self.mark
        if mark is not None and mark.state == "finished":
            return self.done("finished", {"title": self.document.title}, buttons=ENDED)
        return self.done("standing", {"title": self.document.title, "where": self.book.name(self._here)})

    def from_start(self) -> Done:
        """Everything from the first chapter on."""
        return self.read(Spot(1)) if len(self.book) else self.begin()

    def part(self, text: str, *, in_full: bool) -> Outcome | None:
        """The chapter that was named by number or heading; None where none was."""
        spots = [spot] if (spot := self.book.nth(text)) else self.book.named(text)
        if len(spots) > 1:
            options = tuple(self._option(spot) for spot in spots[:MOST_READ_OUT])
            return Ask("which_part", "chapter", {"parts": "；".join(each.label for each in options)}, options,
                       slots={"document": self.document.id})  # fmt: skip
        if not spots:
            return None
        return self.read(self.book.in_full(spots[0]) if in_full else spots[0])

    def in_full(self) -> Done:
        """All that stands in the chapter that was just read; after the summary the chapters are named first."""
        here = self._here
        return self.read(self.book.in_full(here)) if here.chapter else self.outline()

    def outline(self) -> Done:
        """Which parts there are."""
        if len(self.book) < 2:
            return self.from_start()
        return self.done("outline", {"outline": library.outline_of(self._desk.db, self.document)})

    def done(
        self, key: str, said: dict[str, str] | None = None, effects: tuple[Effect, ...] = (),
        buttons: tuple[str, ...] = GOING_ON,
    ) -> Done:  # fmt: skip
        """Say this, and go on listening."""
        say = words.load("documents/reading", "buttons").say
        follow = {name: Wish("document_listen", {"document": self.document.id, "step": name}) for name in FOLLOW}
        return Done(
            key, said or {}, effects, buttons=tuple(Button(say(name), say(name)) for name in buttons), follow=follow
        )

    @property
    def _here(self) -> Spot:
        mark = self.mark
        return Spot(mark.chapter, mark.piece) if mark else SUMMARY

    def _option(self, spot: Spot) -> Option:
        return Option(self.book.title(spot), {"chapter": spot.chapter, "piece": spot.piece})
