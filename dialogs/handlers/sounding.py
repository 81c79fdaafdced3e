"""Numbers as they sound: 一百零八块 in 以拜拎罢块, where an amount or a day was asked for and none is written."""

from __future__ import annotations

from dialogs import words
from dialogs.understanding.features import bare
from dialogs.understanding.numbers import Amount, find_amount
from dialogs.understanding.sound import sounds


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
    return "".join(written)
