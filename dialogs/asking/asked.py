"""A secretary's question as it is looked up: about whom, of which stretch, with which cues in its words.

Cues stand in [cues] of the skill's .toml and in dialogs/asking.toml, and are heard as well as read: a recogniser that
writes 缺习 for 缺席 has asked all the same. What the speaker denies (不看上季度的，看这季度的) asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from dialogs import words
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.sound import confusion_class, syllables
from storage.questions.people import Particulars

ALL_BY_CLASS = 3
"""Syllables from which a cue may also be heard with an accent."""
SHARED = "asking"


@dataclass(frozen=True)
class Stretch:
    """From when to when is asked."""

    start: datetime
    """Local."""
    end: datetime
    """Local, inclusive."""


@dataclass(frozen=True)
class Asked:
    """One question."""

    intent: str
    """The kind of question: the skill whose words and cues are used."""
    text: str
    """The words that count: without what is denied, and without names."""
    now: datetime
    """When it was asked."""
    roster: Sequence[Particulars]
    """Everybody who may be meant."""
    people: tuple[Particulars, ...] = ()
    """Who was named."""
    stretches: tuple[Stretch, ...] = ()
    """The stretches of time that were said; the first is the one that counts."""
    among: frozenset[str] = frozenset()
    """Of whom the last answer told, where it is asked 其中; empty for everybody."""
    follows: bool = False
    """Whether it goes on from the question before."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Free words that understanding has found (text, topic)."""

    def has(self, *keys: str) -> bool:
        """Whether a cue of any of these lists was said."""
        return any(heard(cue, self.text) for key in keys for cue in self._cues(key))

    def first(self, *keys: str) -> str:
        """The first of these lists of which a cue was said; empty for none."""
        return next((key for key in keys if self.has(key)), "")

    def named(self, key: str) -> list[str]:
        """The cues of a list that were said."""
        return [cue for cue in self._cues(key) if heard(cue, self.text)]

    def number(self, key: str) -> int | None:
        """The number at the pattern of this name, None where it was not said (三次以上, 前五名)."""
        for pattern in words.lists(SHARED, "patterns")[key]:
            if (match := re.search(pattern, self.text)) and (value := chinese_number(match["n"])) is not None:
                return value
        return None

    def part(self, key: str) -> str:
        """The words at the pattern of this name, empty where they were not said (姓张的 -> 张)."""
        found = (re.search(pattern, self.text) for pattern in words.lists(SHARED, "patterns")[key])
        return next((match["n"] for match in found if match), "")

    @property
    def stretch(self) -> Stretch | None:
        """The stretch that was said."""
        return self.stretches[0] if self.stretches else None

    def chosen(self, name: str) -> bool:
        """Whether somebody of this name is among those who are asked about: by name, age, gender, or 其中."""
        return self._chosen is None or name in self._chosen

    @cached_property
    def _chosen(self) -> frozenset[str] | None:
        """Everybody who is asked about; None where that is whoever there is, of the roster or not."""
        if not self.narrowed:
            return None
        names = {each.name for each in self.people} or {each.name for each in self.roster if self._fits(each)}
        return frozenset(names & self.among if self.among else names)

    @property
    def narrowed(self) -> bool:
        """Whether only some of the branch are asked about."""
        return bool(self.among or self.people) or self._narrowing()

    def about(self, intent: str, text: str, stretch: Stretch) -> Asked:
        """The same asker's question of another kind, in these words."""
        return replace(self, intent=intent, text=text, stretches=(stretch,), people=())

    def age(self, person: Particulars) -> int | None:
        """How old somebody becomes this year."""
        return None if person.birth_year is None else self.now.year - person.birth_year

    def _narrowing(self) -> bool:
        return any(self.number(key) for key in ("older", "younger")) or self.has("women", "men")

    def _fits(self, person: Particulars) -> bool:
        age, older, younger = self.age(person), self.number("older"), self.number("younger")
        if older is not None and (age is None or age < older):
            return False
        if younger is not None and older is None and (age is None or age >= younger):
            return False
        genders = words.lists(SHARED, "genders")
        wanted = [genders[key][0] for key in ("women", "men") if self.has(key)]
        return len(wanted) != 1 or person.gender == wanted[0]

    def _cues(self, key: str) -> Sequence[str]:
        own = words.lists(f"skills/{self.intent}", "cues").get(key, [])
        return [*own, *words.lists(SHARED, "cues").get(key, [])]


@lru_cache(maxsize=20_000)
def heard(cue: str, text: str) -> bool:
    """Whether a cue stands in the text or sounds as if it did."""
    if cue in text:
        return True
    sounds = _sounds(cue)
    if cue in words.lists(SHARED, "sound")["as_written"] or len(sounds) < 2 or len(cue) != len(sounds):
        return False
    here = _sounds(text)
    return any(_alike(sounds, here[at : at + len(sounds)]) for at in range(len(here) - len(sounds) + 1))


def _alike(cue: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """The same sounds, -n and -ng made one; of three and more whatever accents confuse."""
    off = [(one, other) for one, other in zip(cue, said, strict=True) if _nasal(one) != _nasal(other)]
    if not off or len(cue) < ALL_BY_CLASS:
        return not off
    return all(confusion_class(one) == confusion_class(other) for one, other in off)


def _nasal(syllable: str) -> str:
    return syllable[:-1] if syllable.endswith("ng") else syllable


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[str, ...]:
    return tuple(syllables(text))


def without_denied(text: str) -> str:
    """What is left when everything denied is taken out; the whole text where nothing would be left."""
    left = text
    for pattern in words.lists(SHARED, "denied")["patterns"]:
        left = re.sub(pattern, "", left)
    return left if len(left.strip("，。？！ ")) > 1 else text
