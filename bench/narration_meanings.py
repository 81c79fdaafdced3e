"""Makes dialogs/narration/meanings.npz: what each of the commonest words is near to in meaning, small enough to ship.

The vectors are those that the package cnsyn (Apache-2.0) carries, made by PaddleNLP (Apache-2.0) from an encyclopedia
and the news; how common a word is tells jieba's dictionary (MIT). Neither package is needed to run:

    pip install --target FOLDER --no-deps cnsyn==1.2.0 && python bench/narration_meanings.py FOLDER
"""

from __future__ import annotations

import argparse
import math
import re
from pathlib import Path

import jieba
import numpy as np
from joblib.numpy_pickle import NumpyUnpickler

TARGET = Path(__file__).parents[1] / "dialogs/narration/meanings.npz"
WORDS, WIDTH = 24_000, 50
_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_COMMON = 5.0
"""Words this common or commoner tell next to nothing: natural logarithm of how many words there are to one of them."""
_LEAST, _MOST = 0.3, 8.4


class Stand:
    """Stands for the classes of a search tree of which only the arrays are wanted."""

    def __setstate__(self, state: tuple[object, ...]) -> None:
        self.state = state


class Arrays(NumpyUnpickler):  # type: ignore[misc]
    """Reads arrays and plain values alone; nothing of what the file names besides is imported or called."""

    def find_class(self, module: str, name: str) -> object:
        if module.split(".")[0] == "sklearn":
            return Stand if name[0].isupper() else lambda *_: Stand()
        if (module, name) in (("numpy", "ndarray"), ("numpy", "dtype"), ("joblib.numpy_pickle", "NumpyArrayWrapper")):
            return super().find_class(module, name)
        raise ValueError(f"the file names {module}.{name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where cnsyn was installed")
    path = parser.parse_args().folder / "cnsyn/query/words_tree_mini.m"
    with path.open("rb") as file:
        held = Arrays(str(path), file, True).load()
    words, vectors = held["words"], np.asarray(held["model"].state[0], dtype=np.float64)
    jieba.initialize()
    times = {word: count for word, count in jieba.dt.FREQ.items() if count}
    known = [at for at, word in enumerate(words) if _WORD.fullmatch(word) and word in times]
    kept = sorted(known, key=lambda at: -times[words[at]])[:WORDS]
    _, _, directions = np.linalg.svd(vectors[kept] - vectors[kept].mean(axis=0), full_matrices=False)
    meant = (vectors[kept] - vectors[kept].mean(axis=0)) @ directions[:WIDTH].T
    meant /= np.linalg.norm(meant, axis=1, keepdims=True)
    total = sum(times.values())
    tell = [min(_MOST, max(_LEAST, math.log(total / (times[words[at]] + 1)) - _COMMON)) for at in kept]
    np.savez_compressed(
        TARGET,
        words=np.frombuffer("\n".join(words[at] for at in kept).encode(), dtype=np.uint8),
        meanings=np.round(meant * 127 / np.abs(meant).max()).astype(np.int8),
        tell=np.round(np.array(tell) * 30).astype(np.uint8),
    )


if __name__ == "__main__":
    main()
