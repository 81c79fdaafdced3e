"""Whether what is written are ordinary words: where a rare name was said a recogniser writes characters that make none.

Ordinary is what the sentences of the skills hold again and again; so 送医院 is no 宋玉兰, and nobody keeps a word list.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise

from dialogs.understanding.sentences import load_words
from dialogs.understanding.templates import sample

OFTEN = 3
"""Sentences in which two characters stand side by side that make an ordinary pair."""


@lru_cache(maxsize=2048)
def in_words(text: str) -> tuple[bool, ...]:
    """For each character whether it is one of an ordinary pair."""
    part = [False] * len(text)
    for at, pair in enumerate(pairwise(text)):
        if "".join(pair) in _pairs():
            part[at : at + 2] = [True, True]
    return tuple(part)


def prepare() -> None:
    """Count the pairs, which takes half a second, before they are needed."""
    _pairs()


@cache
def _pairs() -> frozenset[str]:
    """Two characters that stand side by side in several of the utterances that the skills learn from."""
    chance = random.Random(0)  # noqa: S311 - picks wordings, guards nothing
    counts: Counter[str] = Counter()
    for intent in load_words():
        for template in (*intent.sentences, *intent.examples, *intent.said):
            counts.update({"".join(pair) for pair in pairwise(sample(template, chance))})
    return frozenset(pair for pair, count in counts.items() if count >= OFTEN)
