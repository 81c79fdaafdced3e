"""How often characters follow each other, in sorted arrays: a tenth of the memory of dictionaries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


class Counted:
    """How often characters came after a context."""

    def __init__(self, keys: Ids, size: int) -> None:
        self._size = size
        self._keys, self._counts = np.unique(keys, return_counts=True)
        self._contexts, kinds = np.unique(self._keys // size, return_counts=True)
        self._kinds = kinds.astype(np.float64)
        ends = np.searchsorted(self._keys, self._contexts * size)
        self._sums = np.add.reduceat(self._counts, ends).astype(np.float64)

    def count(self, context: int, choice: int) -> int:
        """How often this came after that."""
        at = int(np.searchsorted(self._keys, context * self._size + choice))
        return int(self._counts[at]) if at < self._keys.size and self._keys[at] == context * self._size + choice else 0

    def mixed(self, contexts: Ids, choices: Ids, shorter: Floats) -> Floats:
        """The chance of each choice after each context, a row for each; `shorter` is what the shorter memory says."""
        at = np.minimum(np.searchsorted(self._contexts, contexts), self._contexts.size - 1)
        known = self._contexts[at] == contexts
        wanted = contexts[:, np.newaxis] * self._size + choices
        places = np.minimum(np.searchsorted(self._keys, wanted), self._keys.size - 1)
        counts = np.where(self._keys[places] == wanted, self._counts[places], 0)
        kinds, sums = np.where(known, self._kinds[at], 1.0)[:, np.newaxis], np.where(known, self._sums[at], 0.0)
        return np.asarray((counts + kinds * shorter) / (sums[:, np.newaxis] + kinds))
