"""What the words of a question hold before its cues are looked for: names, times, what is denied, what is excepted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs import words
from dialogs.asking.sounded import SHARED
from dialogs.skill import Desk
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from dialogs.understanding.times import Time, find_times
from storage.questions.people import Particulars


@dataclass(frozen=True)
class Words:
    """A question's words, taken apart."""

    text: str
    """What is left to be read: no names, nothing that is denied or excepted."""
    people: tuple[Particulars, ...]
    """Who is named."""
    times: Sequence[Time]
    """Which times."""
    without: tuple[Particulars, ...] = ()
    """Who is excepted."""
    apart: str = ""
    """What else is excepted."""


def spoken_words(said: str, desk: Desk, roster: Sequence[Particulars]) -> Words:
    """Take the words apart."""
    people = tuple(Person(each.name, each.gender, each.birth_year) for each in roster)
    named = find_people(said, (), people, desk.profile.region)
    sure = [who for who in named if not who.loose]
    begin, finish, excepted = _excepted(said)
    inside = {who.person.name for who in sure if begin <= who.begin < finish}
    outside = {who.person.name for who in sure if not who.speaker} - inside
    names = [said[who.begin : who.finish] for who in sure]
    times = _two_sides(said, desk, names) or find_times(said, desk.now, "past", names)
    return Words(
        without_denied(_without(said[:begin] + said[finish:], names)),
        tuple(each for each in roster if each.name in outside),
        times,
        tuple(each for each in roster if each.name in inside),
        _without(excepted, names),
    )


def _two_sides(said: str, desk: Desk, names: Sequence[str]) -> list[Time]:
    """第一季度和第二季度哪个多: two times that are compared are no stretch from the one to the other."""
    for pattern in words.lists(SHARED, "two_sides")["patterns"]:
        if match := re.search(pattern, said):
            sides = [find_times(match[side], desk.now, "past", names) for side in ("one", "other")]
            if all(len(found) == 1 for found in sides) and sides[0][0].start != sides[1][0].start:
                return [*sides[0], *sides[1]]
    return []


def without_denied(text: str) -> str:
    """What is left when everything denied is taken out; the whole text where nothing would be left."""
    left = text
    for pattern in words.lists(SHARED, "denied")["patterns"]:
        left = re.sub(pattern, "", left)
    return left if len(left.strip("，。？！ ")) > 1 else text


def _excepted(said: str) -> tuple[int, int, str]:
    """Where the question leaves something out, and what; nowhere where that is all there is."""
    for pattern in words.lists(SHARED, "excepted")["patterns"]:
        match = re.search(pattern, said)
        if match and len(said) - len(match[0]) > 1:
            return match.start(), match.end(), match["x"]
    return 0, 0, ""


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text
