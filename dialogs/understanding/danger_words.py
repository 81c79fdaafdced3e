"""Notions of danger found in what was said, by character and by sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dialogs.understanding.danger_heard import Utterance
from dialogs.understanding.danger_notions import Notion, Phrase, notions, word_data
from dialogs.understanding.sound import sounds


@dataclass(frozen=True)
class Hit:
    """A notion that was found."""

    notion: str
    """Its name."""
    begin: int
    """First syllable."""
    finish: int
    """Syllable after the last."""
    exact: bool
    """Found as written, and not only by sound."""


def find_notions(said: Utterance) -> list[Hit]:
    """All notions in what was said, in the order of their names and places."""
    return [hit for notion in notions() for hit in _find(notion, said)]


def _find(notion: Notion, said: Utterance) -> Iterator[Hit]:
    """Where one notion is written or heard."""
    written: list[tuple[int, int]] = []
    for found in notion.written.finditer(said.characters):
        if found.end() > found.start():
            written.append(found.span())
            yield Hit(notion.name, *found.span(), exact=True)
    if notion.spoken is None or notion.telling.isdisjoint(said.characters):
        return
    for found in notion.spoken.finditer(said.classes):
        begin, finish = found.span()
        least = 5 if notion.name in word_data()["long_by_sound"] else 2
        if finish - begin < least and said.classes[begin:finish] not in _short_by_sound():
            continue
        if finish - begin < 2 or said.clause[begin] != said.clause[finish - 1]:
            continue
        if any(begin < after and finish > first for first, after in written):
            continue
        if any(_meant(phrase, said, begin, finish) for phrase in notion.phrases):
            yield Hit(notion.name, begin, finish, exact=False)


def _meant(phrase: Phrase, said: Utterance, begin: int, finish: int) -> bool:
    """Whether enough of a stretch that sounds right is written right for the likeness to be no accident."""
    written, data = said.characters[begin:finish], word_data()
    telling = sum(char in phrase.telling for char in written)
    wrong = [char for char in written if char not in phrase.characters]
    if not telling or not wrong or len(wrong) > max(1, len(written) // 2 if len(written) > 3 else 1):
        return False
    if len(written) == 2 and said.classes[begin:finish] not in _short_by_sound():
        return False
    if len(written) == 3 and telling < 2 and wrong[0] in data["common"]:
        return False
    return phrase.spoken.fullmatch(said.classes, begin, finish) is not None


@cache
def _short_by_sound() -> frozenset[str]:
    """The classes of two-syllable words that no everyday word sounds like."""
    return frozenset(sounds(word).classes for word in word_data()["short_by_sound"])
