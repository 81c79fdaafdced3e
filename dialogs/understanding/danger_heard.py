"""What was said, made ready for the search for danger: fillers out, figures of speech silenced, sentences numbered."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cache

from dialogs.understanding.danger_notions import word_data
from dialogs.understanding.sound import Sounds, sounds

SILENT = "\uffff"
"""Stands for a syllable that was taken out as a figure of speech."""
ENDS = re.compile(r"[。！？!?；;\n]")
PAUSES = re.compile(r"[。！？!?；;\n，,、：: 　]")


@dataclass(frozen=True)
class Utterance:
    """What was said without fillers, figures of speech and punctuation, one character a syllable."""

    heard: Sounds
    """The sounds; places count in the text as said."""
    characters: str
    """The characters heard, in capitals; SILENT where something was taken out."""
    classes: str
    """The classes heard; SILENT where something was taken out."""
    sentence: tuple[int, ...]
    """Number of the sentence that each syllable stands in."""
    clause: tuple[int, ...]
    """The same for clauses, which end at commas and spaces too."""


@cache
def _fillers() -> re.Pattern[str]:
    """Any filler; longest first."""
    return re.compile("|".join(sorted(map(re.escape, word_data()["fillers"]), key=len, reverse=True)))


def listen(text: str, figures: re.Pattern[str]) -> Utterance:
    """Prepare a text: fillers out, figures of speech silenced, sentences numbered."""
    origin = _kept(text)
    plain = "".join(text[place] for place in origin)
    heard = sounds(plain)
    characters = "".join(plain[place] for place in heard.places).upper()
    classes = heard.classes
    for found in figures.finditer(characters):
        begin, finish = found.span()
        characters = characters[:begin] + SILENT * (finish - begin) + characters[finish:]
        classes = classes[:begin] + SILENT * (finish - begin) + classes[finish:]
    back = Sounds(text, heard.syllables, tuple(origin[place] for place in heard.places), heard.classes)
    return Utterance(
        back, characters, classes, _numbered(plain, heard.places, ENDS), _numbered(plain, heard.places, PAUSES)
    )


def _numbered(text: str, places: tuple[int, ...], ends: re.Pattern[str]) -> tuple[int, ...]:
    """For each place the number of the stretch between `ends` that it lies in."""
    marks = [found.start() for found in ends.finditer(text)]
    return tuple(bisect(marks, place) for place in places)


def _kept(text: str) -> list[int]:
    """The places of the characters left once the fillers are out, those inside of others too (这呃个)."""
    kept = list(range(len(text)))
    while found := [each.span() for each in _fillers().finditer("".join(text[place] for place in kept))]:
        dropped = {at for begin, finish in found for at in range(begin, finish)}
        kept = [place for at, place in enumerate(kept) if at not in dropped]
    return kept
