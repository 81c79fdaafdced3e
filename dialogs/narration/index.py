"""An index of passages: which statements of which documents hold which features, and how rare those are.

A statement is also known by the sentence, the headings and the title above it, at a share. These stand in levels
of their own, so that a title is stored once and not with each statement under it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.features import abbreviations, concepts_written, features
from dialogs.narration.levels import Growing, Ids, Level
from dialogs.narration.model import Narration, Sentence
from dialogs.narration.places import places_of
from dialogs.narration.sentences import split_statements
from dialogs.narration.surroundings import Surroundings, announces, is_title, surroundings

_SHARES = {"statement": 1.0, "announced": 0.75, "sentence": 0.5, "heading": 0.5, "title": 0.45, "before": 0.35}
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
    levels: tuple[Level, ...]
    """From the statement itself to the title."""
    owners: Ids
    """For each place the position of its document among the keys."""
    localities: Mapping[str, frozenset[str]]
    """For each document the places it is about."""
    around: Mapping[str, Sequence[Surroundings]]
    """For each document what its sentences stand under besides their numbered headings."""

    def rarity(self, feature: str) -> float:
        """How much it tells that a place holds a feature, 0 to 1; one that no place holds tells most."""
        held = max(int(level.sizes[level.holding(feature)].sum()) for level in self.levels)
        return math.log(1 + len(self.places) / (1 + held)) / math.log(2 + len(self.places))

    def shares(self, feature: str, places: Ids) -> NDArray[np.float32]:
        """How fully each of some places holds a feature: 1 if it says so itself, less if its surroundings do."""
        best = np.zeros(len(places), dtype=np.float32)
        for level in self.levels:
            np.maximum(best, level.holding_among(feature, places) * np.float32(level.share), out=best)
        return best


def build_index(documents: Mapping[str, Narration]) -> Index:
    """Index documents under keys of the caller's choice."""
    levels = {name: Growing() for name in _SHARES}
    places: list[Place] = []
    owners: list[int] = []
    around: dict[str, Sequence[Surroundings]] = {}
    for position, (key, narration) in enumerate(documents.items()):
        before = len(places)
        around[key] = surroundings(narration.sentences)
        _add_document(key, narration, around[key], places, levels)
        owners += [position] * (len(places) - before)
    localities = {key: places_of(narration) for key, narration in documents.items()}
    levels["before"].held, levels["before"].size = levels["sentence"].held, levels["sentence"].size
    done = tuple(level.done(_SHARES[name]) for name, level in levels.items())
    return Index(dict(documents), tuple(places), done, np.array(owners, dtype=np.int32), localities, around)


def _add_document(
    key: str, narration: Narration, around: Sequence[Surroundings], places: list[Place], levels: Mapping[str, Growing]
) -> None:
    called = narration.title or _called(narration.sentences)
    title = levels["title"].add(_found(called) | abbreviations(called))
    headings: dict[tuple[str, ...], set[str]] = {}
    groups: dict[tuple[str, ...], int] = {}
    nothing = levels["sentence"].add(set())
    whole: dict[int, int] = {0: nothing}
    announcing = {0: levels["announced"].add(set())}
    for sentence, above in zip(narration.sentences, around, strict=True):
        clause = sentence.clause
        statements = split_statements(sentence.text)
        found = [_found(statement) for statement in statements]
        if sentence.heading and not clause and sentence.number == len(narration.sentences) and narration.date:
            found[-1] |= concepts_written(_SIGNED).keys()
        said = set().union(*found)
        if sentence.heading and clause:
            headings[clause] = said
            groups.pop(clause, None)
        if clause not in groups:
            over = (headings.get(clause[:depth], set()) for depth in range(len(clause) + 1))
            groups[clause] = levels["heading"].add(set().union(*over))
        if announces(sentence):
            announcing[sentence.number] = levels["announced"].add(said)
        whole[sentence.number] = levels["sentence"].add(said)
        before = nothing if sentence.heading else whole[sentence.number - 1]
        for statement, own in zip(statements, found, strict=True):
            levels["statement"].groups.append(levels["statement"].add(own))
            levels["sentence"].groups.append(whole[sentence.number])
            levels["before"].groups.append(before)
            levels["announced"].groups.append(announcing[above.announced])
            levels["heading"].groups.append(groups[clause])
            levels["title"].groups.append(title)
            places.append(Place(key, sentence.number, statement))


def _called(sentences: Sequence[Sentence]) -> str:
    """What a document calls itself that has no head with a title."""
    return sentences[0].text if sentences and is_title(sentences[0]) else ""


def _found(text: str) -> set[str]:
    return features(text).keys() | concepts_written(text).keys()
