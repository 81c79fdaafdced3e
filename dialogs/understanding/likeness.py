"""What others said that is most like it: reports of danger, the talk of the day, wishes.

The detector knows words, the classifier weighs them one by one. Neither sees that 钥匙找不着了 is what everybody says
of a key, and 我找不着家了 what nobody says who is not lost; the nearest sentences that were learnt tell.
"""

from __future__ import annotations

import math
import random
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

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
    """Sentences by their features; built once, safe to share between threads.

    Of some thirty thousand sentences, 26 features each, the numbers stand in two arrays, feature after feature: a pair
    of arrays for every feature took 160 MB.
    """

    def __init__(self, told: Mapping[str, Sequence[str]]) -> None:
        """`told`: the sentences of each kind: report, talk, either, member, secretary.

        How rare a feature is is counted in reports and talk: that 党费 is common among wishes tells nothing of them.
        """
        counted = [*told["report"], *told["talk"]]
        self._counts = Counter(feature for text in counted for feature in characters(text))
        self._counted = len(counted)
        kinds = np.repeat(list(told), [len(texts) for texts in told.values()])
        self._report, self._talk = np.flatnonzero(kinds == "report"), np.flatnonzero(kinds == "talk")
        self._wish = {role: np.flatnonzero((kinds == "either") | (kinds == role)) for role in ("member", "secretary")}
        self._rows = len(kinds)
        self._place: dict[str, int] = {}
        self._index([text for texts in told.values() for text in texts])

    def _index(self, texts: Sequence[str]) -> None:
        """For each feature the sentences that hold it, and its share in each."""
        features, rows, shares = array("i"), array("i"), array("f")
        for number, text in enumerate(texts):
            for feature, share in self._shares(text).items():
                features.append(self._place.setdefault(feature, len(self._place)))
                rows.append(number)
                shares.append(share)
        order = np.argsort(np.array(features), kind="stable")
        self._holding, self._share = np.array(rows)[order], np.array(shares)[order]
        self._ends = np.cumsum(np.bincount(np.array(features)))

    def _shares(self, text: str) -> dict[str, float]:
        """Feature -> its share in the text: the rarer, the more; of unit length together."""
        rarity = {
            feature: math.log((1 + self._counted) / (1 + self._counts.get(feature, 0))) + 1
            for feature in characters(text)
        }
        length = sum(each**2 for each in rarity.values()) ** 0.5
        return {feature: each / length for feature, each in rarity.items()}

    def leaning(self, masked: str, role: Role) -> Leaning:
        """How like each kind a sentence is that somebody of this role said; its values are masked."""
        alike = np.zeros(self._rows, dtype=np.float32)
        for feature, share in self._shares(masked).items():
            place = self._place.get(feature)
            if place is not None:
                inside = slice(self._ends[place - 1] if place else 0, self._ends[place])
                alike[self._holding[inside]] += share * self._share[inside]
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
