"""Lengths of time: 三天, 两个半小时, 一年零三个月."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understanding.times.digits import COUNT, value

_ONE = (
    rf"(?P<count>{COUNT}(?!(?<=[0-9]{{4}})年)|半|俩|仨|大半)(?P<more>来|多)?(?P<piece>个)?(?P<half>半)?"
    r"(?P<unit>天|日(?=[后前内]|[以之][后前内])|周(?!年|[一二三四五六日末岁])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|月|季度|年"
    r"|小时|钟头|刻钟|分钟|钟(?=[以之后前]|$)|分(?=[后以]))(?P<and>半(?!天))?"
)
_LENGTH = re.compile(_ONE)
_MINUTES = {"小时": 60, "钟头": 60, "钟": 60, "刻钟": 15, "分钟": 1, "分": 1}
DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
MONTHS = {"月": 1, "季度": 3, "年": 12}
"""Days or months of each unit."""


@dataclass(frozen=True)
class Length:
    """A length of time."""

    months: int
    """Whole months."""
    days: int
    """Whole days."""
    minutes: int
    """Minutes."""
    vague: bool
    """Whether it is only about so long (两天 after 过, 三年多, 半天)."""
    finish: int
    """Where it ends in the text."""


def read_length(text: str, at: int) -> Length | None:
    """The length of time said at a place; up to two parts (一个小时二十分钟, 一年零三个月)."""
    first = _read_one(text, at)
    if first is None:
        return None
    joint = first.finish + (1 if text[first.finish : first.finish + 1] in ("零", "又") else 0)
    second = _read_one(text, joint)
    if second is None or _size(second) >= _size(first):
        return first
    return Length(
        first.months + second.months,
        first.days + second.days,
        first.minutes + second.minutes,
        first.vague or second.vague,
        second.finish,
    )


def _size(length: Length) -> int:
    return length.months * 43_200 + length.days * 1440 + length.minutes


def _read_one(text: str, at: int) -> Length | None:
    match = _LENGTH.match(text, at)
    if match is None:
        return None
    unit, said = match["unit"], match["count"]
    if unit == "月" and not (match["piece"] or said in ("半", "俩", "仨")):
        return None
    halves = _halves(said, bool(match["half"] or match["and"]))
    vague = (
        bool(match["more"])
        or said == "大半"
        or (said == "半" and unit == "天")
        or (unit == "钟" and not match["piece"])
    )
    if unit in _MINUTES:
        return Length(0, 0, halves * _MINUTES[unit] // 2, vague, match.end())
    if unit in DAYS:
        days, rest = divmod(halves * DAYS[unit], 2)
        return Length(0, days, 0, vague or bool(rest), match.end())  # 两天半 ends on no certain day
    if unit == "月":  # 半个月 is fifteen days
        return Length(halves // 2, 15 * (halves % 2), 0, vague, match.end())
    return Length(halves * MONTHS[unit] // 2, 0, 0, vague, match.end())


def _halves(said: str, and_a_half: bool) -> int:
    if said in ("半", "大半"):
        return 1
    return 2 * value(said) + and_a_half
