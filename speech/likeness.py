"""Where phrases that are likely may stand in what was heard: a first sieve, by rough sound.

Meant to miss little; what really sounds so the recogniser finds out (`whisper.py`). The folds are the ones in which
Mandarin speakers of all regions differ from one another, so that no region has to be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

FARTHEST = 0.36
"""Mean cost a syllable up to which a phrase may stand in a place: of 79 names that were really said two lay beyond."""
GAP = 0.9
"""Cost of a syllable that was swallowed, or that is too many."""
NEAR, OTHER = 0.25, 0.5
"""Cost of a part of a syllable (initial or final) of the same family, and of any other."""
AS_LIKELY = 0.2
"""Mean cost a syllable up to which a phrase may stand in a second place as well."""
SHORTEST = 2
"""Syllables of the shortest phrase that is looked for: one syllable is in every sentence."""

Parts = tuple[str, str]
"""Initial and final of a syllable, folded."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_FOLDS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "f": "h"}
_FAMILIES = ("bpm", "dt", "gkh", "jqx", "zcs", "l", "wy")
_VOWEL = re.compile("[aeiouv]")


@dataclass(frozen=True)
class Place:
    """A stretch of text where a phrase may have been said."""

    phrase: str
    """The phrase."""
    begin: int
    """First character of the stretch."""
    finish: int
    """Character after the last."""
    cost: float
    """Mean cost a syllable; 0 for the same sounds but for what regions confuse."""


def places(text: str, phrases: Iterable[str]) -> list[Place]:
    """Where each phrase may stand in the text, the likeliest place first; in two places where two are as likely."""
    at = [found.start() for found in _CHINESE.finditer(text)]
    heard = [_parts(text[each]) for each in at]
    found = (place for phrase in dict.fromkeys(phrases) if heard for place in _both(phrase, heard, at))
    return sorted(found, key=lambda place: (place.cost, text.find(place.phrase) < 0))


def alike(one: str, other: str) -> float:
    """Mean cost between two phrases of the same length; 1 where the lengths differ."""
    if len(one) != len(other):
        return 1.0
    return sum(_cost(_parts(a), _parts(b)) for a, b in zip(one, other, strict=True)) / max(1, len(one))


@lru_cache(maxsize=4096)
def spoken(phrase: str) -> tuple[str, ...]:
    """Syllables with their tones: 褚长山 and 楚长山 are the same."""
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(phrase, style=Style.TONE3))


def _both(phrase: str, heard: Sequence[Parts], at: Sequence[int]) -> list[Place]:
    """The best place of a phrase and a second one elsewhere: 不是赖金水，是戴金水 may name either in both."""
    best = _best(phrase, heard, at)
    if best is None:
        return []
    begin, finish = at.index(best.begin), at.index(best.finish - 1) + 1
    elsewhere = [_best(phrase, heard[:begin], at[:begin]), _best(phrase, heard[finish:], at[finish:])]
    others = [each for each in elsewhere if each and each.cost <= max(best.cost, AS_LIKELY)]
    return [best, *sorted(others, key=lambda place: place.cost)[:1]]


def _best(phrase: str, heard: Sequence[Parts], at: Sequence[int]) -> Place | None:
    """The cheapest stretch for one phrase: a substring search by weighted edit distance."""
    wanted = [_parts(char) for char in phrase]
    if len(wanted) < SHORTEST:
        return None
    row = [(0.0, start) for start in range(len(heard) + 1)]
    for part in wanted:
        below = [(row[0][0] + GAP, row[0][1])]
        for column, sound in enumerate(heard):
            below.append(
                min(
                    (row[column][0] + _cost(part, sound), row[column][1]),
                    (row[column + 1][0] + GAP, row[column + 1][1]),
                    (below[column][0] + GAP, below[column][1]),
                )
            )
        row = below
    cost, end = min((cost, end) for end, (cost, start) in enumerate(row) if end > start or end == 0)
    start = row[end][1]
    mean = cost / len(wanted)
    if end == 0 or mean > FARTHEST:
        return None
    return Place(phrase, at[start], at[end - 1] + 1, round(mean, 4))


@lru_cache(maxsize=8192)
def _parts(char: str) -> Parts:
    """Initial and final of a character, folded."""
    from pypinyin import Style, lazy_pinyin

    whole = lazy_pinyin(char, style=Style.NORMAL, v_to_u=False)[0].replace("ü", "v")
    match = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxzcsrwy]?)(.*)", whole)
    begin, end = match.groups() if match else ("", whole)
    if begin in ("j", "q", "x", "y") and end.startswith("u"):
        end = "v" + end[1:]
    end = end.removesuffix("g") if end != "g" else end
    return _FOLDS.get(begin, begin), {"on": "un", "ion": "vn", "en": "en"}.get(end, end)


@lru_cache(maxsize=65536)
def _cost(one: Parts, other: Parts) -> float:
    """0 for syllables that are commonly confused, 1 for nothing in common."""
    return _of(one[0], other[0], _family(one[0]) == _family(other[0])) + _of(
        one[1], other[1], bool(set(_VOWEL.findall(one[1])) & set(_VOWEL.findall(other[1])))
    )


def _of(one: str, other: str, kin: bool) -> float:
    return 0.0 if one == other else NEAR if kin else OTHER


def _family(initial: str) -> int:
    return next((n for n, family in enumerate(_FAMILIES) if initial and initial[0] in family), -1)
