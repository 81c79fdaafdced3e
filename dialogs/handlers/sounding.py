"""Numbers as they sound: 一百零八块 in 以拜拎罢块, where an amount or a day was asked for and none is written."""

from __future__ import annotations

from dialogs import words
from dialogs.understanding.features import bare
from dialogs.understanding.sound import sounds


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
