"""A secretary's question as it is looked up: about whom, of which stretch, with which cues in its words.

Cues stand in [cues] of the skill's .toml and in dialogs/asking.toml, and are heard as well as read. Which of the words
were read is kept: what is left over tells whether the answer is one to the whole question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from dialogs import words
from dialogs.asking import whom
from dialogs.asking.sounded import SHARED, Place, places
from dialogs.asking.stretches import Stretch
from dialogs.understanding.numbers import chinese_number
from storage.questions.people import Particulars

ENDS = (3, 4)
"""Characters from the end of a session's name by which it is known."""


@dataclass(frozen=True)
class Asked:
    """One question."""

    intent: str
    """The kind of question: the skill whose words and cues are used."""
    text: str
    """The words that count: without what is denied or excepted, and without names."""
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
    without: frozenset[str] = frozenset()
    """Who was excepted by name (除了周敏)."""
    apart: str = ""
    """What else was excepted (除了请假的)."""
    titles: tuple[str, ...] = ()
    """What the branch's sessions are called: each is a cue of its own."""
    times: tuple[str, ...] = ()
    """The words that said a stretch."""
    alike: tuple[str, ...] = ()
    """Who else may have been named, by the sound of it."""
    either: tuple[str, ...] = ()
    """Who may be meant by a surname that several have; empty where everybody was named for sure."""
    spoken: bool = False
    """Whether it was heard rather than read."""
    read: set[Place] = field(default_factory=set, compare=False)
    """Where in the text something was read so far."""

    def has(self, *keys: str) -> bool:
        """Whether a cue of any of these lists was said."""
        found = [place for key in keys for cue in self._cues(key) for place in self._at(cue)]
        self.read.update(found)
        return bool(found)

    def standing(self, key: str, *, as_written: bool = False) -> list[Place]:
        """Everywhere a cue or a pattern of this name stands in the words, whether it was looked for or not."""
        cues = [cue for cue in self._cues(key) if cue in self.text or not as_written]
        found = [place for cue in cues for place in self._at(cue)]
        if key in words.lists(SHARED, "patterns"):
            found += [match.span() for match in self._matches(key)]
        return found

    def excepts(self, key: str) -> bool:
        """Whether a cue of this list stands in what was excepted."""
        return any(places(cue, self.apart) for cue in self._cues(key))

    def first(self, *keys: str) -> str:
        """The first of these lists of which a cue was said; empty for none."""
        return next((key for key in keys if self.has(key)), "")

    def named(self, key: str) -> list[str]:
        """The cues of a list that were said."""
        found = [cue for cue in self._cues(key) if self._at(cue)]
        self.read.update(place for cue in found for place in self._at(cue))
        return found

    def spelt(self, known: Sequence[str]) -> list[str]:
        """Which of these words, known from the branch's own books, were said."""
        found = [word for word in known if places(word, self.text)]
        self.read.update(place for word in found for place in places(word, self.text))
        return found

    def number(self, key: str) -> int | None:
        """The number at the pattern of this name, None where it was not said (三次以上, 前五名)."""
        for match in self._matches(key):
            if (value := chinese_number(match["n"])) is not None:
                self.read.add(match.span())
                return value
        return None

    def part(self, key: str) -> str:
        """The words at the pattern of this name, empty where they were not said (姓张的 -> 张)."""
        match = next(iter(self._matches(key)), None)
        if match is None:
            return ""
        self.read.add(match.span())
        return str(match["n"])

    def fits(self, key: str) -> bool:
        """Whether the pattern of this name stands in the words."""
        found = [match.span() for match in self._matches(key)]
        self.read.update(found)
        return bool(found)

    @property
    def stretch(self) -> Stretch | None:
        """The stretch that was said."""
        return self.stretches[0] if self.stretches else None

    def chosen(self, name: str) -> bool:
        """Whether somebody of this name is among those who are asked about: by name, age, gender, place, or 其中."""
        return name not in self.without and (self._chosen is None or name in self._chosen)

    @cached_property
    def _chosen(self) -> frozenset[str] | None:
        """Everybody who is asked about; None where that is whoever there is, of the roster or not."""
        if not self.narrowed:
            return None
        self.read.update(self.group.places)
        fitting = {each.name for each in self.roster if self.group.holds(each)}
        names = {each.name for each in self.people} or fitting
        return frozenset(names & self.among if self.among else names)

    @property
    def narrowed(self) -> bool:
        """Whether only some of the branch are asked about."""
        return bool(self.among or self.people) or self.group.narrows

    @cached_property
    def group(self) -> whom.Group:
        """Of which age, gender or place they are to be."""
        return whom.group(self.text, self.now.year, self.roster)

    def about(self, intent: str, text: str, stretch: Stretch) -> Asked:
        """The same asker's question of another kind, in these words."""
        return self.saying(text, intent=intent, stretches=(stretch,), people=())

    def saying(
        self,
        text: str,
        *,
        intent: str = "",
        stretches: tuple[Stretch, ...] | None = None,
        people: tuple[Particulars, ...] | None = None,
    ) -> Asked:
        """The same asker's question in other words, of which nothing was read yet."""
        return replace(
            self, intent=intent or self.intent, text=text, read=set(),
            stretches=self.stretches if stretches is None else stretches,
            people=self.people if people is None else people,
        )  # fmt: skip

    def age(self, person: Particulars) -> int | None:
        """How old somebody becomes this year."""
        return None if person.birth_year is None else self.now.year - person.birth_year

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        """What the sessions are called, and how that ends: 纪念馆 for 参观革命纪念馆."""
        ends = (title[-length:] for title in self.titles for length in ENDS if len(title) > length)
        return (*self.titles, *ends)

    def _at(self, cue: str) -> tuple[Place, ...]:
        """Where a cue stands; only what was heard may stand there by its sound (回党 in 这回党费 is no 回单)."""
        return places(cue, self.text) if self.spoken or cue in self.text else ()

    def _matches(self, key: str) -> list[re.Match[str]]:
        patterns = words.lists(SHARED, "patterns")[key]
        return [match for pattern in patterns for match in re.finditer(pattern, self.text)]

    def _cues(self, key: str) -> Sequence[str]:
        own = words.lists(f"skills/{self.intent}", "cues").get(key, [])
        titles = self._titles if key == "topics" else ()
        return [*own, *words.lists(SHARED, "cues").get(key, []), *titles]
