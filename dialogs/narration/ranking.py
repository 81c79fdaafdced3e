"""Finds the passages nearest to a question, and judges of each how surely it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.asking import Asked, asked
from dialogs.narration.index import Index
from dialogs.narration.places import meant

_LOOKED_AT = 60
_WITHOUT_WHAT_WAS_ASKED = 0.4
_UNHEARD_OF = 1.0
_DOUBT = 0.4
_BY_SOUND_ONLY = 0.6


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
    scores = _scores(wanted, index)
    if keys:
        allowed = np.array([key in keys for key in index.documents], dtype=bool)
        scores = np.where(allowed[index.owners], scores, np.float32(0))
    found = []
    for at in np.argsort(scores)[::-1][:_LOOKED_AT]:
        if scores[at] > 0:
            fits = wanted.answers is None or wanted.answers(index.places[int(at)].text)
            share = 1.0 if fits else _WITHOUT_WHAT_WAS_ASKED
            sureness = _sureness(wanted, index, int(at)) if wanted.points else float(scores[at])
            found.append(Found(int(at), float(scores[at]) * share, sureness * share))
    return sorted(found, key=lambda one: -one.score)


def _scores(wanted: Asked, index: Index) -> NDArray[np.float32]:
    scores = np.zeros(len(index.places), dtype=np.float32)
    weights = {name: weight * index.rarity(name) for name, weight in wanted.weights.items()}
    total = sum(weights.values())
    for name, weight in weights.items():
        if name in index.postings:
            at, share = index.postings[name]
            scores[at] += share * np.float32(weight / total)
    return scores


def _sureness(wanted: Asked, index: Index, place: int) -> float:
    held = total = 0.0
    for point in wanted.points:
        known = [feature for feature in point.features if feature in index.postings]
        rarity = max(map(index.rarity, known)) if known else _UNHEARD_OF
        total += point.weight * rarity
        held += point.weight * rarity * max((_holds(index, feature, place) for feature in known), default=0.0)
    return held / (total + _DOUBT)


def _holds(index: Index, feature: str, place: int) -> float:
    """How fully a place holds a feature; syllables alone are weaker evidence than characters."""
    return index.share(feature, place) * (_BY_SOUND_ONLY if feature.startswith("s") else 1.0)
