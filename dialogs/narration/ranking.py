"""Finds the passages nearest to a question, and judges of each how surely it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.asking import Asked, asked
from dialogs.narration.index import Ids, Index
from dialogs.narration.places import meant

Scores = NDArray[np.float32]

_LOOKED_AT = 200
_WORTH_A_LOOK = 0.3
_WITHOUT_WHAT_WAS_ASKED = 0.4
_ONLY_A_HEADING = 0.9
_UNHEARD_OF = 1.0
_DOUBT = 0.4
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
    shares = {name: index.shares(name, places) for name in weights}
    scores = sum((shares[name] * np.float32(weight) for name, weight in weights.items()), np.zeros(len(places)))
    scores /= sum(weights.values())
    sureness = _sureness(wanted, index, shares, len(places)) if wanted.points else scores
    found = []
    for at, place in enumerate(places):
        if scores[at] > 0:
            fits = wanted.answers is None or wanted.answers(index.places[place].text)
            share = 1.0 if fits else _WITHOUT_WHAT_WAS_ASKED
            share *= _ONLY_A_HEADING if _is_heading(index, int(place)) else 1.0
            found.append(Found(int(place), float(scores[at]) * share, float(sureness[at]) * share))
    return sorted(found, key=lambda one: -one.score)


def _is_heading(index: Index, at: int) -> bool:
    place = index.places[at]
    return index.documents[place.key].sentences[place.sentence - 1].heading


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
    """The weighted share of the question's points that each place holds; syllables alone are weaker evidence."""
    held = np.zeros(count, dtype=np.float32)
    total = 0.0
    for point in wanted.points:
        known = [feature for feature in point.features if len(index.levels[0].holding(feature))]
        rarity = max(map(index.rarity, known)) if known else _UNHEARD_OF
        total += point.weight * rarity
        best = np.zeros(count, dtype=np.float32)
        for feature in known:
            np.maximum(best, shares[feature] * (_BY_SOUND_ONLY if feature.startswith("s") else 1.0), out=best)
        sounding = [shares[feature] for feature in point.features if feature.startswith("s") and feature in known]
        if len(sounding) == _BOTH_SIDES:
            np.maximum(best, np.minimum(*sounding) * _BY_SOUND_ON_BOTH_SIDES, out=best)
        held += best * np.float32(point.weight * rarity)
    return held / np.float32(total + _DOUBT)
