"""Notions of danger found in what was said, by character and by sound."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from pypinyin import Style, pinyin

from dialogs.understanding.accents import sound_data
from dialogs.understanding.sound import Sounds, class_mark, confusion_class, sounds

SILENT = "\uffff"
"""Stands for a syllable that was taken out as a figure of speech."""
ENDS = re.compile(r"[。！？!?；;\n]")
PAUSES = re.compile(r"[。！？!?；;\n，,、：: 　]")


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


@dataclass(frozen=True)
class Hit:
    """A notion that was found."""

    notion: str
    """Its name."""
    begin: int
    """First syllable."""
    finish: int
    """Syllable after the last."""
    exact: bool
    """Found as written, and not only by sound."""


@dataclass(frozen=True)
class Phrase:
    """One phrase of a notion, over confusion classes."""

    spoken: re.Pattern[str]
    """What it sounds like."""
    characters: frozenset[str]
    """All characters it may be written with."""
    telling: frozenset[str]
    """Those of them that are not common."""


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
    return Phrase(re.compile(spoken_pattern(written)), characters, characters - common)


def spoken_pattern(pattern: str) -> str:
    """A pattern over characters as the same pattern over the marks of their confusion classes."""
    made: list[str] = []
    in_set, place = False, 0
    while place < len(pattern):
        special = re.compile(r"\{[^}]*\}|\(\?[:!=]|\(\?<[!=]|\(\?>").match(pattern, place)
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


def find_notions(said: Utterance) -> list[Hit]:
    """All notions in what was said, in the order of their names and places."""
    return [hit for notion in notions() for hit in _find(notion, said)]


def _find(notion: Notion, said: Utterance) -> Iterator[Hit]:
    """Where one notion is written or heard."""
    written: list[tuple[int, int]] = []
    for found in notion.written.finditer(said.characters):
        if found.end() > found.start():
            written.append(found.span())
            yield Hit(notion.name, *found.span(), exact=True)
    if notion.spoken is None or notion.telling.isdisjoint(said.characters):
        return
    for found in notion.spoken.finditer(said.classes):
        begin, finish = found.span()
        least = 5 if notion.name in word_data()["long_by_sound"] else 2
        if finish - begin < least and said.classes[begin:finish] not in _short_by_sound():
            continue
        if finish - begin < 2 or said.clause[begin] != said.clause[finish - 1]:
            continue
        if any(begin < after and finish > first for first, after in written):
            continue
        if any(_meant(phrase, said, begin, finish) for phrase in notion.phrases):
            yield Hit(notion.name, begin, finish, exact=False)


def _meant(phrase: Phrase, said: Utterance, begin: int, finish: int) -> bool:
    """Whether enough of a stretch that sounds right is written right for the likeness to be no accident."""
    written, data = said.characters[begin:finish], word_data()
    telling = sum(char in phrase.telling for char in written)
    wrong = [char for char in written if char not in phrase.characters]
    if not telling or not wrong or len(wrong) > max(1, len(written) // 2 if len(written) > 3 else 1):
        return False
    if len(written) == 2 and said.classes[begin:finish] not in _short_by_sound():
        return False
    if len(written) == 3 and telling < 2 and wrong[0] in data["common"]:
        return False
    return phrase.spoken.fullmatch(said.classes, begin, finish) is not None


@cache
def _short_by_sound() -> frozenset[str]:
    """The classes of two-syllable words that no everyday word sounds like."""
    return frozenset(sounds(word).classes for word in word_data()["short_by_sound"])
