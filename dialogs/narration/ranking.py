"""Finds the passages nearest to a question, and judges of each how surely it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import math

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.asking import Asked, asked
from dialogs.narration.index import Ids, Index
from dialogs.narration.places import meant
from dialogs.narration.quantities import Quantity, suits

Scores = NDArray[np.float32]

_LOOKED_AT = 200
_WORTH_A_LOOK = 0.3
_WITHOUT_WHAT_WAS_ASKED = 0.4
_ONLY_A_HEADING, _ONLY_THE_TITLE = 0.9, 0.5
_LONG_WINDED, _EASILY_HEARD, _A_FEW_WORDS = 0.04, 40, 8
"""What each doubling beyond so many characters takes from a place."""
_BY_DOCUMENT = 0.4
_JUDGED = 0.5
_UNHEARD_OF = 1.0
_DOUBT = 0.4
_ALONE = 0.5
"""What a single character of the question is worth, before rarity."""
_MEANT_FOR, _FOR_OTHERS = 1.3, 0.6
_BY_SOUND_ONLY = 0.6
_BOTH_SIDES, _BY_SOUND_ON_BOTH_SIDES = 2, 0.9


@dataclass(frozen=True)
class Found:
    """A place that may answer."""

    place: int
    """Its number in the index."""
    score: float
    """The share of the question's weighted features that it accounts for; by this places are ranked."""
    sureness: float
    """The share of what the question is about that the place speaks of, 0 to 1."""


def ranked(question: str, index: Index) -> list[Found]:
    """The best places first; empty where nothing of the question stands in any document."""
    keys, rest = meant(question, index.localities)
    wanted = asked(rest)
    weights = {name: weight * index.rarity(name) for name, weight in wanted.weights.items()}
    places = _likely(weights, index, keys)
    if not weights or not len(places):
        return []
    held = {*weights, *(name for point in wanted.points for name in point.features)}
    shares = {name: index.shares(name, places) for name in held}
    scores = sum((shares[name] * np.float32(weight) for name, weight in weights.items()), np.zeros(len(places)))
    scores /= sum(weights.values())
    sureness = _sureness(wanted, index, shares, len(places)) if wanted.points else scores
    sureness = sureness * (1 - _BY_DOCUMENT * (1 - _spoken_of(wanted, index, places)))
    found = []
    for at, place in enumerate(places):
        if scores[at] > 0:
            fits = wanted.answers is None or wanted.answers(index.places[place].text)
            share = 1.0 if fits else _WITHOUT_WHAT_WAS_ASKED
            share *= _suited(wanted.own, index.places[place].text)
            share *= _weight_of(index, int(place))
            score = (1 - _JUDGED) * float(scores[at]) + _JUDGED * float(sureness[at])
            found.append(Found(int(place), score * share, float(sureness[at]) * share))
    return sorted(found, key=lambda one: -one.score)


def _weight_of(index: Index, at: int) -> float:
    """What a place is worth as an answer: headings say little, a title nothing, and long ones are hard to listen to."""
    place = index.places[at]
    sentence = index.documents[place.key].sentences[place.sentence - 1]
    if sentence.heading and sentence.number == 1:
        return _ONLY_THE_TITLE
    short = 1 - _LONG_WINDED * max(0.0, math.log2(len(place.text) / _EASILY_HEARD))
    return short * (_ONLY_A_HEADING if sentence.heading or len(place.text) < _A_FEW_WORDS else 1.0)


def _spoken_of(wanted: Asked, index: Index, places: Ids) -> Scores:
    """For each place how much of the question its document speaks of anywhere: what it never names it cannot answer."""
    total, held = 0.0, np.zeros(len(index.documents), dtype=np.float32)
    for point in wanted.points:
        total += point.weight
        best = np.zeros(len(index.documents), dtype=np.float32)
        for feature in point.features:
            groups = index.levels[0].holding(feature)
            share = _ALONE if feature[0] == "c" else _BY_SOUND_ONLY if feature[0] == "s" else 1.0
            owners = np.unique(index.owners[groups])
            best[owners] = np.maximum(best[owners], share)
        held += best * np.float32(point.weight)
    return (held / np.float32(total or 1.0))[index.owners[places]]


def _likely(weights: Mapping[str, float], index: Index, keys: frozenset[str]) -> Ids:
    """The places that come into question, by a quick sum over levels; only of the documents named, if any are."""
    scores = np.zeros(len(index.places), dtype=np.float32)
    for level in index.levels:
        sums = np.zeros(len(level.sizes), dtype=np.float32)
        for name, weight in weights.items():
            sums[level.holding(name)] += np.float32(weight * level.share)
        scores += sums[level.groups]
    if keys:
        scores[~np.array([key in keys for key in index.documents], dtype=bool)[index.owners]] = 0
    likely = np.flatnonzero(scores > _WORTH_A_LOOK * scores.max(initial=0.0))
    if len(likely) > _LOOKED_AT:
        likely = likely[np.argsort(-scores[likely], kind="stable")[:_LOOKED_AT]]
    return likely.astype(np.int32)


def _sureness(wanted: Asked, index: Index, shares: Mapping[str, Scores], count: int) -> Scores:
    """The weighted share of the question's points that each place holds.

    Syllables alone are weaker evidence than writing, and a single character weaker than a pair.
    """
    held = np.zeros(count, dtype=np.float32)
    total = 0.0
    for point in wanted.points:
        features = [name for name in point.features if name[0] != "c" and len(index.levels[0].holding(name))]
        rarity = max(map(index.rarity, features)) if features else _UNHEARD_OF
        total += point.weight * rarity
        best = np.zeros(count, dtype=np.float32)
        for feature in features:
            np.maximum(best, shares[feature] * (_BY_SOUND_ONLY if feature.startswith("s") else 1.0), out=best)
        for alone in (name for name in point.features if name[0] == "c"):
            np.maximum(best, shares[alone] * np.float32(_ALONE * index.rarity(alone)), out=best)
        sounding = [shares[feature] for feature in features if feature.startswith("s")]
        if len(sounding) == _BOTH_SIDES:
            np.maximum(best, np.minimum(*sounding) * _BY_SOUND_ON_BOTH_SIDES, out=best)
        held += best * np.float32(point.weight * rarity)
    return held / np.float32(total + _DOUBT)


def _suited(own: Sequence[Quantity], text: str) -> float:
    """How much more or less a place is worth because it is, or is not, meant for one of this age or pension."""
    worth = 1.0
    for quantity in own:
        fits = suits(text, quantity)
        worth *= 1.0 if fits is None else _MEANT_FOR if fits else _FOR_OTHERS
    return worth
