"""What others said that is most like it: reports of danger on one side, the talk of the day on the other.

The detector knows words, the classifier weighs them one by one. Neither sees that 钥匙找不着了 is what everybody says
of a key, and 我找不着家了 what nobody says who is not lost; the nearest sentences that were learnt tell.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.classifier import Floats
from dialogs.understanding.examples import fill
from dialogs.understanding.features import characters
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.understanding.sentences import load_words
from dialogs.understanding.templates import sample, wordings

NEAREST = 3
"""Sentences of each kind whose likeness counts."""
DRAWN = 12
"""Wordings drawn from one template at most."""
TALK = "out_of_scope"
"""The intent under which the talk of the day was learnt."""


@dataclass(frozen=True)
class Leaning:
    """How like two kinds of sentence something is."""

    report: float
    """Mean cosine to the nearest reports, 0..1."""
    talk: float
    """The same to the nearest talk."""

    @property
    def to_talk(self) -> float:
        """How much nearer the talk is; below zero for what is nearer to a report."""
        return self.talk - self.report


class Likeness:
    """Sentences by their features; built once, safe to share between threads."""

    def __init__(self, reports: Sequence[str], talk: Sequence[str]) -> None:
        rows = [characters(text) for text in (*reports, *talk)]
        counts = Counter(feature for row in rows for feature in row)
        self._unknown = float(np.log(1 + len(rows)) + 1)
        self._rarity = {name: float(np.log((1 + len(rows)) / (1 + count)) + 1) for name, count in counts.items()}
        self._reports = len(reports)
        self._rows = len(rows)
        self._holding, self._shares = self._index(rows)

    def _index(self, rows: Sequence[set[str]]) -> tuple[dict[str, NDArray[np.int32]], dict[str, Floats]]:
        """Feature -> the sentences that hold it, and its share in each."""
        holding: defaultdict[str, list[int]] = defaultdict(list)
        length = [sum(self._rarity[feature] ** 2 for feature in row) ** 0.5 for row in rows]
        for number, row in enumerate(rows):
            for feature in row:
                holding[feature].append(number)
        listed = {feature: np.array(numbers, dtype=np.int32) for feature, numbers in holding.items()}
        lengths = np.array(length, dtype=np.float32)
        return listed, {name: np.float32(self._rarity[name]) / lengths[numbers] for name, numbers in listed.items()}

    def leaning(self, masked: str) -> Leaning:
        """How like reports and talk a sentence is whose values are masked."""
        row = characters(masked)
        length = sum(self._rarity.get(feature, self._unknown) ** 2 for feature in row) ** 0.5
        alike = np.zeros(self._rows, dtype=np.float32)
        for feature in row:
            if feature in self._holding:
                alike[self._holding[feature]] += self._rarity[feature] / length * self._shares[feature]
        return Leaning(_nearest(alike[: self._reports]), _nearest(alike[self._reports :]))


def _nearest(alike: Floats) -> float:
    """The mean of the highest few."""
    return float(np.partition(alike, -NEAREST)[-NEAREST:].mean())


@cache
def likeness() -> Likeness:
    """Over what the skills say of needs and of the talk of the day; takes half a second the first time."""
    chance = random.Random(5)  # noqa: S311 - picks wordings, guards nothing
    told: dict[bool, list[str]] = {True: [], False: []}
    for intent in load_words():
        if intent.intent not in (*CARE_INTENTS, TALK):
            continue
        for template in (*intent.sentences, *intent.examples, *intent.said):
            drawn = {fill(sample(template, chance), intent, chance) for _ in range(min(DRAWN, wordings(template)))}
            told[intent.intent != TALK] += sorted(drawn)
    return Likeness(told[True], told[False])
