"""Text as tokens of the search index: characters and their pairs as written, pairs of syllables as heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pypinyin import lazy_pinyin

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9a-z]+")
SAME_SOUNDS = (
    (re.compile("^([zcs])h"), r"\1"),  # zhang, zang
    (re.compile("^[nr](?=.)"), "l"),  # nan, lan; ren, len
    (re.compile("^(?:hu|f)(?=[aeo])|^f"), "h"),  # fang, huang; fu, hu
    (re.compile("(?<=[aei])ng$"), "n"),  # ying, yin
    (re.compile("^(?:yu|v|ju)"), "u"),
    (re.compile("(?<=[a-z])ou$"), "u"),  # lou, lu
)
"""What recognisers and accents most often take for each other, in toneless pinyin; coarse on purpose."""


def written(text: str) -> Iterator[str]:
    """Each character of a text and each pair of neighbours, punctuation apart."""
    for run in RUN.findall(text.lower()):
        yield from run
        yield from pairs(run)


def sought(term: str) -> Iterator[str]:
    """What of `written` a term is asked for by: pairs, and a character only where it stands alone."""
    for run in RUN.findall(term.lower()):
        yield from pairs(run) or [run]


def heard(text: str) -> Iterator[str]:
    """Each pair of neighbouring syllables of a text, as coarse as an ear: wan_gui."""
    for run in HAN.findall(text):
        sounds = syllables(run)
        yield from (f"{one}_{other}" for one, other in pairwise(sounds))


def pairs(run: str) -> list[str]:
    """The neighbours of a run of characters: 贵兰花 -> 贵兰, 兰花."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def sounds_in(text: str, sought: str) -> bool:
    """Whether the text holds a stretch that sounds like what is sought."""
    wanted = f" {' '.join(syllables(sought))} "
    return any(wanted in f" {' '.join(syllables(run))} " for run in HAN.findall(text))


@lru_cache(maxsize=4096)
def syllables(run: str) -> tuple[str, ...]:
    """The syllables of a run of Chinese characters, those that are often confused made one."""
    found = []
    for syllable in lazy_pinyin(run):
        for pattern, becomes in SAME_SOUNDS:
            syllable = pattern.sub(becomes, syllable)
        found.append(syllable)
    return tuple(found)
