"""Numbers as they sound: 一百零八块 in 以拜拎罢块, where an amount or a day was asked for and none is written."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.understanding.amounts import Amount, find_amount
from dialogs.understanding.features import bare
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.sound import Sounds, similarity, sounds

HUNDRED = "bai"
NEAR = 0.5
"""Similarity from which a syllable between numerals is that of 百."""
AROUND = 3
"""Numerals that must stand around it: the one before and the two after."""


def amount_heard(text: str, *, bare_number: bool = False) -> Amount | None:
    """The sum as written, or as it sounds where that reads more of it: 一百二十块 in 一摆尔十块, not 十块."""
    written = find_amount(text, bare=bare_number)
    heard = find_amount(by_sound(text), bare=bare_number)
    if written is None or heard is None:
        return written or heard
    return heard if heard.finish - heard.begin > written.finish - written.begin else written


def by_sound(text: str) -> str:
    """The text with each character that sounds like a part of a number or a date as that part.

    Only for answers, and only where nothing can be read as written: 是 and 十 sound the same, and what is made known so
    is read back.
    """
    parts = words.load("manager", "sounding")
    said = sounds(bare(text).removeprefix(parts.say("is")))
    written = list(said.text)
    for place, syllable in zip(said.places, said.syllables, strict=True):
        written[place] = parts.say(syllable) if parts.has(syllable) else written[place]
        if _between_numerals(written, said, place) and similarity([syllable], [HUNDRED]) >= NEAR:
            written[place] = parts.say(HUNDRED)
    ten = words.lists("manager", "cues")["misheard_ten"][0]  # 一百二四块 has no other reading
    return re.sub(ten, parts.say("shi"), "".join(written))


def _between_numerals(written: list[str], said: Sounds, place: int) -> bool:
    """一搬二十: between the two nothing but 百 can stand."""
    around = [written[place - 1], *(said.text[place + 1 : place + 3])] if place else []
    return len(around) == AROUND and all(chinese_number(each) is not None for each in around)
