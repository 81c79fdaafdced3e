"""Whether words were said or made up: the known habits of a recogniser that was trained on subtitles."""

from __future__ import annotations

import re
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HIGHEST_COMPRESSION = 2.4
"""Text that packs better than this is a loop (the figure Whisper itself uses)."""

LONGEST_RATE = 9.0
"""Characters a second beyond which nobody speaks; newsreaders reach five or six."""

SLOWEST_RATE = 1.5
"""Characters a second under which something of a longer stretch of speech was left out; old voices make 2 to 4."""

LONG_ENOUGH = 6.0
"""Seconds of speech from which the slowest rate counts; shorter ones may be one word between sighs."""

_NOT_SAID = re.compile(r"[^\w]|_")
_THRICE = re.compile(r"(.{1,30}?)\1{2,}")
_TWICE = re.compile(r"(.{6,60}?)\1")
MOST_OF_ONE_CHARACTER = 9
"""Times in a row that one character may come: a telephone number has eight noughts, nothing has ten."""
_SPACE_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Guards:
    """The lists of guards.toml."""

    prompt: str
    """A sentence in the branch's words."""
    invented: tuple[str, ...]
    """Texts that hold one of these are made up."""
    invented_alone: tuple[str, ...]
    """Texts that are one of these are made up."""
    cries: tuple[str, ...]
    """What people really say again and again."""


@cache
def guards() -> Guards:
    """The lists, read once."""
    table = tomllib.loads(Path(__file__).with_name("guards.toml").read_text("utf-8"))
    return Guards(
        prompt=table["prompt"],
        invented=tuple(table["invented"]),
        invented_alone=tuple(table["invented_alone"]),
        cries=tuple(table["cries"]),
    )


def bare(text: str) -> str:
    """Only the characters that are spoken: no marks, no spaces."""
    return _NOT_SAID.sub("", text)


def is_traditional(text: str) -> bool:
    """Whether it holds a Chinese character that is not among the 6,763 of GB 2312, the simplified ones in daily use."""
    return any("\u3400" <= character <= "\u9fff" and not character.encode("gb2312", "ignore") for character in text)


_NEVER_FIRST = "，。、；：！？!?,.;:‼…·- "
"""Marks with which nobody begins; the page shows what was heard, so it has to be a sentence."""
_NEVER_LAST = "，、；：,;:- "


def tidy(text: str) -> str:
    """Text without the spaces between Chinese characters and the broken characters that a recogniser leaves."""
    whole = _SPACE_BETWEEN_HAN.sub("", text.replace("\ufffd", ""))
    return whole.strip().lstrip(_NEVER_FIRST).rstrip(_NEVER_LAST)


def is_invented(text: str) -> bool:
    """Whether the text is a closing line of subtitles, which nobody says to this assistant."""
    said = bare(text)
    return any(line in said for line in guards().invented) or said in guards().invented_alone


def loop(text: str) -> str:
    """The phrase in which the recogniser seems stuck, said three times or more; empty for none, or for a cry."""
    said = bare(text)
    for found in _THRICE.finditer(said):
        many_enough = (len(found[1]) > 1 and len(set(found[1])) > 1) or len(found[0]) > MOST_OF_ONE_CHARACTER
        if many_enough and not _is_cry(found[0]):
            return found[1]
    raw = said.encode("utf-8")
    packed = len(said) > 20 and len(raw) / len(zlib.compress(raw)) > HIGHEST_COMPRESSION
    return said if packed and not _is_cry(said) else ""


def is_doubtful(text: str) -> bool:
    """Whether a second, slower look is worth it: a loop, or a long phrase said twice, as people and models both do."""
    return bool(loop(text) or _TWICE.search(bare(text)))


def _is_cry(text: str) -> bool:
    rest = text
    for cry in sorted(guards().cries, key=len, reverse=True):
        rest = rest.replace(cry, "")
    return len(rest) <= len(text) // 3


def is_too_much(text: str, seconds: float) -> bool:
    """Whether nobody could have said that many characters in the time there was speech."""
    return len(bare(text)) > 6 + LONGEST_RATE * seconds


def is_too_little(text: str, seconds: float) -> bool:
    """Whether words are missing: Whisper likes to write once what was said three times."""
    return seconds >= LONG_ENOUGH and len(bare(text)) < SLOWEST_RATE * seconds
