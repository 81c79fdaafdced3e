"""What a question is about, point by point, and what each point is looked up under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dialogs.narration.data import word_lists
from dialogs.narration.features import CHARACTER, CONCEPT, WRITING, asking_concepts, syllable

_A_CHARACTER = 0.55
"""What a concept counts for each character with which it is asked."""
_IN_FOCUS, _FOCUS = 1.6, 5
GAP = "，"
"""Stands where something is accounted for."""
HAN = re.compile(r"[\u4e00-\u9fff〇a-z]")
"""A character that may say something."""
_A_WORD = 2
_UNABLE = re.compile(r"[\u4e00-\u9fff]不[动了上着住起清懂见完成下过来去](?!是)")
"""走不动, 用不完: one word each, although 不 and 了 by themselves are only there to ask."""
_FIGURE = r"[一二三四五六七八九十百两\d]+"
_OWN_FIGURE = re.compile(
    rf"{_FIGURE}(?:来|多)(?:个|位|名|岁)?|{_FIGURE}(?:个|名)(?=党员|人|老|退休)|{_FIGURE}岁|(?<=我){_FIGURE}(?:多|来)?(?:岁)?(?=了)|(?<=今年){_FIGURE}(?=了)|哪{_FIGURE}(?:家|个|样|位|条|种|项|支|方面|句|类)?"
)


@dataclass(frozen=True)
class Point:
    """One thing a question is about: a concept, or a single character of the words that no concept accounts for."""

    weight: float
    """How much it matters, before rarity; more near the question word."""
    features: tuple[str, ...]
    """A passage that holds one of these speaks of it."""
    concept: bool = False
    """True for a concept."""
    loose: tuple[str, ...] = ()
    """Pairs with one character between them, which documents often leave out: 住医院, 住院."""
    asks: bool = False
    """True for a concept that only says what kind of thing is asked for: whatever is of that kind speaks of it."""


def concept_points(
    question: str, found: Sequence[tuple[str, int, int]], focus: Sequence[int]
) -> tuple[dict[str, float], list[Point]]:
    """Concepts by weight, and one point for each stretch of the question: what two of them say at once counts once."""
    weights: dict[str, float] = {}
    points: list[tuple[set[int], set[str], float]] = []
    accounted: set[int] = set()
    for name, start, end in sorted(found, key=lambda one: one[1] - one[2]):
        own = set(range(start, end))
        weight = min(CONCEPT, _A_CHARACTER * (end - start)) * nearness(focus, start, end)
        weights[f"k{name}"] = max(weights.get(f"k{name}", 0.0), weight)
        for stretch, names, _ in points:
            if stretch >= own or (f"k{name}" in names and stretch & own):
                names.add(f"k{name}")
                break
        else:
            points.append((own, {f"k{name}", *_literal(question[start:end])}, weight * len(own - accounted) / len(own)))
            accounted |= own
    return weights, [
        Point(weight, tuple(sorted(names)), concept=True, asks=any(f"k{name}" in names for name in asking_concepts()))
        for _, names, weight in points
    ]


def _literal(way: str) -> set[str]:
    """Pairs of characters of a way to ask, for documents that use half of it: 敬老卡, 敬老通卡; none that only asks."""
    said = way if len(way) == _A_WORD else without_asking(way)
    return {f"w{said[at : at + 2]}" for at in range(len(said) - 1) if GAP not in said[at : at + 2]}


def unaccounted(question: str, found: Sequence[tuple[str, int, int]]) -> str:
    """The question with gaps where concepts, fillers and the asker's own figures stood."""
    masked = list(question)
    for _, start, end in found:
        masked[start:end] = GAP * (end - start)
    rest = _OWN_FIGURE.sub(lambda match: GAP * len(match.group()), "".join(masked))
    return without_asking(rest)


def without_asking(text: str) -> str:
    """A text with gaps where it only asks."""
    return _kept_or_filler().sub(lambda match: match[1] or GAP * len(match.group()), text)


@cache
def _kept_or_filler() -> re.Pattern[str]:
    """Words that hold a filler but are none (要求) come first, so that they stay whole."""
    return re.compile(f"({pattern('kept').pattern}|{_UNABLE.pattern})|{pattern('fillers').pattern}")


def character_points(spoken: str, rest: str, focus: Sequence[int]) -> list[Point]:
    """A point for each character: held where a pair with it is; one that stands alone counts little."""
    points = []
    for at, char in enumerate(rest):
        if HAN.match(char):
            pairs = [rest[start : start + 2] for start in (at - 1, at) if start >= 0]
            names = [name for two in pairs if len(two) == 2 and all(map(HAN.match, two)) for name in pair(*two)]
            weight = WRITING if names else CHARACTER
            loose = tuple(
                f"w{spoken[start]}{spoken[start + 2]}"
                for start in (at - 2, at)
                if 0 <= start < len(spoken) - 2 and HAN.match(spoken[start]) and HAN.match(spoken[start + 2])
            )
            points.append(Point(weight * nearness(focus, at, at + 1), (*names, f"c{char}"), loose=loose))
    return points


def pair(first: str, second: str) -> tuple[str, str]:
    """The features of two characters in a row: as written, and as they sound."""
    return f"w{first}{second}", f"s{syllable(first)}.{syllable(second)}"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of one list of synonyms.toml, longest first."""
    words = sorted(word_lists("synonyms", "questions")[name], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def nearness(focus: Sequence[int], start: int, end: int) -> float:
    """More than 1 for what stands near the question word."""
    near = any(start - _FOCUS <= at < end + _FOCUS for at in focus)
    return _IN_FOCUS if near else 1.0
