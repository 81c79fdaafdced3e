"""Stretches that may name a document: whole names, abbreviations in the order of the title, its noun alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict, cast

from dialogs.understanding.accents import accent
from dialogs.understanding.meaning import Title
from dialogs.understanding.sound import Sounds, find_by_sound, sounds

OFF = 0.17
"""Cost a syllable up to which a name is taken as heard."""
WEIGHT = 2.5
"""How many heard syllables one whole cost outweighs when stretches of different length compete."""
NEAR = 0.3
"""A syllable of an abbreviation may be this far off."""
KIND = 2
"""Syllables of the noun that ends a title (意见, 条例)."""


class TitleWords(TypedDict):
    """titles.toml."""

    fillers: list[str]
    kinds_alone: list[str]
    common: list[str]
    numerals: str


@cache
def title_words() -> TitleWords:
    """The words of titles.toml, read once."""
    return cast(TitleWords, tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Candidate:
    """A stretch that may name a document."""

    id: str
    """The document's key."""
    begin: int
    """First syllable."""
    finish: int
    """Syllable after the last."""
    weight: float
    """What decides between stretches: syllables heard, less what they are off."""
    score: float
    """0..1: 1 for the very sounds."""
    turned: bool = False
    """The noun was said first: 讲话 社区的."""


def without_fillers(text: str) -> Sounds:
    """The sounds of a text with the fillers taken out; places still count in the text."""
    return sounds(text).without(_fillers())


@cache
def _fillers() -> re.Pattern[str]:
    """Any of the fillers."""
    return re.compile("|".join(map(re.escape, title_words()["fillers"])))


@lru_cache(maxsize=512)
def _names(title: Title) -> tuple[Sounds, ...]:
    """The title, its nicknames, and what people make of them: digits said 幺, the numbered beginning alone."""
    plain = re.sub(r"（.*?）|\(.*?\)", "", title.title)
    names = {plain: None, **dict.fromkeys(title.nicknames)}
    numerals = title_words()["numerals"]
    for nickname in (plain, *title.nicknames):
        opening = re.match(rf"[{numerals}加+]{{2,}}|[{numerals}]个?[^{numerals}]", nickname.strip("“”\"'"))
        if opening and (not set(opening.group()) <= set(numerals) or len(opening.group()) > 3):
            names[opening.group()] = None
        names[re.sub(r"[一1](?=[三3][三3])", "幺", nickname)] = None
    return tuple(without_fillers(name) for name in names if name)


def by_name(heard: Sounds, titles: tuple[Title, ...], region: str) -> Iterator[Candidate]:
    """Whole titles and nicknames, by sound."""
    there = set(heard.classes)
    for title in titles:
        for name in _names(title):
            length = len(name.syllables)
            if length < 2 or sum(mark in there for mark in name.classes) < 0.7 * length:
                continue
            limit = OFF * length if length > 2 else 0.0
            for match in find_by_sound(name.syllables, heard.syllables, limit, region):
                if length == 2 and not _same_digits(heard, match.begin, match.finish, name.text):
                    continue
                score = round(max(0.0, 1 - match.cost / length), 3)
                yield Candidate(title.id, match.begin, match.finish, length + 0.25 - WEIGHT * match.cost, score)


def _same_digits(heard: Sounds, begin: int, finish: int, name: str) -> bool:
    """Two-syllable names must be written the same, digits or characters."""
    written = [heard.text[place] for place in heard.places[begin:finish]]
    return all(
        one == other or ((one.isdigit() or other.isdigit()) and sounds(one).syllables == sounds(other).syllables)
        for one, other in zip(written, name, strict=False)
    )


def by_abbreviation(heard: Sounds, titles: tuple[Title, ...], region: str) -> Iterator[Candidate]:
    """A run that ends in the title's last noun and goes through the title in order: 支部条例, 加强和改进的意见."""
    spoken = accent(region)
    for title in titles:
        full = _names(title)[0]
        kind = full.syllables[-KIND:]
        if not all(mark in heard.classes for mark in full.classes[-KIND:]):
            continue
        for match in find_by_sound(kind, heard.syllables, NEAR, region):
            begin, place, cost, skipped = match.begin, len(full.syllables) - KIND, match.cost, 0
            while begin > 0 and place > 0:
                syllable = heard.syllables[begin - 1]
                step = next(
                    (p for p in range(place - 1, -1, -1) if spoken.cost(full.syllables[p], syllable) <= NEAR), None
                )
                if step is None:
                    break
                cost += spoken.cost(full.syllables[step], syllable)
                skipped += place - 1 - step
                begin, place = begin - 1, step
            length = match.finish - begin
            same = sum(char in full.text for char in heard.written(begin, match.finish))
            if length >= 4 and cost <= OFF * length and same >= length / 2:
                weight = length - WEIGHT * cost - 0.05 * skipped
                yield Candidate(title.id, begin, match.finish, weight, round(0.95 - cost / length, 3))
        yield from _turned_round(heard, title, kind, region)


def _turned_round(heard: Sounds, title: Title, kind: tuple[str, ...], region: str) -> Iterator[Candidate]:
    """The noun first and a telling word after it: 讲话 社区的."""
    common = title_words()["common"]
    for match in find_by_sound(kind, heard.syllables, 0.1, region):
        after = heard.written(match.finish, min(match.finish + 3, len(heard.syllables)))
        for start in range(len(title.title) - 1):
            word = title.title[start : start + 2]
            at = after.strip(" ，,").find(word)
            if at == 0 and word not in common and match.finish + 2 == len(heard.syllables):
                yield Candidate(title.id, match.begin, match.finish + 2, 3.5, 0.75, turned=True)


def by_kind_alone(heard: Sounds, titles: tuple[Title, ...]) -> Iterator[Candidate]:
    """条例, where the branch has only one."""
    for kind in title_words()["kinds_alone"]:
        at = heard.text.find(kind)
        having = [title for title in titles if at >= 0 and _names(title)[0].text.endswith(kind)]
        if len(having) == 1:
            begin = heard.places.index(at)
            yield Candidate(having[0].id, begin, begin + len(kind), len(kind), 0.7)
