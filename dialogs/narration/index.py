"""An index of passages: which statements of which documents hold which features, and how rare those are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.features import concepts_written, features
from dialogs.narration.model import Narration, Sentence
from dialogs.narration.places import places_of
from dialogs.narration.sentences import split_statements

_OF_SENTENCE, _OF_HEADING, _OF_TITLE = 0.5, 0.45, 0.45
_SIGNED = "此件日期"


@dataclass(frozen=True)
class Place:
    """One statement of one document."""

    key: str
    """Key of the document."""
    sentence: int
    """Number of its sentence."""
    text: str
    """The statement itself."""


@dataclass(frozen=True)
class Index:
    """What questions are looked up in; made once for a set of documents."""

    documents: Mapping[str, Narration]
    """The documents by key."""
    places: tuple[Place, ...]
    """Every statement of theirs."""
    postings: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32]]]
    """For each feature the places that hold it, and how fully."""
    owners: NDArray[np.int32]
    """For each place the position of its document among the keys."""
    localities: Mapping[str, frozenset[str]]
    """For each document the places it is about."""

    def rarity(self, feature: str) -> float:
        """How much it tells that a place holds a feature; one that no place holds tells most."""
        held = len(self.postings[feature][0]) if feature in self.postings else 0
        return math.log(1 + len(self.places) / (1 + held)) / math.log(2 + len(self.places))

    def share(self, feature: str, place: int) -> float:
        """How fully a place holds a feature: 1 if it says so itself, less if only what surrounds it does, else 0."""
        if feature not in self.postings:
            return 0.0
        at, shares = self.postings[feature]
        found = int(np.searchsorted(at, place))
        return float(shares[found]) if found < len(at) and at[found] == place else 0.0


def build_index(documents: Mapping[str, Narration]) -> Index:
    """Index documents under keys of the caller's choice."""
    places: list[Place] = []
    held: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for key, narration in documents.items():
        for place, found in _places(key, narration):
            for feature, weight in found.items():
                at, weights = held[feature]
                at.append(len(places))
                weights.append(weight)
            places.append(place)
    postings = {
        feature: (np.array(at, dtype=np.int32), np.array(weights, dtype=np.float32))
        for feature, (at, weights) in held.items()
    }
    localities = {key: places_of(narration) for key, narration in documents.items()}
    positions = {key: position for position, key in enumerate(documents)}
    owners = np.array([positions[place.key] for place in places], dtype=np.int32)
    return Index(dict(documents), tuple(places), postings, owners, localities)


def _places(key: str, narration: Narration) -> Iterator[tuple[Place, dict[str, float]]]:
    title = _all_features(narration.title)
    headings: dict[tuple[str, ...], dict[str, float]] = {}
    last = narration.sentences[-1].number if narration.sentences else 0
    for sentence in narration.sentences:
        whole = _all_features(sentence.text)
        if sentence.heading and sentence.clause:
            headings[sentence.clause] = whole
        above = [
            headings[sentence.clause[:depth]]
            for depth in range(1, len(sentence.clause) + 1)
            if sentence.clause[:depth] in headings
        ]
        for statement in split_statements(sentence.text):
            found = dict(_all_features(statement))
            if sentence.number == last and narration.date and not sentence.clause:
                found |= concepts_written(_SIGNED)
            _weaken(found, whole, _OF_SENTENCE)
            for heading in above:
                _weaken(found, heading, _OF_HEADING)
            _weaken(found, title, _OF_TITLE)
            yield Place(key, sentence.number, statement), found


def _all_features(text: str) -> dict[str, float]:
    return dict.fromkeys(features(text) | concepts_written(text), 1.0)


def _weaken(found: dict[str, float], context: Mapping[str, float], share: float) -> None:
    """Add what the surroundings say, at a share of its weight, unless the statement says it itself."""
    for feature in context:
        found.setdefault(feature, share)


def sentence_of(narration: Narration, number: int) -> Sentence:
    """The sentence of that number."""
    return narration.sentences[number - 1]
