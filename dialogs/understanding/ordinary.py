"""Whether what is written are ordinary words: where a rare name was said a recogniser writes characters that make none.

The words are the phrases for which pypinyin knows the reading: 47,000 of daily use, in memory anyway.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin.constants import PHRASES_DICT

LONGEST = 4
"""Characters of the longest word looked for."""


@lru_cache(maxsize=2048)
def in_words(text: str) -> tuple[bool, ...]:
    """For each character whether it is part of a word of two characters or more."""
    part = [False] * len(text)
    for begin in range(len(text)):
        for finish in range(begin + 2, min(begin + LONGEST, len(text)) + 1):
            if text[begin:finish] in PHRASES_DICT:
                part[begin:finish] = [True] * (finish - begin)
    return tuple(part)
