"""Words of time that the recogniser wrote as something that sounds alike (下周山, 名天下五, 十二月五好)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.understanding.sound import confusion_class, sounds
from dialogs.understanding.times.repair_tables import Context, Word, tables

REACH = 12
"""Characters to the left that a rule may look at."""
_LUNAR = re.compile("的?(?:[正腊冬一二三四五六七八九十]+月|初[一二三四五六七八九十])")


@dataclass(frozen=True)
class Repaired:
    """A text in which words of time are spelt as they were meant."""

    text: str
    """As long as the original, character for character."""
    unsure: frozenset[int]
    """Places where nothing but the sound speaks for the repair."""


def repair(text: str) -> Repaired:
    """The text with misspelt words of time set right, where their neighbours speak for it."""
    heard = _heard(text)
    chars = list(text)
    unsure: set[int] = set()
    for _ in range(2):  # the second time a word may lean on its mended neighbour
        for place, word in _words("".join(chars), heard):
            certain = _fits(chars, place, word)
            if certain is None:
                continue
            chars[place : place + len(word.text)] = word.text
            if not certain:
                unsure.update(range(place, place + len(word.text)))
    for place, means in _contexts(chars, heard):
        chars[place : place + len(means)] = means
    return Repaired("".join(chars), frozenset(unsure))


def _heard(text: str) -> list[str]:
    """The confusion class of each character, empty for what is silent."""
    spoken = sounds(text)
    classes = [""] * len(text)
    for syllable, place in zip(spoken.syllables, spoken.places, strict=True):
        classes[place] = confusion_class(syllable)
    return classes


def _words(text: str, heard: list[str]) -> Iterator[tuple[int, Word]]:
    """Words that sound like a word of time and are spelt otherwise, with one character as it should be."""
    table, genuine = tables().words, tables().genuine
    place = 0
    while place < len(text):
        size = 1
        for classes, word in table.get(heard[place], ()):
            written = text[place : place + len(classes)]
            if tuple(heard[place : place + len(classes)]) != classes:
                continue
            if written in genuine:
                size = len(written)
                break
            if not text[place].isdigit():
                yield place, word
                break
        place += size


def _fits(chars: list[str], place: int, word: Word) -> bool | None:
    """Whether the neighbours bear the repair out; False where they leave it open, None where they do not."""
    known = tables()
    written = "".join(chars[place : place + len(word.text)])
    before = "".join(chars[max(0, place - REACH) : place])
    after = "".join(chars[place + len(word.text) : place + len(word.text) + REACH])
    shared = any(one == other for one, other in zip(written, word.text, strict=True))
    left, clock = bool(known.left.search(before)), bool(known.clock.match(after))
    if word.group == "part":
        return True if (left and (clock or (shared and bool(known.end.match(after))))) or (shared and clock) else None
    if not shared or (written in word.never and not (clock or (word.group == "day" and known.part.match(after)))):
        return None
    if word.group == "week":
        return True if re.match("[一二三四五六日天1-7]", after) or left else None
    if word.group == "named":
        return True if written[-1] == word.text[-1] else None
    if word.group == "lunar":
        return True if _LUNAR.match(after) else None
    if clock or known.part.match(after):
        return True
    return False if known.end.match(after) else None


def _contexts(chars: list[str], heard: list[str]) -> Iterator[tuple[int, str]]:
    rules = tables().rules
    for place in range(len(chars)):
        for size in (2, 1):
            for rule in rules.get(tuple(heard[place : place + size]), ()):
                if _applies(rule, chars, place, size):
                    yield place, rule.means
                    break


def _applies(rule: Context, chars: list[str], place: int, size: int) -> bool:
    written = "".join(chars[place : place + size])
    if written == rule.means or written in rule.never or written.isdigit() or (rule.only and written not in rule.only):
        return False
    if written in "零一二三四五六七八九十两百千万半点号月日天周":
        return False
    before = "".join(chars[max(0, place - REACH) : place])
    if not rule.before.search(before):
        return False
    return rule.after.match("".join(chars[place + size : place + size + REACH])) is not None
