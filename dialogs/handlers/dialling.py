"""A telephone number as old people tell it: all at once or a few digits at a time, and put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dialogs import words
from dialogs.handlers.telephone import HEAD, LOCAL, MOBILE, is_too_long, is_whole
from dialogs.understanding.features import bare
from dialogs.understanding.numbers import DIGITS, UNITS, chinese_number
from dialogs.understanding.phones import CALLED, digit_sounds
from dialogs.understanding.sound import similarity, sounds

MOSTLY = 0.6
"""Share of digits from which what is said is part of a number, leaving aside 后面是 and the like."""
NEAR = 0.4
"""Similarity of a syllable to a digit's from which it may be that digit; the number is read back."""
BY_SOUND = 3
"""Digits that must be heard where other characters are written: fewer may be anything."""
LAST = 4
"""Digits of the last group of a mobile number."""
PLACES = ("tail", "middle", "head", "anew")

_FIRST = re.compile(r"1[3-9]\d")
_NUMERAL = re.compile(rf"[{''.join([*DIGITS, *UNITS])}]+")


@dataclass(frozen=True)
class Piece:
    """Digits that were told, and which part of the number they are."""

    digits: str
    """As digits; empty where what was said is no part of a number."""
    place: str
    """tail, middle, head or anew where that was said; empty for what comes next."""
    wrong: str = ""
    """The digits in whose place these are: 八 of 不是八，是九."""


def piece(text: str) -> Piece:
    """The digits in an answer to what the number is; an answer that is mostly something else has none."""
    cues = words.lists("handlers/dialling", "cues")
    place = next((each for each in PLACES if any(cue in text for cue in cues[each])), "")
    if any(cue in text for cue in cues["other"]):
        return Piece("", "")
    if swapped := re.search(cues["swap"][0], text):
        wrong, right = (_digits(each, cues["around"]) for each in swapped.groups())
        return Piece(right, place, wrong)
    return Piece(_digits(text, cues["around"]), place)


def _digits(text: str, around: Sequence[str]) -> str:
    said = bare(text)
    for word in sorted(around, key=len, reverse=True):
        said = said.replace(word, "")
    several = words.lists("handlers/dialling", "cues")["several"][0]
    said = re.sub(several, lambda found: found[2] * (chinese_number(found[1]) or 1), said)
    written = _written(said)
    if _all_written(said) or (is_whole(written) and len(written) > LOCAL):  # seven in a row may have gaps between
        return written
    heard = _heard(said)
    if len(heard) > MOBILE and is_whole(heard[1:]):  # 适 for 是, which sounds like 四
        heard = heard[1:]
    if _FIRST.match(written) and heard.endswith(written):  # 新 of 新号码是138 is no 三: mobile numbers begin with a 1
        return written
    if is_whole(written) and is_too_long(heard):  # 标三八幺三四五留七八: eight of a mobile number's, with gaps
        return ""
    return written if written and is_too_long(heard) else max(written, heard, key=len)


def _all_written(said: str) -> bool:
    return bool(said) and all(char in DIGITS or char in UNITS or char in CALLED for char in said)


def _written(said: str) -> str:
    """Digits as written: 幺三九, 139, 三个八, 一百三十八 for the first group."""
    spelt = _NUMERAL.sub(_numeral, said)
    digits = [char if char.isdecimal() else CALLED.get(char, "") for char in spelt]
    return "".join(digits) if spelt and sum(map(bool, digits)) / len(spelt) >= MOSTLY else ""


def _numeral(found: re.Match[str]) -> str:
    value = chinese_number(found[0]) if any(char in UNITS for char in found[0]) else None
    return found[0] if value is None else str(value)


def _heard(said: str) -> str:
    """Digits as they sound, where something else was written; between them a syllable is the digit nearest to it."""
    heard = sounds(said).syllables
    sure = [digit_sounds().get(each, "") for each in heard]
    known = sum(map(bool, sure))
    if known < BY_SOUND or known / len(heard) <= MOSTLY:
        return ""
    return "".join(digit or _nearest(each) for digit, each in zip(sure, heard, strict=True))


@cache
def _nearest(syllable: str) -> str:
    near = max(digit_sounds(), key=lambda each: similarity([syllable], [each]))
    return digit_sounds()[near] if similarity([syllable], [near]) >= NEAR else ""


def put_together(known: str, told: Piece) -> str:
    """The number after a piece more, or with the piece in place of the part that was named."""
    digits = told.digits
    if not known or not digits:
        return digits or known
    if told.wrong and told.wrong in known:
        before, _, after = known.rpartition(told.wrong)
        return before + digits + after
    if told.place == "anew" and is_whole(digits):
        return digits
    if not is_whole(known) and is_whole(known + digits):
        return known + digits
    if _begun(known, told):
        return known[:HEAD] + digits
    if _begins_anew(known, told):
        return digits
    return _in_place(known, told) or known + digits


def _in_place(known: str, told: Piece) -> str:
    """The number with other digits in one part of it; empty where the piece is no such part."""
    digits = told.digits
    if is_whole(known) and len(digits) == 1 and not told.place:  # 四的 is 是的, misheard, sooner than a digit
        return known
    if told.place == "tail" and (is_whole(known) or len(known) >= MOBILE):
        return known[: -len(digits)] + digits
    if told.place == "head":
        return digits + known[len(digits) :]
    if told.place == "middle" and len(known) > HEAD:
        return known[:HEAD] + digits + known[HEAD + len(digits) :]
    if is_whole(known) and not is_whole(known + digits):
        return known[: -len(digits)] + digits
    return ""


def _begun(known: str, told: Piece) -> bool:
    """Whether all after 幺三八 is told once more, which by itself would be a number of the town."""
    mobile = known.startswith("1") and not is_whole(known) and len(known) > HEAD
    return mobile and told.place != "anew" and len(told.digits) == LOCAL and is_whole(told.digits)


def _begins_anew(known: str, told: Piece) -> bool:
    """Whether the number is told once more from its beginning."""
    digits = told.digits
    first_again = is_whole(known) and not told.place and _FIRST.match(digits) is not None and len(digits) != LAST
    return is_whole(digits) or first_again or (len(known) >= HEAD and digits.startswith(known))
