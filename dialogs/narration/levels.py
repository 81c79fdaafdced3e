"""What places are known by on one level: themselves, their sentence, what stands above them, the title."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]

_NOWHERE: Ids = np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class Level:
    """What places are known by on one level: themselves, their sentence, the headings above, the title."""

    share: float
    """What a feature on this level is worth."""
    postings: Mapping[str, Ids]
    """For each feature the groups of this level that hold it, ascending."""
    groups: Ids
    """For each place its group."""
    sizes: Ids
    """For each group how many places it has."""

    def holding(self, feature: str) -> Ids:
        """The groups that hold a feature."""
        return self.postings.get(feature, _NOWHERE)

    def holding_among(self, feature: str, places: Ids) -> NDArray[np.float32]:
        """For each of some places 1 if its group holds a feature, else 0."""
        holding = self.holding(feature)
        if not len(holding):
            return np.zeros(len(places), dtype=np.float32)
        groups = self.groups[places]
        at = np.minimum(np.searchsorted(holding, groups), len(holding) - 1)
        found: NDArray[np.float32] = (holding[at] == groups).astype(np.float32)
        return found


@dataclass
class Growing:
    """A level while it is being filled."""

    held: defaultdict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("i")))
    """For each feature the groups that hold it."""
    groups: array[int] = field(default_factory=lambda: array("i"))
    """For each place its group; whoever fills the level adds to it."""
    size: int = 0
    """How many groups there are."""

    def add(self, found: Iterable[str]) -> int:
        """A new group that holds these features; returns its number."""
        for feature in found:
            self.held[feature].append(self.size)
        self.size += 1
        return self.size - 1

    def done(self, share: float) -> Level:
        """The level as it is looked up in."""
        postings = {feature: np.array(ids, dtype=np.int32) for feature, ids in self.held.items()}
        groups = np.array(self.groups, dtype=np.int32)
        return Level(share, postings, groups, np.bincount(groups, minlength=self.size).astype(np.int32))
