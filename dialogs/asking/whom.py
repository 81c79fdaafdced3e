"""Whom a question narrows itself to: an age, a gender, a place where they live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs import words
from dialogs.asking.sounded import SHARED, Place, places
from dialogs.understanding.numbers import chinese_number
from storage.questions.people import Particulars

SHORTEST_PLACE = 2
"""Characters that the name of a place has at least."""
CENTURY = 1900
"""In which the decades lie that people name."""
GENDERS = ("women", "men")


@dataclass(frozen=True)
class Group:
    """Who is meant; what was not said holds for everybody."""

    first_born: int | None = None
    """The earliest year of birth."""
    last_born: int | None = None
    """The latest year of birth."""
    gender: str = ""
    """男 or 女; empty for both."""
    both: bool = False
    """Whether women and men were both named, to be told apart."""
    lives: tuple[str, ...] = ()
    """How their address may begin."""
    surname: str = ""
    """What they are called by their family; empty for any."""
    skills: tuple[str, ...] = ()
    """What they can do: one of these, or all where that is said."""
    at_once: bool = False
    """Whether they are to be able to do all of it (会书法又会摄影)."""
    places: tuple[Place, ...] = ()
    """Where in the words that was said."""

    @property
    def narrows(self) -> bool:
        """Whether it is not everybody."""
        return (
            self.first_born is not None
            or self.last_born is not None
            or bool(self.gender or self.lives or self.skills or self.surname)
        )

    def instead_of(self, other: Group) -> bool:
        """Whether it says anew what the other said (八十岁以下的, after 八十岁以上的)."""
        aged = [each.first_born is not None or each.last_born is not None for each in (self, other)]
        return all(aged) or bool((self.gender and other.gender) or (self.lives and other.lives))

    def holds(self, person: Particulars) -> bool:
        """Whether somebody belongs to it; whose year of birth is unknown is of no age."""
        if self.first_born is not None or self.last_born is not None:
            born = person.birth_year
            if born is None or not (self.first_born or 0) <= born <= (self.last_born or 9999):
                return False
        if self.gender and person.gender != self.gender:
            return False
        if not person.name.startswith(self.surname):
            return False
        able = all if self.at_once else any
        if self.skills and not able(skill in person.offers for skill in self.skills):
            return False
        return not self.lives or person.address.startswith(self.lives)


def group(text: str, year: int, roster: Sequence[Particulars]) -> Group:
    """The group that the words name, as it is in this year."""
    first, last, at = _born(text, year)
    cues, genders = words.lists(SHARED, "cues"), words.lists(SHARED, "genders")
    said = {key: [place for cue in cues[key] for place in places(cue, text)] for key in GENDERS}
    named = [key for key in GENDERS if said[key]]
    lives = {home: at_ for home in homes(roster) if (at_ := places(home, text))}
    able = {skill: where for skill in skills(roster) if (where := _able(skill, text))}
    called = next(
        (match for each in words.lists(SHARED, "patterns")["surname"] if (match := re.search(each, text))), None
    )
    at += [called.span()] if called else []
    named_at = (*said.values(), *lives.values(), *able.values())
    at_once = any(word in text for word in words.lists(SHARED, "ages")["at_once"])
    return Group(
        first, last, genders[named[0]][0] if len(named) == 1 else "", len(named) > 1, tuple(lives),
        called["n"] if called else "", tuple(able), at_once,
        (*at, *(each for found in named_at for each in found)),
    )  # fmt: skip


def skills(roster: Sequence[Particulars]) -> set[str]:
    """What the members can do, as the register of talents has it."""
    return {skill for each in roster for skill in each.offers.split("、") if skill}


def homes(roster: Sequence[Particulars]) -> set[str]:
    """The streets and estates where the members live."""
    return {home for each in roster if len(home := _home(each.address)) >= SHORTEST_PLACE}


def _able(skill: str, text: str) -> list[Place]:
    """Where 会电脑的 or 会拉二胡 stands: who can do it, not the class of that name."""
    able = words.lists(SHARED, "ages")["able"]
    return [match.span() for each in able for match in re.finditer(each.replace("SKILL", re.escape(skill)), text)]


def _home(address: str) -> str:
    """The street or the estate of an address: what stands before the number."""
    return re.split(r"[0-9]", address, maxsplit=1)[0]


def _born(text: str, year: int) -> tuple[int | None, int | None, list[Place]]:
    """The years of birth that the words leave, and where they say so."""
    patterns = words.lists(SHARED, "ages")
    for pattern in patterns["between"]:
        if match := re.search(pattern, text):
            low, high = chinese_number(match["n"]), chinese_number(match["m"])
            if low is not None and high is not None:
                low = low * 10 if low < 10 <= high else low  # 七八十岁
                return year - high, year - low, [match.span()]
    for offset, key in ((1, "next_year"), (0, "this_age")):
        if (found := _number(patterns[key], text)) is not None:
            return year + offset - found[0], year + offset - found[0], [found[1]]
    before, after = _number(patterns["born_before"], text), _number(patterns["born_after"], text)
    if before or after:
        at = [each[1] for each in (before, after) if each]
        return CENTURY + after[0] + 1 if after else None, CENTURY + before[0] - 1 if before else None, at
    if (decade := _number(patterns["decade"], text)) is not None:  # 四十年代, 四零后
        first = CENTURY + (decade[0] if decade[0] >= 10 else decade[0] * 10)
        return first, first + 9, [decade[1]]
    older, younger = _number(patterns["older"], text), _number(patterns["younger"], text)
    at = [each[1] for each in (older, younger) if each]
    return (
        year - younger[0] + 1 if younger and (older is None or younger[0] > older[0]) else None,
        year - older[0] if older else None,
        at,
    )


def _number(patterns: Sequence[str], text: str) -> tuple[int, Place] | None:
    for pattern in patterns:
        match = re.search(pattern, text)
        if match and (value := chinese_number(match["n"])) is not None:
            return value, match.span()
    return None
