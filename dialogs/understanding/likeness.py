"""What others said that is most like it: reports of danger, the talk of the day, wishes.

The detector knows words, the classifier weighs them one by one. Neither sees that 钥匙找不着了 is what everybody says
of a key, and 我找不着家了 what nobody says who is not lost; the nearest sentences that were learnt tell.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.classifier import Floats
from dialogs.understanding.examples import fill
from dialogs.understanding.features import characters
from dialogs.understanding.meaning import CARE_INTENTS, Role
from dialogs.understanding.sentences import load_words
from dialogs.understanding.templates import sample, wordings

NEAREST = 3
"""Sentences of each kind whose likeness counts."""
DRAWN = {"report": 16, "talk": 16}
"""Wordings drawn from one template at most, by kind."""
FEW = 1
"""The same for wishes, of which there are many."""
TALK = "out_of_scope"
"""The intent under which the talk of the day was learnt."""


@dataclass(frozen=True)
class Leaning:
    """How like the kinds of sentence something is: mean cosines to the nearest, 0..1."""

    report: float
    """To reports of a need."""
    talk: float
    """To talk of the day."""
    wish: float
    """To what the speaker's role may want."""

    @property
    def to_talk(self) -> float:
        """How much nearer talk is than reports; below zero for what is nearer to a report."""
        return self.talk - self.report


class Likeness:
    """Sentences by their features; built once, safe to share between threads."""

    def __init__(self, told: Mapping[str, Sequence[str]]) -> None:
        """`told`: the sentences of each kind: report, talk, either, member, secretary.

        How rare a feature is is counted in reports and talk: that 党费 is common among wishes tells nothing of them.
        """
        rows = [characters(text) for texts in told.values() for text in texts]
        most = len(told["report"]) + len(told["talk"])
        counts = Counter(feature for row in rows[:most] for feature in row)
        self._unknown = float(np.log(1 + most) + 1)
        self._rarity: defaultdict[str, float] = defaultdict(lambda: self._unknown)
        self._rarity |= {name: float(np.log((1 + most) / (1 + count)) + 1) for name, count in counts.items()}
        kinds = np.repeat(list(told), [len(texts) for texts in told.values()])
        self._report, self._talk = np.flatnonzero(kinds == "report"), np.flatnonzero(kinds == "talk")
        self._wish = {role: np.flatnonzero((kinds == "either") | (kinds == role)) for role in ("member", "secretary")}
        self._rows = len(rows)
        self._holding, self._shares = self._index(rows)

    def _index(self, rows: Sequence[set[str]]) -> tuple[dict[str, NDArray[np.int32]], dict[str, Floats]]:
        """Feature -> the sentences that hold it, and its share in each."""
        holding: defaultdict[str, list[int]] = defaultdict(list)
        lengths = np.array([sum(self._rarity[feature] ** 2 for feature in row) ** 0.5 for row in rows], np.float32)
        for number, row in enumerate(rows):
            for feature in row:
                holding[feature].append(number)
        listed = {feature: np.array(numbers, dtype=np.int32) for feature, numbers in holding.items()}
        return listed, {name: np.float32(self._rarity[name]) / lengths[numbers] for name, numbers in listed.items()}

    def leaning(self, masked: str, role: Role) -> Leaning:
        """How like each kind a sentence is that somebody of this role said; its values are masked."""
        row = characters(masked)
        length = sum(self._rarity[feature] ** 2 for feature in row) ** 0.5
        alike = np.zeros(self._rows, dtype=np.float32)
        for feature in row:
            if feature in self._holding:
                alike[self._holding[feature]] += self._rarity[feature] / length * self._shares[feature]
        return Leaning(*(_nearest(alike[rows]) for rows in (self._report, self._talk, self._wish[role])))


def _nearest(alike: Floats) -> float:
    """The mean of the highest few."""
    return float(np.partition(alike, -NEAREST)[-NEAREST:].mean())


@cache
def likeness() -> Likeness:
    """Over all that the skills say; takes a second the first time."""
    told: dict[str, list[str]] = {"report": [], "talk": [], "either": [], "member": [], "secretary": []}
    for intent in load_words():
        chance = random.Random(5)  # noqa: S311 - picks wordings, guards nothing
        kind = "report" if intent.intent in CARE_INTENTS else "talk" if intent.intent == TALK else intent.role
        for template in (*intent.sentences, *intent.examples, *intent.said):
            most = min(DRAWN.get(kind, FEW), wordings(template))
            told[kind] += sorted({fill(sample(template, chance), intent, chance) for _ in range(most)})
    return Likeness(told)
