"""Which of several likely phrases was said: the sound decides among those that sound roughly like what was heard.

A recogniser writes common words where a rare name was said (灯村妹 for 邓春妹). Asked outright how likely the sound is
to be the sentence with the name in it, it answers well: 72 of 81 names that were spoken with accents and noise come
first, where the sentence as written has 54.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speech.likeness import Place, alike, places, spoken

LOSS = 30.0
"""How much less likely (natural logarithm) the sentence may be with the phrase than as it was written."""
STRICTER = 16.0
"""Taken off that for each whole syllable of difference: what sounds less alike has to be borne out the more. Of 255
phrases really said these two let 249 through, and of 151 other stretches that sound a little like one four, of which
three are titles that share words with the one that was said."""
RARE = 20.0
"""Added for a phrase of `LONG` syllables or more in its very sounds that holds a rare character: 綦鸿翥 is unlikely to
the model wherever it stands."""
COMMONEST = 0xD7
"""Highest first byte in GB 2312 of its 3,755 commonest characters; the others and those it lacks are rare."""
LONG = 3
LONGER = 4.0
"""Added for each syllable beyond those: titles have more that can be misheard."""
COMMON = 12.0
"""`LOSS` of a shorter phrase: two syllables of a name are two of many other words too."""
DOUBT = 3.5
"""Phrases that are less likely than the likeliest by no more than this stay possible."""
DOUBT_ALIKE = 13.0
"""The same for those which regions pronounce alike (周金生, 邹金生): the sound itself misleads there, and the commoner
name is likelier wherever it stands."""
SAME = 0.1
"""Mean cost a syllable up to which a phrase counts as heard in its very sounds."""
ALIKE = 0.1
"""Mean cost a syllable up to which two phrases are such."""
MOST = 3
"""Phrases weighed for one stretch."""
STRETCHES = 4
"""Stretches of one reading in which the sound is asked; where a phrase alone was written out none is needed."""
AFTER = 6
"""Characters after the stretch that are weighed with it; what comes later says nothing about it."""

Likelihood = Callable[[str], float]
"""Natural logarithm of the probability that the sound is these words, or begins with them."""


@dataclass(frozen=True)
class _Borne:
    """A phrase that the sound bears out."""

    place: Place
    likelihood: float


@dataclass(frozen=True)
class Weighed:
    """What the sound says of the likely phrases."""

    readings: tuple[str, ...]
    """The readings, best first, with the phrases that the sound bears out where they were said. Where two are nearly
    as likely there is a reading with either."""
    unlikely: tuple[str, ...]
    """Phrases that seemed to stand there, and that the sound speaks against."""


def weigh(readings: Sequence[str], likely: Sequence[str], likelihood: Likelihood, usual: Sequence[str] = ()) -> Weighed:
    """Ask the sound about the likely phrases that something in the best reading sounds like; the `usual` ones among
    them have to be as likely as what was written."""
    text, others = readings[0], list(readings[1:])
    rivals: list[tuple[str, str]] = []
    asked: list[str] = []
    for stretch in reversed(_stretches(text, _found(text, likely, usual))):
        borne = _borne(text, stretch, likelihood, usual)
        asked += [each.phrase for each in stretch]
        if not borne:
            continue
        best = borne[0].place
        for each in borne[1:]:
            rivals.append((best.phrase, each.place.phrase))
        others = [_put(other, best.phrase) for other in others]
        text = text[: best.begin] + best.phrase + text[best.finish :]
    doubted = [text.replace(best, other) for best, other in rivals]
    readings = tuple(dict.fromkeys((text, *doubted, *others)))
    return Weighed(readings, tuple(each for each in dict.fromkeys(asked) if each not in "\n".join((text, *doubted))))


def _stretches(text: str, found: Sequence[Place]) -> list[list[Place]]:
    """Places that overlap, together; each with the nearest few, in the order of the text."""
    groups: list[list[Place]] = []
    for place in found:
        home = next((g for g in groups if place.begin < g[0].finish and place.finish > g[0].begin), None)
        if home is None:
            groups.append([place])
        elif len(home) < MOST:
            home.append(place)
    sure = [group for group in groups if len(group) == 1 and _stands(text, group[0])]
    asked = [group for group in groups if group not in sure]
    return sorted((*sure, *asked[:STRETCHES]), key=lambda group: group[0].begin)


def _found(text: str, likely: Sequence[str], usual: Sequence[str]) -> list[Place]:
    """Where the phrases may stand, the nearest first; ordinary words for as many characters, none of them a mark, and
    not where one of the others was written out."""
    found = places(text, likely)
    sure = [place for place in found if _stands(text, place)]
    ordinary = [
        place
        for place in places(text, usual)
        if len(stretch := text[place.begin : place.finish]) == len(place.phrase)
        and stretch.isalpha()
        and not any(place.begin < each.finish and each.begin < place.finish for each in sure)
    ]
    return sorted((*found, *ordinary), key=lambda place: place.cost) if ordinary else found


def _stands(text: str, place: Place) -> bool:
    """Whether the phrase is what was written there."""
    return text[place.begin : place.finish] == place.phrase


def _borne(text: str, stretch: Sequence[Place], likelihood: Likelihood, usual: Sequence[str]) -> list[_Borne]:
    """The phrases of a stretch that the sound bears out, the likeliest first."""
    if len(stretch) == 1 and _stands(text, stretch[0]):
        return [_Borne(stretch[0], 0.0)]
    until = max(place.finish for place in stretch) + AFTER
    written = likelihood(text[:until])
    weighed = [
        _Borne(place, likelihood(text[: place.begin] + place.phrase + text[place.finish : until])) for place in stretch
    ]
    fitting = [each for each in weighed if written - each.likelihood <= _most_lost(each.place, usual)]
    if not fitting:
        return []
    fitting = [each for each in fitting if not any(_inside(each.place, other.place) for other in fitting)]
    best = max(fitting, key=lambda each: each.likelihood)
    rivals = [
        each
        for each in sorted(weighed, key=lambda each: -each.likelihood)
        if each is not best
        and len(each.place.phrase) == len(best.place.phrase)
        and best.likelihood - each.likelihood <= _doubt(best.place, each.place)
    ]
    return [best, *rivals]


def _inside(place: Place, other: Place) -> bool:
    """Whether a phrase is a part of a longer one that is heard as well: 齐红 of 綦鸿翥."""
    shorter = len(place.phrase) < len(other.phrase) and place.cost >= other.cost
    return shorter and other.begin <= place.begin and place.finish <= other.finish


def _most_lost(place: Place, usual: Sequence[str]) -> float:
    """How much less likely the sentence may become by the phrase."""
    if place.phrase in usual:
        return 0.0
    far = place.cost * len(place.phrase)
    if len(place.phrase) < LONG:
        return COMMON - STRICTER * far
    longer = LONGER * (len(place.phrase) - LONG)
    return LOSS + longer - STRICTER * far + (RARE if place.cost <= SAME and _rare(place.phrase) else 0.0)


def _rare(phrase: str) -> bool:
    coded = [char.encode("gb2312", "ignore") for char in phrase]
    return any(not code or code[0] > COMMONEST for code in coded)


def _doubt(best: Place, other: Place) -> float:
    """How much less likely another phrase may be and stay possible; any, where both are pronounced the same."""
    if spoken(best.phrase) == spoken(other.phrase):
        return math.inf
    return DOUBT_ALIKE if alike(best.phrase, other.phrase) <= ALIKE else DOUBT


def _put(reading: str, phrase: str) -> str:
    """Another reading with the phrase where it seems to stand there."""
    found = places(reading, [phrase])
    if not found:
        return reading
    return reading[: found[0].begin] + phrase + reading[found[0].finish :]
