"""Notions of danger and the ways to say each, from danger_words.toml, made ready to be found by character and sound."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypedDict, cast

from pypinyin import Style, pinyin

from dialogs.understanding.accents import sound_data
from dialogs.understanding.sound import class_mark, confusion_class, sounds


class WordData(TypedDict):
    """danger_words.toml."""

    fillers: list[str]
    common: str
    short_by_sound: list[str]
    long_by_sound: list[str]
    several_readings: str
    parts: dict[str, str]
    words: dict[str, list[str]]


@cache
def word_data() -> WordData:
    """The words of danger_words.toml, read once."""
    path = Path(__file__).with_name("danger_words.toml")
    return cast(WordData, tomllib.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Phrase:
    """One phrase of a notion."""

    written: str
    """Its expression over characters."""
    characters: frozenset[str]
    """All characters it may be written with."""
    telling: frozenset[str]
    """Those of them that are not common."""

    @cached_property
    def spoken(self) -> re.Pattern[str]:
        """What it sounds like, over confusion classes. Few of a thousand are ever asked for, and making them all
        would take the first answer half a second."""
        return re.compile(spoken_pattern(self.written))


@dataclass(frozen=True)
class Notion:
    """Ways to say one thing."""

    name: str
    """The notion's name."""
    written: re.Pattern[str]
    """Over characters."""
    spoken: re.Pattern[str] | None
    """The same over confusion classes; None for notions that are matched as written."""
    phrases: tuple[Phrase, ...] = ()
    """The single phrases, to tell an accident of sound from a slip of the recogniser."""
    telling: frozenset[str] = frozenset()
    """Characters of which one must be written for a match by sound to count."""


def spread(phrases: list[str], parts: dict[str, str]) -> str:
    """One expression of all the phrases; repetitions are bounded, so that matching stays quick on any text."""
    whole = "|".join(phrases).replace("0-9", "0123456789")
    while "<" in (stripped := whole.replace("(?<", "")) and re.search(r"<\w+>", stripped):
        whole = re.sub(r"<(\w+)>", lambda found: parts[found.group(1)], whole)
    whole = re.sub(r"\)\*", "){0,3}", whole)
    return re.sub(r"\)\+", "){1,3}", whole)


@cache
def notions() -> tuple[Notion, ...]:
    """Everything of danger_words.toml, ready to be looked for."""
    data = word_data()
    made = []
    for name, phrases in data["words"].items():
        whole = spread(phrases, data["parts"])
        apart = [part for phrase in phrases for part in (phrase.split("|") if "(" not in phrase else [phrase])]
        single = tuple(_phrase(spread([phrase], data["parts"]), frozenset(data["common"])) for phrase in apart)
        telling = frozenset[str]().union(*(phrase.telling for phrase in single))
        made.append(Notion(name, re.compile(whole), re.compile(spoken_pattern(whole)), single, telling))
    return tuple(made)


def _phrase(pattern: str, common: frozenset[str]) -> Phrase:
    """A phrase with its characters; those that must not follow do not count."""
    written = re.sub(r"\(\?<?!.*?\)", "", pattern)
    characters = frozenset(char for char in written if "\u4e00" <= char <= "\u9fff" or char.isupper())
    return Phrase(written, characters, characters - common)


_SPECIAL = re.compile(r"\{[^}]*\}|\(\?[:!=]|\(\?<[!=]|\(\?>")


def spoken_pattern(pattern: str) -> str:
    """A pattern over characters as the same pattern over the marks of their confusion classes."""
    made: list[str] = []
    in_set, place = False, 0
    while place < len(pattern):
        special = _SPECIAL.match(pattern, place)
        if special:
            made.append(special.group())
            place = special.end()
            continue
        char = pattern[place]
        in_set = char == "[" or (in_set and char != "]")
        marks = _marks(char)
        made.append(char if not marks else marks if in_set or len(marks) == 1 else f"[{marks}]")
        place += 1
    return "".join(made)


@cache
def _marks(char: str) -> str:
    """The marks of all readings of a character; empty for what is no word character."""
    if not ("\u4e00" <= char <= "\u9fff"):
        return sounds(char).classes
    spelling = sound_data()["spelling"]
    several = char in word_data()["several_readings"]
    readings = pinyin(char, style=Style.NORMAL, heteronym=several, v_to_u=False)[0]
    names = (spelling.get(reading, reading) for reading in readings)
    return "".join(dict.fromkeys(class_mark(confusion_class(name)) for name in names))
