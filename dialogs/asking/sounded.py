"""Where a cue stands in a text, written or only sounding so: a recogniser that writes 缺习 for 缺席 has heard it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dialogs import words
from dialogs.understanding.questions import only_asks
from dialogs.understanding.sound import sounds

SHARED = "asking"
ALL_BY_CLASS = 3
"""Syllables from which a cue may also be heard with an accent."""
Place = tuple[int, int]
"""Where something begins in a text and where it ends (excluded)."""


def heard(cue: str, text: str) -> bool:
    """Whether a cue stands in the text or sounds as if it did."""
    return bool(places(cue, text))


@lru_cache(maxsize=40_000)
def places(cue: str, text: str) -> tuple[Place, ...]:
    """Everywhere a cue stands in the text; where it is written nowhere, where it sounds as if it did."""
    if not cue:
        return ()
    if cue in text:
        starts = [at for at in range(len(text)) if text.startswith(cue, at)]
        return tuple((at, at + len(cue)) for at in starts)
    wanted = sounds(cue)
    length = len(wanted.syllables)
    if cue in words.lists(SHARED, "sound")["as_written"] or length < 2 or len(cue) != length:
        return ()
    here = sounds(text)
    found = [at for at in _starts(wanted.classes, here.classes) if _alike(wanted.syllables, here.syllables[at:])]
    return tuple(here.span(at, at + length) for at in found)


def _starts(part: str, whole: str) -> Iterator[int]:
    at = whole.find(part)
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)


def _alike(cue: Sequence[str], said: Sequence[str]) -> bool:
    """Of three syllables and more whatever accents confuse; of two the same sounds, -n and -ng made one."""
    return len(cue) >= ALL_BY_CLASS or all(_nasal(one) == _nasal(other) for one, other in zip(cue, said, strict=False))


def _nasal(syllable: str) -> str:
    return syllable[:-1] if syllable.endswith("ng") else syllable


def asking_which(text: str) -> str:
    """What was heard with 哪 for the first 那 where nothing else in it asks: 今年那回来的人最少."""
    return text if only_asks(text) else re.sub(words.lists(SHARED, "sound")["which"][0], "哪", text, count=1)


def respelt(text: str) -> str:
    """What was heard, with one word for another that is heard as it, where the words beside it speak for that."""
    for heard_as, (meant, speaks_for, speaks_against) in words.lists(SHARED, "confused").items():
        if heard_as in text and re.search(speaks_for, text) and not re.search(speaks_against, text):
            text = text.replace(heard_as, meant)
    return text
