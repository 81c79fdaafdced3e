"""Parts of the day: how long each lasts, and what people call it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dialogs.understanding.times.digits import SMALL

Sun = Literal["night", "morning", "noon", "afternoon", "evening"]


@dataclass(frozen=True)
class Part:
    """A part of the day that was named."""

    name: str
    """凌晨, 早上, 上午, 中午, 下午, 傍晚, 晚上: the usual word for it."""
    finish: int
    """Where the word ends in the text."""


@dataclass(frozen=True)
class Hours:
    """From when to when a part of the day lasts, and how a bare hour in it is read."""

    start: int
    """Minutes after midnight."""
    end: int
    """Minutes after midnight."""
    sun: Sun
    """How 三点 in it is read: 下午三点 is 15:00."""


PARTS = {
    "凌晨": Hours(0, 5 * 60, "night"),
    "早上": Hours(6 * 60, 9 * 60, "morning"),
    "上午": Hours(8 * 60, 12 * 60, "morning"),
    "中午": Hours(11 * 60 + 30, 13 * 60 + 30, "noon"),
    "下午": Hours(13 * 60, 18 * 60, "afternoon"),
    "傍晚": Hours(17 * 60, 19 * 60, "afternoon"),
    "晚上": Hours(18 * 60, 22 * 60, "evening"),
}
"""The conventions of the reference list of spoken times."""

WORDS = {
    "凌晨": "凌晨|后半夜|下半夜|拂晓|黎明|天不亮|天没亮|天蒙蒙亮|天麻麻亮|天擦亮|蒙蒙亮|麻麻亮",
    "早上": "大?清早上?|一大?清?早上?|早上|早晨|清晨|早起(?!来)|早间|大早上?|早浪向?|早半天|一早起",
    "上午": "上午头?|半晌午|上半日|上半天|[前上]半晌|前晌|头晌午?|头午|上昼|午前|早半晌|前半天",
    "中午": "晌午饭(?:那|时|前后|的时候|口)|大?中午头?|正?晌午头?(?!错|后|过(?!来|去|生|不|得|年|节|日))"
    "|正午|晌饭|午间|日中",
    "下午": "下午头?|[后下]半?晌午?|下半日|下半天|下晌|过晌(?!午)|过晌午(?!饭)|午后|后半天|下昼"
    "|晌午(?:错|后|过(?!来|去|生|不|得|年|节|日))"
    "|(?:吃|用|睡)(?:过|完|了|罢)(?:中|午|晌午)(?:饭|觉)[以之]?后?(?=[，, ]?[一二三四五六七八九十两0-9]+[点:])",
    "傍晚": "天?擦黑|傍晚|黄昏|傍黑|天黑前|晚半天|晚半晌|后晌黑",
    "晚上": "大?晚上头?|夜里头?|夜间|晚间|夜晚|半夜三更|大?半夜里?|黑夜里?|深夜|下晚|晚夕|夜头"
    "|晚黑|晚头|黑了|黑下|下黑儿?|夜到|夜快"
    "|夜里向|前半夜|上半夜"
    "|黑天"
    "|(?:晚饭[以之]?[前后]|(?:吃|用)(?:过|完|了|罢)(?:晚|夜)饭[以之]?后?)(?=[，, ]?[一二三四五六七八九十两0-9]+[点:])",
}
"""What people say for each part, dialects included."""
_PARTS = [(re.compile(f"(?:{words})(?![好饭茶觉])"), name) for name, words in WORDS.items()]
_A_LITTLE = r"(?!(?<![今明昨前].)一点(?![半钟零过一二三四五]))"
"""今天晚一点 is no hour, 今晚一点 is one."""
_SHORT = re.compile(
    rf"(?<=[今明昨后那当天日号儿个一二三四五六])(?:([早晨])(?![饭点操市就已在期知年])|([晚夜])(?![会饭辈年期点些霞景校])){_A_LITTLE}"
)
_EARLY = re.compile(rf"([早晚夜]){_A_LITTLE}(?=(?:{SMALL})点)")


def read_part(text: str, at: int) -> Part | None:
    """The part of the day named at a place."""
    found: Part | None = None
    for pattern, name in _PARTS:
        match = pattern.match(text, at)
        if match and (found is None or match.end() > found.finish):
            found = Part(name, match.end())
    if found is not None:
        return found
    short = _SHORT.match(text, at) or _EARLY.match(text, at)
    if short is None:
        return None
    return Part("早上" if short.group()[0] in "早晨" else "晚上", short.end())
