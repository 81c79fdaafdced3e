"""Numbers as people say them: 一百二 is 120, 一万二 is 12,000, 二〇二六 a year."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{"〇": 0, "○": 0, "幺": 1, "两": 2, "俩": 2, "仨": 3},
    **{char: value for value, char in enumerate("0123456789")},
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SHORT = str.maketrans({"廿": "二十", "卅": "三十"})

VAGUE_PAIRS = frozenset(("一两", "一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"))
"""Two digits in a row that name neither: 二三百."""

ONES = "零一二两三四五六七八九0-9"
SPOKEN = "零〇一二两三四五六七八九十百千万廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
"""Characters of a single digit, and of a number in words, for patterns."""
TAKEN_BACK = re.compile(r"不对|错了|说错|记错|不是|搞错|哦不")
"""After this what was said before counts no longer: 三十，不对，四十."""

_NUMBER = re.compile(rf"[{''.join(DIGITS)}{''.join(UNITS)}万]+")
_RUN_ON = re.compile("[一二两三四五六七八九]{2}[十百千万]")
"""Two digits before a unit: 二三百 names no number, and 四一百二 is 是一百二, misheard."""


@cache
def number_words() -> dict[str, dict[str, str]]:
    """The words of numbers.toml, read once."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def chinese_number(text: str) -> int | None:
    """The whole number that `text` is (一百零二, 一千二, 二〇二六, 3万5, 廿四); None where it is none.

    A last digit without its unit takes the next lower one, as people say it: 一百二 is 120, 一万二 is 12,000.
    """
    text = text.strip().translate(SHORT)
    if not _NUMBER.fullmatch(text) or _RUN_ON.search(text):
        return None
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    head, ten_thousand, tail = text.rpartition("万")
    if not ten_thousand:
        return _below_ten_thousand(tail)
    high = chinese_number(head)
    if high is None or high >= 10_000:
        return None
    if not tail:
        return high * 10_000
    if len(tail) == 1 and tail in DIGITS:
        return high * 10_000 + DIGITS[tail] * 1000
    low = chinese_number(tail)
    return None if low is None or low >= 10_000 else high * 10_000 + low


def _below_ten_thousand(text: str) -> int | None:
    """Reads digits each with its unit, in falling order; None for anything else."""
    total, unit, digits, zero = 0, 10_000, "", False
    for char in text:
        if char in UNITS:
            if UNITS[char] >= unit or (digits == "" and char not in "十拾"):
                return None
            unit = UNITS[char]
            total += int(digits or 1) * unit
            digits, zero = "", False
        else:
            zero = zero or (digits == "" and DIGITS[char] == 0)
            digits = str(int(digits + str(DIGITS[char])))
    if digits and len(digits) == 1 and not zero and unit > 10:
        return total + int(digits) * unit // 10
    return total + int(digits or 0)
