"""Text as it sounds: syllables, their distance, and looking for words by sound.

Recognisers write homophones, and members speak with an accent; so meaning, names and titles are matched on toneless
pinyin, with distances (`accents.py`, `sound.toml`) that know what a region confuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from dialogs.understanding.accents import accent, sound_data

GAP = 0.75
"""What a syllable too many or too few costs."""
HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]+")


@dataclass(frozen=True)
class Sounds:
    """A text and its syllables; each syllable knows its character."""

    text: str
    """The text as written."""
    syllables: tuple[str, ...]
    """One a Chinese character, digit or Latin letter; everything else is silent."""
    places: tuple[int, ...]
    """Position in `text` of the character behind each syllable."""
    classes: str
    """One private character a syllable; the same for syllables that are commonly confused."""

    def span(self, begin: int, finish: int) -> tuple[int, int]:
        """Characters behind the syllables begin..finish (finish excluded), as a slice of `text`."""
        if finish <= begin:
            return (self.places[begin], self.places[begin]) if begin < len(self.places) else (len(self.text),) * 2
        return self.places[begin], self.places[finish - 1] + 1

    def written(self, begin: int, finish: int) -> str:
        """What is written behind the syllables begin..finish."""
        first, after = self.span(begin, finish)
        return self.text[first:after]

    def without(self, silent: re.Pattern[str]) -> Sounds:
        """The same with the stretches of text that match `silent` unheard; places still count in `text`."""
        dropped = {place for found in silent.finditer(self.text) for place in range(*found.span())}
        if not dropped:
            return self
        kept = [i for i, place in enumerate(self.places) if place not in dropped]
        return Sounds(
            self.text,
            tuple(self.syllables[i] for i in kept),
            tuple(self.places[i] for i in kept),
            "".join(self.classes[i] for i in kept),
        )


@dataclass(frozen=True)
class Match:
    """A stretch of syllables that sounds like what was looked for."""

    begin: int
    """First syllable."""
    finish: int
    """Syllable after the last."""
    cost: float
    """Sum of the distances; 0 for the very sounds."""


@lru_cache(maxsize=4096)
def sounds(text: str) -> Sounds:
    """Parse a text into sound; heteronyms are read as their phrase is (银行 yin hang, 行走 xing zou)."""
    data = sound_data()
    heard: list[tuple[str, int]] = []
    for run in HANZI.finditer(text):
        for offset, syllable in enumerate(_read(run.group())):
            heard.append((data["spelling"].get(syllable, syllable), run.start() + offset))
    for place, char in enumerate(text):
        spoken = _plain(char, data["digits"])
        if spoken:
            heard.append((spoken, place))
    heard.sort(key=lambda pair: pair[1])
    syllable_tuple = tuple(syllable for syllable, _ in heard)
    return Sounds(
        text=text,
        syllables=syllable_tuple,
        places=tuple(place for _, place in heard),
        classes="".join(class_mark(confusion_class(s)) for s in syllable_tuple),
    )


def syllables(text: str) -> list[str]:
    """Toneless pinyin, one a Chinese character, digit (read singly) or Latin letter; ü is v; the rest is silent."""
    return list(sounds(text).syllables)


@cache
def confusion_class(syllable: str) -> str:
    """The name of the class in which commonly confused syllables coincide.

    zh/z ch/c sh/s, n/l/r, f/hu/w, -n/-ng and -un/-ong are one: zhang, zang, zan -> zan; fang, huang, wang -> wan.
    Coarser than `similarity`; meant for features and as a first sieve. The name is no pinyin to be shown.
    """
    for rule in sound_data()["classes"]:
        syllable = re.sub(rule["pattern"], rule["becomes"], syllable)
    return syllable


def class_string(text: str) -> str:
    """The text's confusion classes, one character a syllable, so that `in`, `find` and `re` work on sound."""
    return sounds(text).classes


_marks: dict[str, str] = {}


