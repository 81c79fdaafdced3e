"""A sparse linear classifier: multinomial logistic regression over named features, kept as plain numbers."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Classifier:
    """Which of its labels a set of features points to."""

    labels: tuple[str, ...]
    """What can come out."""
    vocabulary: dict[str, int]
    """Feature -> row of `weights`."""
    rarity: Floats
    """Inverse document frequency, one a feature."""
    weights: Floats
    """Features x labels."""
    bias: Floats
    """One a label."""

    def scores(self, features: Sequence[str]) -> Floats:
        """Log-odds of each label, not normalised; the bias alone where no feature is known."""
        known = [row for feature in features if (row := self.vocabulary.get(feature)) is not None]
        if not known:
            return self.bias.copy()
        values = self.rarity[known]
        values = values / np.linalg.norm(values)
        return np.asarray(values @ self.weights[known].astype(np.float32) + self.bias, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write it as numbers and JSON; readers see the old file or the whole new one."""
        partial = path.with_name(f"{path.stem}.{os.getpid()}.partial.npz")
        np.savez_compressed(
            partial,
            labels=np.array(self.labels),
            words=np.frombuffer(json.dumps(list(self.vocabulary)).encode(), dtype=np.uint8),
            rarity=self.rarity,
            weights=self.weights.astype(np.float16),
            bias=self.bias,
        )
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Classifier:
        """Read what `save` wrote. Raises OSError, ValueError or KeyError for a file that is none."""
        with np.load(path, allow_pickle=False) as stored:
            words = json.loads(stored["words"].tobytes())
            return cls(
                labels=tuple(str(label) for label in stored["labels"]),
                vocabulary={word: row for row, word in enumerate(words)},
                rarity=stored["rarity"],
                weights=stored["weights"].astype(np.float32),
                bias=stored["bias"],
            )


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Scores as probabilities that sum to one."""
    raised = np.exp((scores - scores.max()) / temperature)
    return np.asarray(raised / raised.sum(), dtype=np.float32)
