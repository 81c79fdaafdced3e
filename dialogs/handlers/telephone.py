"""What a telephone number looks like: how many digits it has, what is still missing, how it is read back."""

from __future__ import annotations

import re

from dialogs.understanding.phones import CALLED

MOBILE, HEAD = 11, 3
"""Digits of a mobile number, and of its first group."""
LANDLINE, LOCAL = 12, 8
"""Digits that a number with an area code has at most, and one without."""

_WHOLE = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}|[2-8]\d{6,7}")


def is_whole(digits: str) -> bool:
    """Whether this is a telephone number."""
    return _WHOLE.fullmatch(digits) is not None


def is_part(digits: str, text: str) -> bool:
    """Whether a short number is only a part of what was told: of 痨三八幺二三四五尿七八 seven digits in a row."""
    written = sum(char.isdecimal() or char in CALLED for char in text)
    return len(digits) <= LOCAL and written > len(digits)


def is_too_long(digits: str) -> bool:
    """Whether no number begins like this and has so many digits."""
    most = MOBILE if digits.startswith("1") else LANDLINE if digits.startswith("0") else LOCAL
    return len(digits) > most or (len(digits) == most and not is_whole(digits))


def missing(digits: str) -> int:
    """How many digits a mobile number still wants; 0 where it cannot be told."""
    return max(0, MOBILE - len(digits)) if digits.startswith("1") else 0


def grouped(digits: str) -> str:
    """As it is read back: 139 1234 5678, 0510 8234 5678; what is no such number as it stands."""
    if digits.startswith("1"):
        cuts = (HEAD, HEAD + 4)
    elif digits.startswith("0"):
        area = 3 if digits[:2] in ("01", "02") else 4
        cuts = (area, area + 4)
    else:
        cuts = (4, 8)
    parts = (digits[: cuts[0]], digits[cuts[0] : cuts[1]], digits[cuts[1] :])
    return " ".join(part for part in parts if part)
