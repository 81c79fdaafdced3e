"""The words of a question and the cues that stand in them, heard as well as read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dialogs import words
from dialogs.asking.sounded import SHARED, Place, places
from dialogs.understanding.numbers import chinese_number

ENDS = (3, 4)
"""Characters from the end of a session's name by which it is known."""


@dataclass(frozen=True)
class Cued:
    """Words in which cues are looked for."""

    intent: str
    """The kind of question: the skill whose words and cues are used."""
    text: str
    """The words that count: without what is denied or excepted, and without names."""
    apart: str = field(default="", kw_only=True)
    """What else was excepted (除了请假的)."""
    titles: tuple[str, ...] = field(default=(), kw_only=True)
    """What the branch's sessions are called: each is a cue of its own."""
    spoken: bool = field(default=False, kw_only=True)
    """Whether it was heard rather than read."""
    read: set[Place] = field(default_factory=set, compare=False, kw_only=True)
    """Where in the text something was read so far."""
    sure: set[Place] = field(default_factory=set, compare=False, kw_only=True)
    """Where a word stands by which rows were chosen: it was heeded, however the rows are told."""

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

    def part_of(self, texts: Sequence[str], *common: str) -> list[str]:
        """The longest words that stand in one of these texts as well, but for the cues of these lists (肺炎)."""
        cues = [cue for key in common for cue in self._cues(key)] + words.lists(SHARED, "unread")["any_report"]
        known = {at for cue in cues for place in self._at(cue) for at in range(*place)}
        found: dict[Place, None] = {}
        begin = 0
        while begin < len(self.text) - 1:
            ends = (end for end in range(begin + 2, len(self.text) + 1) if known.isdisjoint(range(begin, end)))
            longest = max((end for end in ends if any(self.text[begin:end] in one for one in texts)), default=0)
            if longest:
                found[begin, longest] = None
            begin = longest or begin + 1
        self.sure.update(found)
        return [self.text[slice(*place)] for place in found]

    def number(self, key: str) -> int | None:
        """The number at the pattern of this name, None where it was not said (三次以上, 前五名)."""
        for match in self._matches(key):
            if (value := chinese_number(match["n"])) is not None:
                self.read.add(match.span())
                return value
        return None

    def measured(self, key: str) -> tuple[str, str] | None:
        """The number and its unit at the pattern of this name, as they were said (半, 年)."""
        match = next(iter(self._matches(key)), None)
        if match is None:
            return None
        self.read.add(match.span())
        return str(match["n"]), str(match["unit"])

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
