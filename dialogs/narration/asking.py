"""What a question asks: the features it is looked up under, and what an answer to it must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dialogs.narration.data import phrases, word_lists
from dialogs.narration.expecting import Answers, expected, lists, whether
from dialogs.narration.features import (
    CHARACTER,
    CONCEPT,
    SOUND,
    WRITING,
    asking_concepts,
    concepts_asked,
    spoken_numbers,
    syllable,
)
from dialogs.narration.places import elsewhere
from dialogs.narration.quantities import Quantity, quantities_asked, without

_BY_THE_WAY, _LITERAL = 0.15, 0.6
_A_CHARACTER = 0.55
"""What a concept counts for each character with which it is asked."""
_IN_FOCUS, _FOCUS = 1.6, 5
_GAP = "，"
_A_WORD = 2
_UNABLE = re.compile(r"[\u4e00-\u9fff]不[动了上着住起清懂见完成下过来去](?!是)")
"""走不动, 用不完: one word each, although 不 and 了 by themselves are only there to ask."""
_DIALECT = ("几多", "多少")
_FIGURE = r"[一二三四五六七八九十百两\d]+"
_OWN_FIGURE = re.compile(
    rf"{_FIGURE}(?:来|多)(?:个|位|名|岁)?|{_FIGURE}(?:个|名)(?=党员|人|老|退休)|{_FIGURE}岁|(?<=我){_FIGURE}(?:多|来)?(?:岁)?(?=了)|(?<=今年){_FIGURE}(?=了)|哪{_FIGURE}(?:家|个|样|位|条|种|项|支|方面|句|类)?"
)
_HAN = re.compile(r"[\u4e00-\u9fff〇a-z]")


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


@dataclass(frozen=True)
class Asked:
    """A question made ready to be looked up."""

    weights: Mapping[str, float]
    """Features and how much each counts, before rarity: passages are ranked by these."""
    points: tuple[Point, ...]
    """What an answer should speak of: by these it is judged whether the best passage is one."""
    answers: Answers
    """Whether a passage holds the kind of thing that is asked for; None where any passage may answer."""
    whether: Answers
    """Whether a passage allows or forbids; None where the question is not one of yes or no."""
    lists: bool = False
    """Whether all of several things are asked for: 哪些材料, 什么人."""
    strangers: tuple[str, ...] = ()
    """Patterns of kinds of people it asks about; a document that names none of them has nothing to say of them."""
    own: tuple[Quantity, ...] = ()
    """What the asker says of himself in figures: his age, his pension."""


def asked(question: str) -> Asked:
    """Read a question: what it is about, and what an answer must hold."""
    question = elsewhere(question.replace(*_DIALECT))
    own = quantities_asked(question)
    spoken = spoken_numbers(question)
    focus = [at for match in _pattern("interrogatives").finditer(spoken) for at in range(match.start(), match.end())]
    found = concepts_asked(spoken)
    rest = _unaccounted(without(spoken, own) if len(spoken) == len(question) else spoken, found)
    weights, points = _concepts(spoken, found, focus)
    for at in range(len(spoken) - 1):
        first, second = spoken[at], spoken[at + 1]
        if _HAN.match(first) and _HAN.match(second):
            kept = rest[at] != _GAP and rest[at + 1] != _GAP
            literal = any(start <= at and at + 1 < end for _, start, end in found)
            share = _nearness(focus, at, at + 2) if kept else _LITERAL if literal else _BY_THE_WAY
            for name in _pair(first, second):
                weights[name] = max(weights.get(name, 0.0), share * (WRITING if name[0] == "w" else SOUND))
    alone = _characters(spoken, rest, focus)
    weights |= {point.features[-1]: CHARACTER * point.weight for point in alone}
    points += alone
    return Asked(
        weights, tuple(points), expected(question), whether(question), lists(question), strangers(question), tuple(own)
    )


@cache
def _kept_or_filler() -> re.Pattern[str]:
    """Words that hold a filler but are none (要求) come first, so that they stay whole."""
    return re.compile(f"({_pattern('kept').pattern}|{_UNABLE.pattern})|{_pattern('fillers').pattern}")


def _literal(way: str) -> set[str]:
    """Pairs of characters of a way to ask, for documents that use half of it: 敬老卡, 敬老通卡; none that only asks."""
    said = way if len(way) == _A_WORD else _masked(way)
    return {f"w{said[at : at + 2]}" for at in range(len(said) - 1) if _GAP not in said[at : at + 2]}


def _masked(text: str) -> str:
    """A text with gaps where it only asks."""
    return _kept_or_filler().sub(lambda match: match[1] or _GAP * len(match.group()), text)


def strangers(question: str) -> tuple[str, ...]:
    """How documents name the kinds of people that a question asks about: 残疾人, 企业退休的."""
    asked_of, named = phrases("synonyms", "strangers"), phrases("synonyms", "strangers_named")
    return tuple(named[kind] for kind, said in asked_of.items() if re.search(said, question))


def _concepts(
    question: str, found: Sequence[tuple[str, int, int]], focus: Sequence[int]
) -> tuple[dict[str, float], list[Point]]:
    """Concepts by weight, and one point for each stretch of the question: what two of them say at once counts once."""
    weights: dict[str, float] = {}
    points: list[tuple[set[int], set[str], float]] = []
    accounted: set[int] = set()
    for name, start, end in sorted(found, key=lambda one: one[1] - one[2]):
        own = set(range(start, end))
        weight = min(CONCEPT, _A_CHARACTER * (end - start)) * _nearness(focus, start, end)
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


def _unaccounted(question: str, found: Sequence[tuple[str, int, int]]) -> str:
    """The question with gaps where concepts, fillers and the asker's own figures stood."""
    masked = list(question)
    for _, start, end in found:
        masked[start:end] = _GAP * (end - start)
    rest = _OWN_FIGURE.sub(lambda match: _GAP * len(match.group()), "".join(masked))
    return _masked(rest)


def _characters(spoken: str, rest: str, focus: Sequence[int]) -> list[Point]:
    """A point for each character: held where a pair with it is; one that stands alone counts little."""
    points = []
    for at, char in enumerate(rest):
        if _HAN.match(char):
            pairs = [rest[start : start + 2] for start in (at - 1, at) if start >= 0]
            names = [name for pair in pairs if len(pair) == 2 and all(map(_HAN.match, pair)) for name in _pair(*pair)]
            weight = WRITING if names else CHARACTER
            loose = tuple(
                f"w{spoken[start]}{spoken[start + 2]}"
                for start in (at - 2, at)
                if 0 <= start < len(spoken) - 2 and _HAN.match(spoken[start]) and _HAN.match(spoken[start + 2])
            )
            points.append(Point(weight * _nearness(focus, at, at + 1), (*names, f"c{char}"), loose=loose))
    return points


def _pair(first: str, second: str) -> tuple[str, str]:
    return f"w{first}{second}", f"s{syllable(first)}.{syllable(second)}"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(word_lists("synonyms", "questions")[name], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _nearness(focus: Sequence[int], start: int, end: int) -> float:
    near = any(start - _FOCUS <= at < end + _FOCUS for at in focus)
    return _IN_FOCUS if near else 1.0
