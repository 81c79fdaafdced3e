"""Which of several people behind one stretch of sound is meant: spelled aloud, written so, or nearest in sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from dialogs.understanding.meaning import Person
from dialogs.understanding.name_hints import Spelling
from dialogs.understanding.name_sounds import Hearing
from dialogs.understanding.sound import Sounds

ALIKE = 0.15
"""People whose costs differ by no more than this sound alike; the speaker must be asked."""


@dataclass(frozen=True)
class Choice:
    """Who is meant by a stretch."""

    best: Hearing
    """The likeliest."""
    score: float
    """1 for the name as the roster writes it, less the farther the sound is off."""
    rivals: tuple[Person, ...]
    """Others who sound as near and whom nothing rules out."""


def choose(group: Sequence[Hearing], heard: Sounds, spelled: Sequence[Spelling], others: Sequence[Sounds]) -> Choice:
    """Choose among the people behind one stretch.

    What is spelled aloud decides, then what is written, then the sound. Where a recogniser wrote it (`others` are its
    other readings) a character proves little: two names of the very same sound stay rivals, and so do two that its
    readings do not agree about.
    """
    best = group[0]
    alike = [hearing for hearing in group if hearing.cost <= best.cost + ALIKE]
    ruled_out = {s.character for s in spelled if s.denied}
    wanted = {s.character for s in spelled if not s.denied}
    left = [h for h in alike if not ruled_out.intersection(h.person.name)] or alike
    chosen = [h for h in left if wanted.intersection(h.person.name)]
    told = bool(chosen) or len(left) < len(alike)
    if told:
        best, alike = (chosen or left)[0], chosen or left
    rivals = _rivals(best, alike, heard)
    if best.exact and not chosen:
        rivals = ()
    if not told:
        near = (h.person for h in alike if h.person != best.person)
        doubtful = (other for other in near if _only_written(best, other, heard, others))
        rivals = tuple(dict.fromkeys((*rivals, *doubtful)))
    return Choice(best, 1.0 if best.exact else round(max(0.0, min(0.99, 1 - best.cost)), 3), rivals)


def _rivals(best: Hearing, alike: Sequence[Hearing], heard: Sounds) -> tuple[Person, ...]:
    """Those whom the written characters do not rule out: a character of the best that they lack was written."""
    written = heard.written(best.begin, best.finish)
    left: list[Person] = []
    for other in alike:
        name, theirs = best.person.name, other.person.name
        if other.person == best.person or other.person in left:
            continue
        if not any(char == mine != their for char, mine, their in zip(written, name, theirs, strict=False)) or any(
            char == their != mine for char, mine, their in zip(written, name, theirs, strict=False)
        ):
            left.append(other.person)
    return tuple(left)


def _only_written(best: Hearing, other: Person, heard: Sounds, others: Sequence[Sounds]) -> bool:
    """Whether nothing but a recogniser's spelling speaks for the best and against another person."""
    name, theirs = best.person.name, other.name
    if not others or len(name) != len(theirs):
        return False
    if _spoken(name) == _spoken(theirs):
        return True
    telling = [at for at, (mine, their) in enumerate(zip(name, theirs, strict=True)) if mine != their]
    return any(
        len(reading.syllables) == len(heard.syllables)
        and any(reading.text[reading.places[best.begin + at]] != name[at] for at in telling)
        for reading in others
    )


@lru_cache(maxsize=4096)
def _spoken(name: str) -> tuple[str, ...]:
    """Syllables with their tones."""
    return tuple(lazy_pinyin(name, style=Style.TONE3))
