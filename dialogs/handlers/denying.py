"""不对，是星期五: what is denied and what is right, also where the recogniser wrote words that only sound like it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import words
from dialogs.understanding.features import bare, without_hesitation
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.sound import similarity, syllables

SOUNDS_LIKE = 0.8
"""Similarity from which a syllable is taken for the one that names the right thing."""
CONTENT = 2
"""Characters that the right thing has at least, where the denial was only heard."""

_FIRST = re.compile(r"[，,、。 ]*(?P<denial>[^，,、。 ]{2,3})[，,、。 ]+(?P<rest>.+)")
_AT_ONCE = re.compile(r"(?P<denial>..)(?P<rest>[是].+)")


def denied(text: str) -> tuple[str, bool]:
    """What is said after the denial, empty where nothing is denied; and whether it is named as the right thing."""
    cues = words.lists("manager", "cues")
    for cue in sorted(cues["denial"], key=len, reverse=True):
        if cue in text:
            rest = text.split(cue, 1)[1]
            marks = [mark for mark in cues["instead"] if mark in rest]
            if marks:
                return rest.split(marks[0], 1)[1], True
            right = bare(rest)
            return (right[1:], True) if _begins_like(right, cues["instead"]) else (rest, False)
    changed = next((cue for cue in cues["changed_to"] if bare(text).startswith(cue)), "")
    return (text.split(changed, 1)[1], True) if changed else _by_sound(text)


def denies(text: str) -> bool:
    """Whether a denial is written in it."""
    return any(cue in text for cue in words.lists("manager", "cues")["denial"])


def only_denies(text: str) -> bool:
    """不对, 不对不对, 错了错了: and not what is right."""
    left = bare(text)
    for cue in sorted(words.lists("manager", "cues")["denial"], key=len, reverse=True):
        left = left.replace(cue, "")
    return left in words.lists("handlers/denying", "sounds")["after"] and denies(text)


def _begins_like(right: str, marks: Sequence[str]) -> bool:
    """不对，试星期五: recognisers write what sounds like 是. 十 and 四 sound so too, and are numbers."""
    if not right or chinese_number(right[0]) is not None:
        return False
    return any(len(mark) == 1 and similarity(syllables(right[0]), syllables(mark)) >= SOUNDS_LIKE for mark in marks)


def _by_sound(text: str) -> tuple[str, bool]:
    """不李，失修生电 and 不队是刘德福: a word or two that can be 不对, 是, and the right thing after it."""
    found = _FIRST.fullmatch(text)
    if found is None:
        at_once = _AT_ONCE.fullmatch(text)
        found = at_once if at_once and _like_denial(at_once["denial"], surely=True) else None
    elif not _like_denial(found["denial"]):
        return "", False
    if found is None:
        return "", False
    right = bare(found["rest"])
    sounds_of = words.lists("handlers/denying", "sounds")
    named = bool(right) and set(syllables(right[0])) <= set(sounds_of["is"])
    return (right[1:], True) if named and len(right) > CONTENT else ("", False)


def _like_denial(said: str, *, surely: bool = False) -> bool:
    """Whether it may be a denial: it begins like 不 or ends like 对, and is none of the words for yes."""
    if said in words.lists("manager", "cues")["yes"] or len(without_hesitation(said)) != len(said):
        return False
    sounds_of = words.lists("handlers/denying", "sounds")
    heard = syllables(said)
    if len(heard) != len(said):
        return False
    no, right = heard[0] in sounds_of["no"], heard[1] in sounds_of["right"]
    return (no and right) if surely else len(heard) == CONTENT and (no or right)
