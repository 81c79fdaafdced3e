"""What the words of a question hold before its cues are looked for: names, times, what is denied, what is excepted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs import words
from dialogs.asking.clauses import clauses_of, tells
from dialogs.asking.periods import find_periods
from dialogs.asking.sounded import SHARED, respelt
from dialogs.skill import Desk
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from dialogs.understanding.sound import syllables
from dialogs.understanding.times import Time, find_times
from storage.questions.people import Particulars

SHORTEST = 3
"""Characters from which something may be a question."""


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
    sides: bool = False
    """Whether the times were read as questions say them (two beside each other, 国庆以后): no other reading counts."""
    alike: tuple[Particulars, ...] = ()
    """Who is called by the same sounds as somebody named, where it was heard."""
    both: bool = False
    """Whether both of two that sound alike were named."""
    either: tuple[Particulars, ...] = ()
    """Who may be meant by a surname that several have (老牛); empty where one can only be meant."""
    cut: bool = False
    """Whether something was told beside the question: what was found in it before counts no more."""
    visited: frozenset[str] = frozenset()
    """Who stands after a word of visiting (去看小于的是谁): they were visited, and are none who went."""


def spoken_words(said: str, desk: Desk, roster: Sequence[Particulars]) -> Words:
    """Take the words apart."""
    said = respelt(said) if desk.recording_id is not None else said
    for local, common in words.lists(SHARED, "dialect").items():
        said = said.replace(local, common[0])
    for pattern, common in words.lists(SHARED, "written").items():
        said = re.sub(pattern, common[0], said)
    before, told = said, _without_asides(said)
    said = _without_taken_back(told, [each.name for each in roster])
    people = tuple(Person(each.name, each.gender, each.birth_year) for each in roster)
    named = find_people(said, (), people, desk.profile.region)
    sure = [who for who in named if not who.loose] or [who for who in named if not who.rivals]
    either = () if sure else tuple(name for who in named[:1] for name in (who.person, *who.rivals))
    sure = sure or list(named[:1])
    begin, finish, excepted = _excepted(said)
    inside = {who.person.name for who in sure if begin <= who.begin < finish}
    outside = {who.person.name for who in sure if not who.speaker} - inside
    outside |= {each.name for each in either}
    names = [said[who.begin : who.finish] for who in sure]
    sides = _two_sides(said, desk, names)
    times: Sequence[Time]
    times, own = (sides, True) if sides else find_periods(said, desk.now, names)
    visiting = words.lists(SHARED, "patterns")["before_whom"][0]
    now = words.lists(SHARED, "cues")["now"]
    # 二十五号的现在报了几个 and 上午九点的活动 have no stretch of their own in 现在 and 九点.
    times = [each for each in _of_the_question(times, said) if each.matched not in now and each.day_said]
    return Words(
        without_denied(_without(said[:begin] + said[finish:], names)),
        tuple(each for each in roster if each.name in outside),
        times,
        tuple(each for each in roster if each.name in inside),
        _without(excepted, names),
        own or told != before,
        _sounding_alike(outside, roster) if desk.recording_id is not None and not _spelt_out(said) else (),
        _both_named(said, outside),
        tuple(each for each in roster if each.name in {one.name for one in either}),
        told != before,
        frozenset(who.person.name for who in sure if re.search(visiting, said[: who.begin])),
    )


def _without_taken_back(said: str, names: Sequence[str]) -> str:
    """李秀英，不对，黎秀英, 九月，哦不，十月: what was said before that it is wrong, where it is said anew after it."""
    for pattern in words.lists(SHARED, "denied")["slips"]:
        said = re.sub(pattern, "", said)
    for pattern in words.lists(SHARED, "denied")["taken_back"]:
        match = re.search(pattern, said)
        if match and any(name in said[match.end() :] for name in names):
            before = said[: match.start()]
            for name in names:
                before = before.replace(name, "")
            return f"{before}，{said[match.end() :]}"
    return said


def _without_asides(said: str) -> str:
    """The question without why it is asked: 老干局要我们报, 刚才上级来电话问; whole where nothing else is said."""
    left = said
    for pattern in words.lists(SHARED, "denied")["asides"]:
        left = re.sub(pattern, "", left)
    return left if len(left.strip("，。？！ ")) > SHORTEST else said


def _of_the_question(times: Sequence[Time], said: str) -> Sequence[Time]:
    """The times without those of a story (昨天老李跟我说), where the question has one of its own."""
    stories = [each for each in clauses_of(said) if tells(said[slice(*each)])]
    own = [each for each in times if not any(begin <= each.begin < end for begin, end in stories)]
    return own or times


def _sounding_alike(named: set[str], roster: Sequence[Particulars]) -> tuple[Particulars, ...]:
    """Others whose names sound as those that were heard: 许卫东 is written 徐卫东 by whoever only hears it."""
    heard_ = {tuple(syllables(name)) for name in named}
    return tuple(each for each in roster if each.name not in named and tuple(syllables(each.name)) in heard_)


def _both_named(said: str, named: set[str]) -> bool:
    """Whether one name was heard twice, as two that sound alike are: 徐卫东和徐卫东."""
    joined = words.lists(SHARED, "sound")["joined"]
    return any(f"{name}{word}{name}" in said for name in named for word in joined)


def _spelt_out(said: str) -> bool:
    """Whether the speaker says which of two it is: 弓长张."""
    return any(hint in said for hint in words.lists(SHARED, "sound")["spelling"])


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
