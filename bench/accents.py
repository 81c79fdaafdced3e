"""Regional accents for synthetic speakers: which sounds a region says for others, on toned pinyin.

After what the dialect surveys say of learners' Mandarin in the five localities; no claim to how one person speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pypinyin.contrib.tone_convert import to_initials

_SYLLABLE = re.compile(r"([a-zü]+)([1-5]?)")
_FLAT = {"zh": "z", "ch": "c", "sh": "s"}
_LOST_F = {"u": "u", "a": "ua", "an": "uan", "ang": "uang", "ei": "ui", "en": "un", "eng": "ong", "o": "uo"}
"""What follows h where f is said as h: 发 fa -> hua."""


@dataclass(frozen=True)
class Habit:
    """How a region speaks."""

    initials: Mapping[str, str] = field(default_factory=dict)
    """What is said for an initial."""
    finals: Mapping[str, str] = field(default_factory=dict)
    """What is said for a final."""


HABITS: Mapping[str, Habit] = {
    "standard": Habit(),
    "fuzhou": Habit({"f": "h", "n": "l", "r": "l", **_FLAT}, {"ing": "in", "eng": "en"}),
    "wuxi": Habit(_FLAT, {"ing": "in", "eng": "en", "uang": "ang"}),
    "lishui": Habit({"r": "l", **_FLAT}, {"ing": "in", "eng": "en", "uan": "uang"}),
    "weifang": Habit({"r": "l", "z": "zh", "c": "ch", "s": "sh"}),
    "gansu": Habit({"n": "l"}, {"en": "eng", "in": "ing", "un": "ong"}),
}


def spoken(syllable: str, region: str) -> str:
    """A toned syllable (zhang1) as that region says it; the same where it has no rule for it."""
    found = _SYLLABLE.fullmatch(syllable)
    habit = HABITS[region]
    if found is None:
        return syllable
    body, tone = found.groups()
    begin = to_initials(body, strict=False)
    final = body[len(begin) :]
    said = habit.initials.get(begin, begin)
    if (begin, said) == ("f", "h"):
        final = _LOST_F.get(final, final)
    if (begin, said, final) == ("r", "l", "i"):
        said = "y"
    if (said, final) == ("sh", "ong"):
        said = "s"  # no such syllable
    if (begin, said) == ("n", "l") and final == "en":
        final = "eng"
    return said + habit.finals.get(final, final) + tone
