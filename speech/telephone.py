"""A mobile number that was told, and the numbers it may have been.

A recogniser of sentences has no ear for eleven digits in a row: it swallows one of two that are the same, and writes
有 for 幺. Made to write nothing but digits it comes nearer; asked how likely the sound is to be each of those numbers,
told digit by digit, it finds 25 of 36 numbers spoken with accents and noise, where the sentence as written has 15.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LENGTH = 11
"""Digits of a mobile number."""
LEAST, MOST = 9, 13
"""Digits heard in a row that may be one: two swallowed, two too many."""
WRITTEN = 5
"""Of these so many are written as digits; the others only sound so."""
MISHEARD = 2
"""Digits of a whole number that may only sound so: 186872有3232 needs no second look."""
MENDED = 3
"""Runs of a digit too few or too many, the likeliest, that are mended in every place."""
WEIGHED = 24
"""Numbers that are weighed against one another."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SILENT = re.compile(r"[-—\s，,、。.]")
_TOLD = str.maketrans("0123456789", "零幺二三四五六七八九")
_DIGITS = {**{char: str(n) for n, char in enumerate("零一二三四五六七八九")}, "幺": "1", "〇": "0"}


@dataclass(frozen=True)
class Told:
    """A stretch of a sentence in which a mobile number was told."""

    begin: int
    """First character."""
    finish: int
    """Character after the last."""
    digits: str
    """As it stands there: some may be missing or wrong."""


def told(text: str) -> Told | None:
    """Where a mobile number was told and is not written whole; None for none, and for numbers of other kinds."""
    for run in map(_from_the_one, _runs(text)):
        digits = "".join(each.digit for each in run)
        sounding = sum(not each.written for each in run)
        whole = sounding <= MISHEARD and _MOBILE.fullmatch(digits)
        if LEAST <= len(digits) <= MOST and len(digits) - sounding >= WRITTEN and not whole:
            return Told(run[0].place, run[-1].place + 1, digits[digits.index("1") :])
    return None


def mobiles(heard: Iterable[str]) -> list[str]:
    """The mobile numbers that runs of digits may stand for, likeliest first: as heard, then with one more or less."""
    runs = list(dict.fromkeys(heard))
    near = [run for run in runs if len(run) in (LENGTH - 1, LENGTH + 1)][:MENDED]
    found = dict.fromkeys([*runs, *(number for run in near for number in _mended(run))])
    return [number for number in found if _MOBILE.fullmatch(number)][:WEIGHED]


def spelt(number: str) -> str:
    """Digit by digit, as people tell it: 幺三八."""
    return number.translate(_TOLD)


def _mended(run: str) -> Iterator[str]:
    """A digit fewer, or one of them twice: two of the same are told as one."""
    if len(run) > LENGTH:
        yield from (run[:at] + run[at + 1 :] for at in range(len(run)))
    else:
        yield "1" + run
        yield from (run[:at] + run[at] + run[at:] for at in range(len(run)))


@dataclass(frozen=True)
class _Digit:
    place: int
    """Where in the text."""
    digit: str
    """Which."""
    written: bool
    """False for a word that only sounds so."""


def _from_the_one(run: list[_Digit]) -> list[_Digit]:
    """The run without words before its 1 that only sound like a digit (手机是); empty for what is no mobile number."""
    begin = next((at for at, each in enumerate(run) if each.written or each.digit == "1"), len(run))
    return run[begin:] if any(each.digit == "1" for each in run[begin : begin + 2]) else []


def _runs(text: str) -> Iterator[list[_Digit]]:
    """Runs of characters that are digits or sound so."""
    run: list[_Digit] = []
    for place, char in enumerate(text):
        written = char if char.isdecimal() and char.isascii() else _DIGITS.get(char)
        if digit := written or _sounding(char):
            run.append(_Digit(place, digit, bool(written)))
        elif run and not _SILENT.match(char):
            yield run
            run = []
    yield run


def _sounding(char: str) -> str | None:
    from pypinyin import Style, lazy_pinyin

    return _sounds().get(lazy_pinyin(char, style=Style.NORMAL)[0]) if char >= "\u3400" else None


@cache
def _sounds() -> dict[str, str]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {syllable: digit for digit, syllables in table.items() for syllable in syllables.split()}
