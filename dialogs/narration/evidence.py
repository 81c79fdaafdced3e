"""How much of what a question is about each place speaks of: by itself, with its surroundings, and in its document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.data import phrases
from dialogs.narration.index import Index
from dialogs.narration.levels import Ids
from dialogs.narration.looking import LookedAt
from dialogs.narration.points import Point

Scores = NDArray[np.float32]
Shares = Mapping[str, Scores]

_UNHEARD_OF = 1.0
_WORTH = {"s": 0.6, "k": 0.85}
"""What it is worth that a place holds the sound only, or another word for the same thing; the writing itself is 1."""
_BOTH_SIDES, _BY_SOUND_ON_BOTH_SIDES = 2, 0.9
_ASKER = 1.2
"""What it counts that a place is meant for one of the asker's age or pension."""
_FOR_ALL = 0.7
"""What it is worth to a line that tells whom to ask that its document speaks of something."""
_LOOSELY = 0.6
"""What a pair is worth that the question says with one character more between."""
_ALONE = 0.5
"""What a single character of the question is worth, before rarity: weaker evidence than a pair."""


@dataclass(frozen=True)
class Evidence:
    """For each place under consideration what it holds of the question's points."""

    weights: Scores
    """How much each point tells: its weight in the question, times the rarity of its words."""
    held: Scores
    """Points x places, 0 to 1: held by the place or what it stands under."""
    own: Scores
    """Points x places, 0 to 1: held by the statement itself."""
    document: Scores
    """For each place the share of the question that its document speaks of anywhere, 0 to 1."""


def gather(
    points: Sequence[Point], index: Index, places: Ids, shares: Shares, looked_at: Sequence[LookedAt]
) -> Evidence:
    """The evidence for some places; `shares` tells how fully each of them holds each feature of the points."""
    statements = index.levels[0]
    own = {name: statements.holding_among(name, places) for point in points for name in (*point.features, *point.loose)}
    weights = np.array([point.weight * _rarity(index, point) for point in points], dtype=np.float32)
    shape = (len(points), len(places))
    held, said = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    named = _in_documents(points, index)[:, index.owners[places]]
    contact = np.array([tells_whom_to_ask(each.place.text) for each in looked_at], dtype=np.float32)
    fitting = np.array([each.fits is True for each in looked_at], dtype=np.float32) * np.float32(_WORTH["k"])
    for at, point in enumerate(points):
        held[at] = np.maximum(_best(index, point, shares.__getitem__, len(places)), named[at] * contact * _FOR_ALL)
        said[at] = _best(index, point, own.__getitem__, len(places))
        if point.asks:
            held[at], said[at] = np.maximum(held[at], fitting), np.maximum(said[at], fitting)
    for also in ([each.meant_for for each in looked_at], [each.counted or None for each in looked_at]):
        weights, held, said = _with(weights, held, said, also)
    plain = np.array([point.weight for point in points], dtype=np.float32)
    return Evidence(weights, held, said, plain @ named / np.float32(plain.sum() or 1.0))


def _with(weights: Scores, held: Scores, said: Scores, also: Sequence[bool | None]) -> tuple[Scores, Scores, Scores]:
    """One point more where some places are for the asker's age or pension, or list as many things as he asks for."""
    if all(each is None for each in also):
        return weights, held, said
    row = np.array([[float(each is True) for each in also]], dtype=np.float32)
    return np.append(weights, np.float32(_ASKER)), np.vstack([held, row]), np.vstack([said, row])


def tells_whom_to_ask(text: str) -> bool:
    """A line with a telephone number for questions is about all that its document tells."""
    return re.search(phrases("synonyms", "contact")["holds"], text) is not None


def _known(index: Index, point: Point) -> list[str]:
    """The concepts and pairs of a point that any place holds."""
    return [name for name in point.features if name[0] != "c" and len(index.levels[0].holding(name))]


def _rarity(index: Index, point: Point) -> float:
    return max(map(index.rarity, _known(index, point)), default=_UNHEARD_OF)


def _best(index: Index, point: Point, share: Callable[[str], Scores], count: int) -> Scores:
    best = np.zeros(count, dtype=np.float32)
    known = _known(index, point)
    for name in known:
        np.maximum(best, share(name) * np.float32(_WORTH.get(name[0], 1.0)), out=best)
    for name in point.loose:
        np.maximum(best, share(name) * np.float32(_LOOSELY), out=best)
    for alone in (name for name in point.features if name[0] == "c"):
        np.maximum(best, share(alone) * np.float32(_ALONE * index.rarity(alone)), out=best)
    sounding = [share(name) for name in known if name[0] == "s"]
    if len(sounding) == _BOTH_SIDES:
        np.maximum(best, np.minimum(*sounding) * np.float32(_BY_SOUND_ON_BOTH_SIDES), out=best)
    return best


def _in_documents(points: Sequence[Point], index: Index) -> Scores:
    """Points x documents: how fully each document speaks of each anywhere; what it never names it cannot answer."""
    named = np.zeros((len(points), len(index.documents)), dtype=np.float32)
    for at, point in enumerate(points):
        for name in point.features:
            share = _ALONE if name[0] == "c" else _WORTH.get(name[0], 1.0)
            owners = index.owners[index.levels[0].holding(name)]
            named[at, owners] = np.maximum(named[at, owners], np.float32(share))
    return named
