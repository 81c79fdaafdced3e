"""Where a cue stands in a text, written or only sounding so: a recogniser that writes 缺习 for 缺席 has heard it."""

from __future__ import annotations

from functools import lru_cache

from dialogs import words
from dialogs.understanding.sound import confusion_class, sounds

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
    wanted = sounds(cue).syllables
    if cue in words.lists(SHARED, "sound")["as_written"] or len(wanted) < 2 or len(cue) != len(wanted):
        return ()
    here = sounds(text)
    last = len(here.syllables) - len(wanted)
    found = (at for at in range(last + 1) if _alike(wanted, here.syllables[at : at + len(wanted)]))
    return tuple(here.span(at, at + len(wanted)) for at in found)


def _alike(cue: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """The same sounds, -n and -ng made one; of three and more whatever accents confuse."""
    off = [(one, other) for one, other in zip(cue, said, strict=True) if _nasal(one) != _nasal(other)]
    if not off or len(cue) < ALL_BY_CLASS:
        return not off
    return all(confusion_class(one) == confusion_class(other) for one, other in off)


def _nasal(syllable: str) -> str:
    return syllable[:-1] if syllable.endswith("ng") else syllable
