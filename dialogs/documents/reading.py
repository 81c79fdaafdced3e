"""A document open at its chapters: what is read out where, what comes after, and which chapter somebody means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dialogs import words
from dialogs.narration.opening import introduces
from dialogs.narration.pieces import headings, pieces
from dialogs.narration.sentences import split_sentences
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.sound import class_string
from storage.chapters import Chapter
from storage.documents import Document

TELLING = 4
"""Syllables of a heading in a row that name it; a shorter one must be said by more than half."""


@dataclass(frozen=True)
class Spot:
    """A place in a document that is read out in one message."""

    chapter: int
    """0 for the summary."""
    piece: int = 0
    """0 for the chapter as it is read in passing (its gist where it is long), 1, 2 … for pieces of its full text."""

    @property
    def part(self) -> str:
        """How the place is called in the record of who heard what."""
        if not self.chapter:
            return "summary"
        return f"{self.chapter}.{self.piece}" if self.piece else str(self.chapter)


SUMMARY = Spot(0)


class Book:
    """A document and its chapters."""

    def __init__(self, document: Document, chapters: Sequence[Chapter]) -> None:
        self.document = document
        self._chapters = chapters
        self._numbered = [each for each in chapters if each.label or each.title] or list(chapters)

    def __len__(self) -> int:
        return len(self._numbered)

    def spoken(self, spot: Spot, *, last: bool = False) -> str:
        """What is said at this place; after the last one, that it was the last."""
        end = words.load("documents/reading", "reading").say("end") if last else ""
        return self._spoken(spot) + end

    def _spoken(self, spot: Spot) -> str:
        say = words.load("documents/reading", "reading").say
        if not spot.chapter:
            named = introduces(self.document.summary)  # a long title is not said twice
            key = "summary_named" if named else "summary"
            return say(key, title=self.document.title, summary=self.document.summary)
        chapter = self._chapter(spot)
        where = self._where(chapter)
        if spot.piece:
            cut = pieces(chapter.text)
            return say("piece", where=where, text=cut[spot.piece - 1], number=spot.piece, count=len(cut))
        said = say("gist" if chapter.gist else "chapter", where=where, text=chapter.gist or chapter.text)
        return said.replace("？。", "？", 1)  # a heading may be a question

    def name(self, spot: Spot) -> str:
        """How the place is called in passing: 第二部分."""
        if not spot.chapter:
            return words.load("documents/reading", "reading").say("gist_of_all")
        chapter = self._chapter(spot)
        return chapter.label or self._where(chapter)

    def title(self, spot: Spot) -> str:
        """The heading of the place's chapter, for a choice."""
        chapter = self._chapter(spot)
        return chapter.title or self._where(chapter)

    def after(self, spot: Spot) -> Spot | None:
        """What comes next; None after the last."""
        if spot.piece and spot.piece < len(pieces(self._chapter(spot).text)):
            return Spot(spot.chapter, spot.piece + 1)
        return Spot(spot.chapter + 1) if spot.chapter < len(self._chapters) else None

    def before(self, spot: Spot) -> Spot | None:
        """What came before; None before the summary."""
        if spot.piece > 1:
            return Spot(spot.chapter, spot.piece - 1)
        return Spot(spot.chapter - 1) if spot.chapter else None

    def spots(self) -> list[Spot]:
        """Every place that can be read out: all chapters in passing first, then the pieces of the long ones."""
        passing = [Spot(each.number) for each in self._chapters]
        full = [Spot(each.number, at) for each in self._chapters if each.gist
                for at in range(1, len(pieces(each.text)) + 1)]  # fmt: skip
        return passing + full

    def in_full(self, spot: Spot) -> Spot:
        """Where the full text of the place's chapter is read."""
        return Spot(spot.chapter, 1) if not spot.piece and self._chapter(spot).gist else spot

    def nth(self, text: str) -> Spot | None:
        """第三点, 最后一部分: the chapter with that number among those that have one; None where it has no such."""
        number = find_ordinal(text) or 0
        if not 0 < abs(number) <= len(self):
            return None
        return Spot(self._numbered[number - 1 if number > 0 else number].number)

    def named(self, text: str) -> list[Spot]:
        """The places whose heading is heard in what was said, several where they are heard as well."""
        heard = class_string(text)
        scores = [(_heard(class_string(heading), heard), spot) for heading, spot in self._headings()]
        best = max((score for score, _ in scores), default=0.0)
        found = {spot.chapter: spot for score, spot in reversed(scores) if score and score == best}
        return [found[chapter] for chapter in sorted(found)] or self._by_a_word(text)

    def _by_a_word(self, text: str) -> list[Spot]:
        """讲体检的那章: the one chapter whose heading has most pairs of characters of what was said."""
        if not any(each in text for each in words.lists("documents/reading", "cues")["of_a_part"]):
            return []
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        shared = [sum(each.title[at : at + 2] in pairs for at in range(len(each.title) - 1)) for each in self._chapters]
        most = max(shared, default=0)
        return [Spot(self._chapters[shared.index(most)].number)] if most and shared.count(most) == 1 else []

    def holding(self, passage: str) -> Spot | None:
        """Where a passage is read out in full; None where it stands in no chapter."""
        last = (split_sentences(passage) or [passage])[-1]
        for chapter in self._chapters:
            cut = pieces(chapter.text) if chapter.gist else [chapter.text]
            for at, text in enumerate(cut, 1):
                if last in text.replace("\n", ""):
                    return Spot(chapter.number, at if chapter.gist else 0)
        return None

    def _headings(self) -> Iterator[tuple[str, Spot]]:
        """The headings of the chapters, and those within them with the piece in which they stand."""
        for chapter in self._chapters:
            yield chapter.title, Spot(chapter.number)
        for chapter in self._chapters:
            cut = pieces(chapter.text) if chapter.gist else []
            for heading in headings(chapter.text):
                piece = next((at for at, text in enumerate(cut, 1) if heading in text), 0)
                yield heading, Spot(chapter.number, piece)

    def _chapter(self, spot: Spot) -> Chapter:
        return self._chapters[spot.chapter - 1]

    def _where(self, chapter: Chapter) -> str:
        say = words.load("documents/reading", "reading").say
        if chapter.label and chapter.title:
            return say("both", label=chapter.label, title=chapter.title)
        return chapter.label or chapter.title or say("opening" if chapter.number == 1 else "unnamed")


def _heard(heading: str, said: str) -> float:
    """How many syllables of a heading were said in runs of two and more; 0 where they do not tell it."""
    runs = [block.size for block in SequenceMatcher(None, heading, said, autojunk=False).get_matching_blocks()]
    told = sum(size for size in runs if size > 1)
    enough = max(runs) >= TELLING or told > len(heading) / 2
    return told + told / (len(heading) + 1) if enough else 0.0
