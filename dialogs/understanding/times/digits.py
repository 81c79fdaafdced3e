"""Numbers as the grammar of times reads them: pieces of regular expressions and their values."""

from __future__ import annotations

from dialogs.understanding.numbers import chinese_number

NUMERALS = "零〇一二两三四五六七八九十百千万廿卅幺0123456789"
"""Characters that can be part of a number."""

SMALL = (
    r"(?>[一二三四五六七八九]?十(?:[一二三四五六七八九]|[1-9](?![0-9]))?|廿[一二三四五六七八九]?|卅一?"
    r"|零?[一二两三四五六七八九]|[0-9]{1,2}(?![0-9]))"
)
"""A number from 1 to 99, said or in digits; whole (no 二十 of 二十六)."""

COUNT = (
    r"(?>[1-9][0-9]{0,3}|[一二两三四五六七八九]百(?:[零一二三四五六七八九十]{0,4})"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九](?![一二两三四五六七八九])|廿|卅)"
)
"""How many: 三, 十二, 一百二十, 45."""

DIGIT = "[一二三四五六七八九1-9]"


def value(said: str) -> int:
    """The value of a number that one of the expressions above matched."""
    found = chinese_number(said)
    if found is None:
        raise ValueError(f"not a number: {said!r}")
    return int(found)
