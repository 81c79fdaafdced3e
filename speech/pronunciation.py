"""Chinese text -> the phonemes Kokoro was trained on, with the readings our field needs."""

from __future__ import annotations

import logging
import re
import tomllib
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

READINGS = Path(__file__).with_name("pronunciations.toml")
"""Words whose reading pypinyin gets wrong, written the way it writes them: `支部书记长` = "zhi1 bu4 …"."""
_CHINESE = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_MARKS = str.maketrans({"。": ".", "，": ",", "、": ",", "！": "!", "？": "?", "；": ";", "：": ":"})
_NO_TONE_MARK = chr(815)
"""A combining sign that misaki leaves in syllabic consonants and that the model does not know."""


def phonemes(text: str) -> str:
    """Phonemes with tone arrows, words apart by spaces, punctuation kept: the model's own alphabet."""
    spoken = ""
    for segment in _CHINESE.findall(text):
        if "\u3400" <= segment[0] <= "\u9fff":
            spoken += " ".join("".join(_sounds(syllable) for syllable in word) for word in words(segment))
        else:
            spoken += "".join(f"{mark} " for mark in segment.translate(_MARKS))
    return spoken.replace(_NO_TONE_MARK, "").strip()


def words(text: str) -> list[list[str]]:
    """Chinese characters as words, each a list of syllables such as "zhong4": one for every character."""
    from pypinyin import Style, lazy_pinyin

    cut = _tokenizer().lcut(text)
    read = [lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True) for word in cut]
    for place, syllables in _own_readings(text):
        _put(read, place, syllables)
    return read


@cache
def readings() -> Mapping[str, list[str]]:
    """The table of READINGS: a word and its syllables."""
    with READINGS.open("rb") as file:
        return {word: read.split() for word, read in tomllib.load(file)["readings"].items()}


@cache
def _sounds(syllable: str) -> str:
    """One syllable in the model's alphabet; empty for one that misaki cannot write."""
    from misaki.zh import ZHG2P

    try:
        return str(ZHG2P.py2ipa(syllable))
    except (ValueError, KeyError, IndexError):
        logging.getLogger(__name__).info("no phonemes for a syllable")
        return ""


@cache
def _pattern() -> re.Pattern[str]:
    """Any word of the table; the longest wins."""
    return re.compile("|".join(map(re.escape, sorted(readings(), key=len, reverse=True))))


def _own_readings(text: str) -> list[tuple[int, list[str]]]:
    return [(found.start(), readings()[found.group()]) for found in _pattern().finditer(text)]


def _put(read: list[list[str]], place: int, syllables: list[str]) -> None:
    """Replace the syllables from character `place` on, across word boundaries."""
    for word in read:
        for at in range(len(word)):
            if 0 <= at - place < len(syllables):
                word[at] = syllables[at - place]
        place -= len(word)


@cache
def _tokenizer() -> Tokenizer:
    """Jieba with its dictionary, read anew: its cache in the shared temporary folder is one anybody may write."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which complains about itself
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
