"""A mobile number told as a whole, perhaps more than once: what fits all the hearings together best is the number.

A bad line spoils two or three digits of eleven, seldom the same ones twice: one telling fills the gaps of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dialogs import words
from dialogs.understanding.features import bare
from dialogs.understanding.phones import CALLED, digit_sounds
from dialogs.understanding.sound import similarity, sounds

LENGTH = 11
"""Digits of a mobile number."""
SURE = 7
"""Digits that must be heard as such before eleven syllables are a number."""
FEW = 6
"""Syllables from which what is mostly digits can be nothing else than a number."""
NEAR = 0.38
"""Similarity of a syllable to a digit's from which it speaks for that digit, by half of its likeness."""
LATER = 1.1
"""Weight of the last hearing beside each one before: who puts a number right says it with care."""
PIECE = 0.5
"""Weight of a digit that is known from before."""
SECOND = "3456789"
"""What a mobile number goes on with after its 1."""

_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")
_SIGN = re.compile(r"[-—]")
Votes = Sequence[Mapping[str, float]]


def hearing(text: str) -> str:
    """The eleven syllables of a mobile number at the end of one of the clauses, with blanks between; empty for none.

    Where a digit is written before them it is a number with one too many.
    """
    for clause in reversed(_CLAUSE.findall(_SIGN.sub("", text))):
        heard = sounds(_without_lead(clause))
        told = heard.syllables[-LENGTH:]
        if len(told) < LENGTH or sum(each in digit_sounds() for each in told) < SURE:
            continue
        before = heard.text[: heard.places[-LENGTH]][-1:]
        return "" if before in CALLED or before.isdigit() else " ".join(told)
    return ""


def _without_lead(clause: str) -> str:
    """零五一八八二六六 of 后面是零五一八八二六六: 是 sounds like a digit, and a lead is none."""
    leads = words.lists("handlers/dialling", "cues")["around"]
    while lead := next((each for each in leads if clause.startswith(each)), ""):
        clause = clause.removeprefix(lead)
    return clause


def mostly_digits(text: str) -> bool:
    """Whether it is a number with gaps that nobody can fill, and nothing else: 幺三住零舞问千百六二."""
    heard = sounds(bare(text)).syllables
    return len(heard) >= FEW and sum(each in digit_sounds() for each in heard) * 2 > len(heard)


def likeliest(hearings: Sequence[str], but_not: str = "", known: str = "") -> str:
    """The number that fits all hearings best, the last one a little more; empty where a digit was in none of them.

    `known` is what was read back, or told in pieces before: it speaks a little for each of its digits. `but_not` is
    what was denied: then the digit that stands weakest is another.
    """
    votes = _votes(hearings)
    if len(known) == LENGTH:
        votes = [{**each, digit: each.get(digit, 0.0) + PIECE} for each, digit in zip(votes, known, strict=True)]
    if not votes or not all(votes):
        return ""
    ranked = [sorted(each, key=each.__getitem__, reverse=True) for each in votes]
    number = "".join(each[0] for each in ranked)
    if number != but_not:
        return number
    doubtful = [at for at, each in enumerate(ranked) if len(each) > 1]
    if not doubtful:
        return ""
    weakest = min(doubtful, key=lambda at: votes[at][ranked[at][0]] - votes[at][ranked[at][1]])
    return number[:weakest] + ranked[weakest][1] + number[weakest + 1 :]


def _votes(hearings: Sequence[str]) -> Votes:
    """For each place how much speaks for which digit; the first is 1 in any mobile number."""
    votes: list[dict[str, float]] = [{} for _ in range(LENGTH)]
    for number, told in enumerate(hearings):
        weight = LATER if number == len(hearings) - 1 else 1.0
        for at, syllable in enumerate(told.split()):
            for digit, likeness in _digits(syllable).items():
                if at != 1 or digit in SECOND:
                    votes[at][digit] = votes[at].get(digit, 0.0) + weight * likeness
    if hearings:
        votes[0] = {"1": 1.0}
    return votes


@cache
def _digits(syllable: str) -> Mapping[str, float]:
    """Digit -> how much this syllable speaks for it."""
    sure = digit_sounds().get(syllable)
    if sure is not None:
        return {sure: 1.0}
    near: dict[str, float] = {}
    for sound, digit in digit_sounds().items():
        likeness = similarity([syllable], [sound])
        if likeness >= NEAR:
            near[digit] = max(near.get(digit, 0.0), likeness / 2)
    return near
