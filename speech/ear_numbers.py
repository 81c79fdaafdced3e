"""Numbers as they are said: counted, or digit by digit."""

from __future__ import annotations

import re

import cn2an

from speech.ear_tables import TABLES

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""A number in text: thousands may be parted by commas."""
MEASURE = rf"(?!{'|'.join(TABLES.not_counted)})(?:[{TABLES.counted}]|{'|'.join(TABLES.counted_words)})"
"""What is counted with 两 instead of 二."""
_DIGITS = "零一二三四五六七八九"
_LONGEST = 16
"""Digits of the longest number that is said as a whole (cn2an's limit); longer ones are read out."""
_COUNTED = re.compile(MEASURE)


def digits(text: str, one: str = "一") -> str:
    """Each digit by itself; `one` is 幺 in telephone and room numbers, 一 in years and names."""
    return "".join(one if digit == "1" else _DIGITS[int(digit)] for digit in text)


def whole(text: str) -> str:
    """An integer without sign, counted; 零零七 for one that starts with zeros."""
    if (len(text) > 1 and text[0] == "0") or len(text) > _LONGEST:
        return digits(text)
    said: str = cn2an.an2cn(text)
    # 两千, 两万, 两百, 两亿 at the head; cn2an writes the 二 of a cheque.
    return "两" + said[1:] if said[0] == "二" and said[1:2] in "百千万亿" and len(said) > 1 else said


def number(text: str, following: str = "") -> str:
    """A number as in NUMBER; `following` is the text behind it, which decides between 二 and 两."""
    integer, _, decimals = text.replace(",", "").partition(".")
    if decimals:
        return f"{counted(integer)}点{digits(decimals)}"
    if integer == "2" and _COUNTED.match(following):
        return "两"
    return whole(integer)


def counted(integer: str) -> str:
    """An integer whose leading zeros mean nothing, as in 09月 or 00.5."""
    return whole(integer.lstrip("0") or "0")


def grouped(text: str) -> str:
    """A telephone or long number, digit by digit with pauses: a mobile's 3-4-4, six as 3-3, else fours."""
    first = 3 if len(text) in (6, 11) else 4
    size = 3 if len(text) == 6 else 4
    groups = [text[:first], *(text[at : at + size] for at in range(first, len(text), size))]
    if len(groups) > 1 and len(groups[-1]) == 1:  # a digit left over stays with its neighbours
        groups[-2:] = ["".join(groups[-2:])]
    return "，".join(digits(group, "幺") for group in groups if group)
