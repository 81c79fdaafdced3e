"""A sentence as a set of small features: characters, syllables, and syllables as confused ears hear them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

MASKS = {
    "person": "\ue001",
    "when": "\ue002",
    "title": "\ue003",
    "amount": "\ue004",
    "phone": "\ue005",
}
"""Symbols that stand in for values, so that 张建国 and 李秀英 teach the same thing."""

_NOT_SAID = re.compile(r"[^\w\ue000-\ue0ff]|_")
_FILLERS = re.compile(r"[嗯呃唔噢哦喔哎唉诶欸哟呦啊呀嘛哈]|这个这个|那个那个")


def bare(text: str) -> str:
    """The text without punctuation, spaces and hesitation."""
    plain = _NOT_SAID.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _FILLERS.sub("", plain) or plain


@lru_cache(maxsize=20_000)
def _sounds(text: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=lambda rest: list(rest)))


_CONFUSED = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^[nr](?=.)"), "l"),
    (re.compile(r"^h(?=u)"), "f"),
    (re.compile(r"ng$"), "n"),
)


@lru_cache(maxsize=4_000)
def _confused(syllable: str) -> str:
    for pattern, instead in _CONFUSED:
        syllable = pattern.sub(instead, syllable)
    return syllable


def _grams(tokens: Sequence[str], sizes: range, mark: str) -> Iterator[str]:
    padded = ["^", *tokens, "$"]
    for size in sizes:
        for begin in range(len(padded) - size + 1):
            yield mark + " ".join(padded[begin : begin + size])


def features(masked: str, views: str = "csk") -> list[str]:
    """Features of a sentence whose values are masked; `views` chooses characters, syllables, confusion classes."""
    text = bare(masked)
    sounds = _sounds(text)
    found: set[str] = set()
    if "c" in views:
        found.update(_grams(text, range(1, 5), "c"))
    if "s" in views:
        found.update(_grams(sounds, range(1, 4), "s"))
    if "k" in views:
        found.update(_grams([_confused(sound) for sound in sounds], range(2, 5), "k"))
    return sorted(found)
