"""A mobile number that was told, as far as it is certain.

A recogniser of sentences has no ear for eleven digits in a row: it swallows one of two that are the same, and writes
有 for 幺. Made to write nothing but digits, as they are told and after the 幺 with which every mobile number begins, it
has the whole number first in 34 of 50 that were told with accents and noise, where the sentence as written has 15. What
a reading of the sentence has as well was right each time; what it has not is asked about.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LENGTH = 11
"""Digits of a mobile number."""
LEAST, MOST = 9, 13
"""Digits heard in a row that may be one: two swallowed, two too many."""
WRITTEN = 5
"""Of these so many are written as digits; the others only sound so."""
CAPITAL = "010"
"""The only area code with a 1 where a mobile number that is misheard (41920) may have it."""
SURE = -1.0
"""Natural logarithm of the probability from which the likeliest digits are a number that no reading writes: of 115
numbers 15 more are taken so, all of them rightly; at -1.5 three more, and three others wrongly."""
AGREED = 0.9
"""Share of what was heard that must agree on the head of a number."""
LEFT_OUT = 8
"""Digits of a hearing that may be the beginning of a number; shorter ones broke off."""
HEAD = 3
"""Digits after which people pause: so much of a number is taken where the rest is asked about."""
TOLD = "零幺一二三四五六七八九"
"""What a number is told in."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BEGINNING = re.compile(r"1[3-9]")
_SILENT = re.compile(r"[-—\s，,、。.]")
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
    """Where a mobile number was told; None for none, and for numbers of other kinds."""
    for run in map(_from_the_one, _runs(text)):
        digits = "".join(each.digit for each in run)
        written = sum(each.written for each in run)
        if LEAST <= len(digits) <= MOST and written >= WRITTEN and not digits.startswith(CAPITAL):
            return Told(run[0].place, run[-1].place + 1, digits[digits.index("1") :])
    return None


def certain(heard: Sequence[tuple[str, float]], written: Iterable[str]) -> str:
    """The number told, or as much of its beginning as is certain; empty where not even that is.

    `heard` is what the sound is if it can be nothing but digits, with the natural logarithm of its probability, the
    likeliest first; `written` is what the readings of the sentence have.
    """
    beside = [run for run in written if _BEGINNING.match(run)]
    likeliest = [(run, chance) for said, chance in heard if _BEGINNING.match(run := _as_digits(said))]
    number = next((run for run, _ in likeliest if _MOBILE.fullmatch(run)), "")
    if number and (number in beside or (likeliest[0][0] == number and likeliest[0][1] >= SURE)):
        return number
    return _agreed(likeliest, beside)


def _agreed(heard: Sequence[tuple[str, float]], written: Sequence[str]) -> str:
    """The head on which nearly all agree: what was heard by its probability, what was written beside it."""
    whole = [(run[:HEAD], math.exp((chance - heard[0][1]) / 2)) for run, chance in heard if len(run) >= LEFT_OUT]
    total = sum(weight for _, weight in whole)
    votes: defaultdict[str, float] = defaultdict(float)
    heads = [(run, weight / total) for run, weight in whole] + [
        (run[:HEAD], 1 / len(written)) for run in written if len(run) >= HEAD
    ]
    for head, share in heads:
        votes[head] += share
    best = max(votes, key=votes.__getitem__, default="")
    return best if best and votes[best] >= AGREED * sum(votes.values()) else ""


def _as_digits(said: str) -> str:
    """幺三八 in digits; empty where something else stands between them."""
    return "".join(_DIGITS[char] for char in said) if set(said) <= set(_DIGITS) else ""


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
