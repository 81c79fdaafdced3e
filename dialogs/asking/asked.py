"""A secretary's question as it is looked up: about whom, of which stretch, with which cues in its words.

Cues stand in [cues] of the skill's .toml and in dialogs/asking.toml, and are heard as well as read. Which of the words
were read is kept: what is left over tells whether the answer is one to the whole question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from dialogs.asking import whom
from dialogs.asking.cued import Cued
from dialogs.asking.stretches import Stretch
from storage.questions.people import Particulars


@dataclass(frozen=True)
class Asked(Cued):
    """One question."""

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
    times: tuple[str, ...] = ()
    """The words that said a stretch."""
    alike: tuple[str, ...] = ()
    """Who else may have been named, by the sound of it."""
    either: tuple[str, ...] = ()
    """Who may be meant by a surname that several have; empty where everybody was named for sure."""

    visited: frozenset[str] = frozenset()
    """Who was named as visited, and not as who went."""

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
        self.sure.update(self.group.places)
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
            self, intent=intent or self.intent, text=text, read=set(), sure=set(),
            stretches=self.stretches if stretches is None else stretches,
            people=self.people if people is None else people,
        )  # fmt: skip

    def age(self, person: Particulars) -> int | None:
        """How old somebody becomes this year."""
        return None if person.birth_year is None else self.now.year - person.birth_year