def class_mark(name: str) -> str:
    """The private character that stands for a confusion class in `Sounds.classes`."""
    mark = _marks.get(name)
    if mark is None:
        mark = _marks.setdefault(name, chr(0xE000 + len(_marks) % 6000))
    return mark


def similarity(one: Sequence[str], other: Sequence[str], region: str = "") -> float:
    """How alike two runs of syllables sound: 1 the same, 0 nothing in common; gaps are counted."""
    if not one or not other:
        return 1.0 if not one and not other else 0.0
    steps = _table(tuple(one), tuple(other), region, anywhere=False)
    return max(0.0, 1.0 - float(steps[-1][-1]) / max(len(one), len(other)))


def find_by_sound(needle: Sequence[str], haystack: Sequence[str], max_cost: float, region: str = "") -> list[Match]:
    """Where `needle` is heard in `haystack` at no more than `max_cost`, best first, without overlaps.

    A substring search by weighted edit distance: each syllable costs its distance (0..1), a missing or additional one
    `GAP`.
    """
    if not needle or not haystack:
        return []
    steps = _table(tuple(needle), tuple(haystack), region, anywhere=True)
    ends = np.flatnonzero(steps[-1][1:] <= max_cost) + 1
    matches: list[Match] = []
    for end in sorted(ends.tolist(), key=lambda e: (float(steps[-1][e]), e)):
        begin = _begin(steps, tuple(needle), tuple(haystack), region, end)
        if begin < end and all(end <= match.begin or begin >= match.finish for match in matches):
            matches.append(Match(begin, end, round(float(steps[-1][end]), 4)))
    return matches


def _table(
    needle: tuple[str, ...], haystack: tuple[str, ...], region: str, *, anywhere: bool
) -> list[NDArray[np.float32]]:
    """Rows of the edit-distance table; with `anywhere` a match may begin at any syllable of the haystack."""
    spoken = accent(region)
    distances = spoken.costs[spoken.needle(needle)[:, None], spoken.rows(haystack)[None, :]]
    ramp = np.arange(len(haystack) + 1, dtype=np.float32) * np.float32(GAP)
    row = np.zeros_like(ramp) if anywhere else ramp.copy()
    rows = [row]
    for line in distances:
        row = row + np.float32(GAP)
        row[1:] = np.minimum(row[1:], rows[-1][:-1] + line)
        row = np.minimum.accumulate(row - ramp) + ramp  # syllables too many, all at once
        rows.append(row)
    return rows


def _begin(
    rows: list[NDArray[np.float32]], needle: tuple[str, ...], haystack: tuple[str, ...], region: str, end: int
) -> int:
    """Walk back from the end of a match to its first syllable."""
    spoken, line, column = accent(region), len(needle), end
    while line > 0 and column > 0:
        here = float(rows[line][column])
        diagonal = float(rows[line - 1][column - 1]) + spoken.cost(needle[line - 1], haystack[column - 1])
        if abs(diagonal - here) < 1e-4:
            line, column = line - 1, column - 1
        elif abs(float(rows[line - 1][column]) + GAP - here) < 1e-4:
            line -= 1
        else:
            column -= 1
    return column


@lru_cache(maxsize=8192)
def _read(run: str) -> tuple[str, ...]:
    """Pinyin of a run of Chinese characters, exactly one syllable a character."""
    read = lazy_pinyin(run, errors=lambda _: "?")
    return tuple(read) if len(read) == len(run) else tuple(lazy_pinyin(c, errors=lambda _: "?")[0] for c in run)


def _plain(char: str, digits: dict[str, str]) -> str:
    """The syllable of a digit or Latin letter, empty for anything else."""
    if char in digits:
        return digits[char]
    digit = unicodedata.digit(char, None)
    if digit is not None and not HANZI.match(char):
        return digits[str(digit)]
    lowered = unicodedata.normalize("NFKC", char).lower()
    return lowered if len(lowered) == 1 and "a" <= lowered <= "z" else ""
