"""Fractions, sums, ranges, measures and every other number for the ear."""

from __future__ import annotations

import re

from speech.ear_numbers import MEASURE, NUMBER, counted, number, whole
from speech.ear_rules import Rule, behind, rule
from speech.ear_tables import TABLES, UNITS
from speech.ear_times import TO, ratio


@rule(r"(?<![\d./])(\d{1,3})/(\d{1,3})(?![\d./])")
def fraction(match: re.Match[str]) -> str:
    """2/3: 三分之二; 24/7 is no fraction."""
    above, below = int(match[1]), int(match[2])
    if above < below and below > 1:
        return f"{number(str(below))}分之{number(str(above))}"
    return f"{number(match[1])}，{number(match[2])}"


@rule(rf"(?<![\d.,])({NUMBER})\s*[×xX*]\s*(?={NUMBER})")
def times(match: re.Match[str]) -> str:
    """3×5."""
    return f"{number(match[1])}乘"


@rule(rf"(?<![\d.,])({NUMBER})-(?={NUMBER}\s*=)")
def minus(match: re.Match[str]) -> str:
    """5-3=2."""
    return f"{number(match[1])}减"


@rule(rf"((?:^|(?<=[\s，。；：（(为是温约达到至于])))-({NUMBER})(?=(\s*{TO}\s*{NUMBER})?\s*(℃|°C|度)?)")
def negative(match: re.Match[str]) -> str:
    """-3, -3℃."""
    return f"{'零下' if match[4] else '负'}{match[2]}"


@rule(rf"(?<![\d.,])({NUMBER})\s*({UNITS})?\s*({TO})\s*(?=(?:零下|负)?({NUMBER})(.{{0,4}}))")
def span(match: re.Match[str]) -> str:
    """3-5年: the 2 of 2-3天 is 两, because days are counted."""
    unit = TABLES.units[match[2]] if match[2] else ""
    to = match[3] if match[3] in "至到" else "到"
    return f"{number(match[1], unit or _unit(match[5]))}{unit}{to}"


@rule(rf"(?<![\d.,])([1-9])、([1-9])(?={MEASURE})")
def about(match: re.Match[str]) -> str:
    """3、4个: 三四个."""
    if int(match[2]) - int(match[1]) != 1:
        return match[0]
    return f"{number(match[1], behind(match))}{whole(match[2])}"


@rule(rf"(?<![\d.,])({NUMBER})\s*({UNITS})(?![A-Za-z])")
def measured(match: re.Match[str]) -> str:
    """80m², 2km."""
    unit = TABLES.units[match[2]]
    return number(match[1], unit) + unit


@rule(r"(?<![\d.])\d+(?:\.\d+){2,}")
def version(match: re.Match[str]) -> str:
    """3.2.1."""
    return "点".join(counted(part) for part in match[0].split("."))


@rule(r"第\s*(\d+)")
def ordinal(match: re.Match[str]) -> str:
    """第2: 第二, never 第两."""
    said = whole(match[1])
    return "第" + ("二" + said[1:] if said[0] == "两" else said)


@rule(r"(?<=\d)\+(?![\dA-Za-z])")
def upwards(match: re.Match[str]) -> str:
    """60+."""
    del match
    return "以上"


@rule(NUMBER)
def plain(match: re.Match[str]) -> str:
    """Any number that is left."""
    return number(match[0], behind(match))


@rule(r"(?<=[元次个度克升米里瓦人])/(?=[人月年周天日次户场分]|小时|平方)")
def each(match: re.Match[str]) -> str:
    """元/月."""
    del match
    return "每"


RULES: tuple[Rule, ...] = (
    fraction, times, minus, negative, span, about, measured, version, ordinal, upwards, ratio, plain, each,
)  # fmt: skip
"""In the order in which they are applied; every digit is gone after them."""


def _unit(text: str) -> str:
    """The unit that stands behind the second number of a range, as it is said."""
    written = re.match(UNITS, text)
    return TABLES.units[written[0]] if written else text
