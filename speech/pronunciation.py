"""Chinese text -> the phonemes Kokoro was trained on, with the readings our field needs."""

from __future__ import annotations

import logging
import re
import tomllib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
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

    table = _table()
    cut = _tokenizer().lcut(text)
    read = [
        [table.alone[word]] if word in table.alone else lazy_pinyin(word, Style.TONE3, neutral_tone_with_five=True)
        for word in cut
    ]
    for place, syllables in [*_surnames(cut), *_own_readings(text)]:
        _put(read, place, syllables)
    return read


@dataclass(frozen=True)
class _Table:
    """What READINGS holds."""

    readings: Mapping[str, list[str]]
    """Words and their syllables."""
    pattern: re.Pattern[str]
    """Any of these words, the longest first."""
    alone: Mapping[str, str]
    """Characters with another reading when they are a word of their own."""
    surnames: Mapping[str, str]
    """Family names with a reading of their own."""
    titles: tuple[str, ...]
    """What follows a name."""


@cache
def _table() -> _Table:
    with READINGS.open("rb") as file:
        table = tomllib.load(file)
    readings = {word: read.split() for word, read in table["readings"].items()}
    pattern = re.compile("|".join(map(re.escape, sorted(readings, key=len, reverse=True))))
    return _Table(readings, pattern, table["alone"], table["surnames"], tuple(table["titles"]["words"]))


@cache
def _sounds(syllable: str) -> str:
    """One syllable in the model's alphabet; empty for one that misaki cannot write."""
    from misaki.zh import ZHG2P

    try:
        return str(ZHG2P.py2ipa(syllable))
    except (ValueError, KeyError, IndexError):
        logging.getLogger(__name__).info("no phonemes for a syllable")
        return ""


def _own_readings(text: str) -> list[tuple[int, list[str]]]:
    table = _table()
    return [(found.start(), table.readings[found.group()]) for found in table.pattern.finditer(text)]


def _surnames(cut: list[str]) -> list[tuple[int, list[str]]]:
    """Places of family names: at the head of a word that is no common one, with a title close behind."""
    table, found, place = _table(), [], 0
    for at, word in enumerate(cut):
        head, behind = word[0], word[1:] + "".join(cut[at + 1 : at + 4])
        common = len(word) > 1 and _tokenizer().FREQ.get(word)
        if head in table.surnames and not common and _title_within(behind, 2):
            found.append((place, [table.surnames[head]]))
        place += len(word)
    return found


def _title_within(text: str, characters: int) -> bool:
    return any(text.startswith(_table().titles, start) for start in range(characters + 1))


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
