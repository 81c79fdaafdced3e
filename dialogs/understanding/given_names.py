"""A given name alone, as the subject of a report: 桂兰住院了 is about one of the two 桂兰, never about the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dialogs.understanding.accents import Accent, accent
from dialogs.understanding.meaning import Person
from dialogs.understanding.name_hints import given_of, name_words
from dialogs.understanding.name_roster import everyday_characters
from dialogs.understanding.sound import Sounds, class_string, sounds

SYLLABLES = 2
"""Syllables of a given name that can stand alone; one syllable is too many other words."""
AS_HEARD = 0.3
"""Highest cost at which two syllables are taken for a given name."""
ALIKE = 0.15
"""Given names whose costs differ by no more sound alike; the speaker must be asked."""


@dataclass(frozen=True)
class GivenName:
    """A given name that was said alone."""

    people: tuple[Person, ...]
    """Everybody whom it fits by sound, likeliest first."""
    begin: int
    """First character."""
    finish: int
    """Character after the last."""
    cost: float
    """How far the sound is off; 0 for the very sound."""


@dataclass(frozen=True)
class _Frame:
    """What stands around a name that is the subject of a report."""

    opening: re.Pattern[str]
    """Ends where the name may begin."""
    report: re.Pattern[str]
    """What is reported of somebody in need."""
    written: re.Pattern[str]
    """What may follow a name that is written as on the roster."""
    heard: re.Pattern[str]
    """What must follow a name that only sounds so, in classes of sound."""
    subjects: frozenset[str]
    """Everyday subjects of two characters, which are no names."""


@lru_cache(maxsize=64)
def _given_names(roster: tuple[Person, ...]) -> tuple[tuple[tuple[str, ...], Person], ...]:
    named = ((sounds(given_of(person.name)).syllables, person) for person in roster)
    return tuple((heard, person) for heard, person in named if len(heard) == SYLLABLES)


@cache
def _frame() -> _Frame:
    words = name_words()["given"]
    report = str(words["report"])
    between = str(words["between"])
    heard = "|".join(class_string(word) for word in words["heard"])
    return _Frame(
        re.compile(f"(?:^|[，。！？；：、,.!?;:\\s]|{words['before']})$"),
        re.compile(f"(?:{between})*(?:{report})"),
        re.compile(f"(?:{between})*(?:{report}|{words['else']})"),
        re.compile(f"(?:{heard})"),
        frozenset(str(words["subjects"]).split()),
    )


def given_names(text: str, roster: tuple[Person, ...], region: str = "") -> Iterator[GivenName]:
    """Given names without surname or form of address of which something is reported.

    Written as on the roster they need a report after them (桂兰住院了, 桂兰昨天夜里摔了); heard only by their sound
    (贵蓝住院了) the report must follow at once. In both cases they begin a clause.
    """
    names = _given_names(roster)
    if not names:
        return
    heard = sounds(text)
    spoken = accent(region)
    for at in range(len(heard.syllables) - SYLLABLES):
        begin, finish = heard.span(at, at + SYLLABLES)
        if finish - begin != SYLLABLES or not _begins(text, begin, finish):
            continue
        written, follows_at_once = _follows(heard, at)
        if not written and not follows_at_once:
            continue
        near = list(_near(names, spoken, heard, at))
        least = near[0][0] if near else 0.0
        exactly = bool(near) and given_of(near[0][1].name) == text[begin:finish]
        if near and (written if exactly else follows_at_once):
            yield GivenName(tuple(person for cost, person in near if cost <= least + ALIKE), begin, finish, least)


def _begins(text: str, begin: int, finish: int) -> bool:
    """Whether a name may begin here, and no everyday subject does."""
    return text[begin:finish] not in _frame().subjects and _frame().opening.search(text[:begin]) is not None


def _follows(heard: Sounds, at: int) -> tuple[bool, bool]:
    """Whether after two syllables stands what is said of a name that is written, and of one that only sounds so."""
    begin, finish = heard.span(at, at + SYLLABLES)
    everyday = not everyday_characters().isdisjoint(heard.text[begin:finish])
    by_sound = not everyday and _frame().heard.match(heard.classes, at + SYLLABLES) is not None
    return _frame().written.match(heard.text, finish) is not None, by_sound


def _near(
    names: tuple[tuple[tuple[str, ...], Person], ...], spoken: Accent, heard: Sounds, at: int
) -> Iterator[tuple[float, Person]]:
    """Everybody whose given name these syllables sound like, the nearest first, then who is written so."""
    said, written = heard.syllables[at : at + SYLLABLES], heard.written(at, at + SYLLABLES)
    costs = ((sum(map(spoken.cost, name, said)), person) for name, person in names)
    near = [(cost, person) for cost, person in costs if cost <= AS_HEARD]
    yield from sorted(near, key=lambda each: (each[0], given_of(each[1].name) != written))


def is_reported(text: str, begin: int, finish: int) -> bool:
    """Whether text[begin:finish] begins a clause in which a need is reported of it (老亓住院了)."""
    return bool(_frame().opening.search(text[:begin]) and _frame().report.match(text, finish))
