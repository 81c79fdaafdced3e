"""A chapter while it is being built, and what is told of it in the end: its text, and its sentences by clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs.narration.model import Chapter, Sentence
from dialogs.narration.numbering import Label
from dialogs.narration.sentences import split_sentences


@dataclass
class Part:
    """What stands under one label of the document's own numbering."""

    label: Label | None
    """None for the document itself, and for paragraphs that follow on parts."""
    title: str = ""
    """Its heading; empty where there is none."""
    paragraphs: list[str] = field(default_factory=list)
    """What stands in it before its first part."""
    parts: list[Part] = field(default_factory=list)
    """The parts within it."""

    @property
    def name(self) -> str:
        """By what a clause within it is called; empty if by nothing."""
        if self.label is None:
            return ""
        return self.label.text or self.title

    def chapter(self) -> Chapter:
        """The part as it is read out."""
        return Chapter(
            title=self.title,
            text="\n".join(self._read_out()),
            number=self.label.text if self.label else "",
            parts=tuple(part.chapter() for part in self.parts if part.label is not None),
        )

    def sentences(self, number: int, path: tuple[str, ...] = ()) -> Iterator[Sentence]:
        """Its sentences in order, numbered from `number` on; `path` leads to it."""
        if self.title:
            yield Sentence(number, self.title, path, heading=True)
            number += 1
        for paragraph in self.paragraphs:
            for text in split_sentences(paragraph):
                yield Sentence(number, text, path)
                number += 1
        for part in self.parts:
            for sentence in part.sentences(number, (*path, part.name) if part.name else path):
                yield sentence
                number = sentence.number + 1

    def _read_out(self) -> Iterator[str]:
        """The lines under it: its paragraphs, then its parts with their headings."""
        yield from self.paragraphs
        for part in self.parts:
            if part.label is None:
                yield from part.paragraphs
                continue
            opening, *rest = part.paragraphs or [""]
            mark = "" if part.label.kind == "point" or not part.label.text else part.label.text
            yield " ".join(filter(None, [mark, f"{part.title}。" if part.title else "", opening]))
            yield from Part(None, "", list(rest), part.parts)._read_out()
