"""Chapters as they are read out: what each is called aloud, its gist where it is long, and pieces a voice can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cn2an

from dialogs.narration.model import Chapter, Narration
from dialogs.narration.sentences import split_pieces, split_sentences
from dialogs.narration.spoken import spoken_clause
from dialogs.narration.summary import summarise

LONGEST = 600
"""Characters of one voice message: spoken to old ears they take two minutes and three quarters."""
GIST_SECONDS = 60
_HEADING = 24
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d.]+[)）]?[、．.\s]\s*")


@dataclass(frozen=True)
class Reading:
    """One chapter, ready to be read out."""

    label: str
    """Its numbering as it is said: 第二部分; empty for an introduction and for a heading without number."""
    title: str
    """Its heading."""
    text: str
    """All that stands in it."""
    gist: str
    """A minute of it in its own words; empty where the text fits into one voice message."""


def readings(narration: Narration) -> list[Reading]:
    """Every chapter of a document in order."""
    places = _places(narration)
    return [
        Reading(
            spoken_clause([chapter.number]) if chapter.number else places.get(at, ""),
            chapter.title,
            chapter.text,
            _gist(narration, chapter) if len(chapter.text) > LONGEST else "",
        )
        for at, chapter in enumerate(narration.chapters)
    ]


def _places(narration: Narration) -> dict[int, str]:
    """What chapters with a heading and no number are called, so that they can be asked for: 第三点."""
    if any(chapter.number for chapter in narration.chapters):
        return {}
    titled = [at for at, chapter in enumerate(narration.chapters) if chapter.title]
    return {at: spoken_clause([f"（{cn2an.an2cn(str(place), 'low')}）"]) for place, at in enumerate(titled, 1)}


def _gist(narration: Narration, chapter: Chapter) -> str:
    """The summary of the chapter alone; it is not introduced, for its heading is said before it."""
    name = chapter.number or chapter.title
    path = (name,) if name else ()
    own = tuple(sentence for sentence in narration.sentences if sentence.clause[:1] == path)
    return summarise(replace(narration, title="", sentences=own), GIST_SECONDS).text


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The text in pieces of at most `longest` characters, cut between lines, else sentences, else commas."""
    found: list[str] = []
    for unit in _units(text, longest):
        if found and len(found[-1]) + len(unit) <= longest:
            found[-1] += unit
        else:
            found.append(unit.lstrip("\n"))
    return found


def headings(text: str) -> Iterator[str]:
    """The headings that stand within a chapter: what opens a line, is short, and has more after it."""
    for line in text.splitlines():
        first, *others = split_sentences(_NUMBERING.sub("", line)) or [""]
        if others and len(first) <= _HEADING:
            yield first.rstrip("。：")


def _units(text: str, longest: int) -> Iterator[str]:
    """Stretches that are not parted: whole lines, or where they are too long sentences, clauses, bare characters."""
    for line in text.splitlines():
        if not line:
            continue
        yield from _fitting(f"\n{line}", longest)


def _fitting(line: str, longest: int) -> Iterator[str]:
    if len(line) <= longest:
        yield line
        return
    for sentence in split_sentences(line):
        for part in [sentence] if len(sentence) <= longest else split_pieces(sentence):
            yield from (part[at : at + longest] for at in range(0, len(part), longest))
