"""How near a question comes to a passage in meaning, word by word: 不识字 and 不会写字, 药费 and 医药费.

Lists of synonyms hold what somebody thought of; this holds, roughly, all common words, each as a direction in a space
in which words stand near each other that occur in the same company. meanings.npz was made of the vectors that the
package cnsyn 1.2.0 carries (Apache-2.0; PaddleNLP made them from an encyclopedia and the news): the 24,000 words that
jieba's dictionary counts most often, in their fifty main directions, one byte each, with how much each tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.points import without_asking

_LONGEST = 4
"""Characters of the longest word that is known."""
_TELLS = 30
"""What a word tells is kept times this, in a byte."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Nearness:
    """How near a passage comes to a question."""

    told: float = 0.0
    """How much of what the question asks the passage speaks of in like words, 0 to 1."""
    alike: float = 0.0
    """How alike the two are as wholes, -1 to 1."""
    untold: float = 0.0
    """How much of the question hangs on the one word the passage says least of, 0 to 1."""


@dataclass(frozen=True)
class _Lexicon:
    numbers: Mapping[str, int]
    """Each word's row."""
    meanings: NDArray[np.int8]
    """A direction for each word."""
    tell: Numbers
    """How much each word tells: the rarer, the more."""

    def directions(self, words: Sequence[int]) -> Numbers:
        """The meanings of some words, each of length 1."""
        rows = self.meanings[list(words)].astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def is_common(word: str) -> bool:
    """Whether it is one of the commonest words of the language."""
    return word in _lexicon().numbers


def nearness(question: str, texts: Sequence[str]) -> list[Nearness]:
    """How near each of some texts comes to the question; all far where it holds no word that is known."""
    asked = _words(without_asking(question))
    return [_near(asked, _words(text)) for text in texts]


def _near(asked: tuple[int, ...], said: tuple[int, ...]) -> Nearness:
    if not asked or not said:
        return Nearness(untold=1.0)
    lexicon = _lexicon()
    mine, theirs = lexicon.directions(asked), lexicon.directions(said)
    weights = lexicon.tell[list(asked)]
    best = np.clip((mine @ theirs.T).max(axis=1), 0, 1)
    whole, other = weights @ mine, lexicon.tell[list(said)] @ theirs
    alike = whole @ other / max(1e-6, float(np.linalg.norm(whole) * np.linalg.norm(other)))
    total = float(weights.sum())
    return Nearness(float(weights @ best) / total, float(alike), float((weights * (1 - best)).max()) / total)


def _words(text: str) -> tuple[int, ...]:
    """The known words of a text, the longest first at each place; what is unknown is passed over."""
    numbers = _lexicon().numbers
    found: list[int] = []
    at = 0
    while at < len(text):
        long = next((long for long in range(_LONGEST, 0, -1) if text[at : at + long] in numbers), 0)
        if long:
            found.append(numbers[text[at : at + long]])
        at += long or 1
    return tuple(found)


@cache
def _lexicon() -> _Lexicon:
    with np.load(Path(__file__).parent / "meanings.npz", allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        meanings = held["meanings"]
        tell = held["tell"].astype(np.float32) / _TELLS
    return _Lexicon({word: at for at, word in enumerate(words)}, meanings, tell)
