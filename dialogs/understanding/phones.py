"""Telephone numbers as people say them and as recognisers write them: 幺三八 becomes 要三八, 有38, 邀身八."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dialogs.understanding.numbers import number_words
from dialogs.understanding.sound import sounds

CALLED = {
    **{char: str(value) for value, char in enumerate("零一二三四五六七八九")},
    **{char: str(value) for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{"〇": "0", "○": "0", "洞": "0", "幺": "1", "两": "2", "拐": "7", "勾": "9"},
}
"""How digits are called in telephone numbers."""
LENGTH = 11
"""Digits of a mobile number."""
MOST_MISHEARD = 0.6
"""Share of a mobile number's digits that may be written as words of their sound."""

_SEPARATOR = "[-— ，,、嗯杠转]{0,2}"
_RUN = re.compile(rf"[0-9{''.join(CALLED)}](?:{_SEPARATOR}[0-9{''.join(CALLED)}]){{6,}}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILES = re.compile(r"(?:(?:0|(?:00)?86)?1[3-9][0-9]{9})+")
"""One or several, with what is dialled before them."""
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_SILENT = re.compile(r"[-—\s，,、。.嗯杠转]")


def find_phone(text: str) -> str | None:
    """The telephone number said, as digits: a mobile, or a landline with or without its area code.

    Of several the last one, for people correct themselves. Where none is written a mobile is looked for in the sound
    (要 is 幺). A digit too many or too few is no number: better asked again than a stranger called.
    """
    return _written(text) or _by_sound(text)


def _written(text: str) -> str | None:
    """The last number that is written in digits."""
    numbers = []
    for run in _RUN.finditer(text):
        digits = "".join(CALLED.get(char, char) for char in run.group() if char in CALLED or char.isdigit())
        if _MOBILES.fullmatch(digits):
            numbers.append(digits[-LENGTH:])
        elif _LANDLINE.fullmatch(digits) or (_LOCAL.fullmatch(digits) and not _goes_on(text, *run.span())):
            numbers.append(digits)
    return numbers[-1] if numbers else None


def _goes_on(text: str, begin: int, finish: int) -> bool:
    """Whether more digits seem to stand around a number, written as words of their sound: 有88503085."""
    around = (*sounds(text[max(0, begin - 1) : begin]).syllables, *sounds(text[finish : finish + 1]).syllables)
    return any(syllable in number_words()["around"]["any"].split() for syllable in around)


def _by_sound(text: str) -> str | None:
    """A mobile number some of whose digits are written as other words of their sound; all that are written belong."""
    for digits, written in _runs(text):
        for begin in range(len(digits) - LENGTH + 1):
            inside = slice(begin, begin + LENGTH)
            whole = "".join(digits[inside])
            misheard = LENGTH - sum(written[inside])
            if _MOBILE.fullmatch(whole) and misheard <= MOST_MISHEARD * LENGTH and sum(written) == LENGTH - misheard:
                return whole
    return None


def _runs(text: str) -> Iterator[tuple[list[str], list[bool]]]:
    """Stretches that sound like digits, each digit with whether it is written as one."""
    heard = sounds(text)
    syllable = dict(zip(heard.places, heard.syllables, strict=True))
    digits: list[str] = []
    written: list[bool] = []
    for place, char in enumerate(text):
        digit = char if char in "0123456789" else CALLED.get(char) or digit_sounds().get(syllable.get(place, ""))
        if digit:
            digits.append(digit)
            written.append(char in CALLED or char.isdigit())
        elif not _SILENT.match(char):
            yield digits, written
            digits, written = [], []
    yield digits, written


@cache
def digit_sounds() -> dict[str, str]:
    """Syllable -> the digit that it may be."""
    return {syllable: digit for digit, syllables in number_words()["digits"].items() for syllable in syllables.split()}
