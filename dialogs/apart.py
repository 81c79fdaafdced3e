"""People who sound alike: what tells each from the others, said when it is asked who is meant, heard in the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogs import words
from dialogs.understanding.features import bare
from dialogs.understanding.name_hints import name_words, spellings
from dialogs.understanding.numbers import DIGITS
from storage.members import Member


def said(people: Sequence[Member]) -> str:
    """Everybody who may be meant, each with what only they have: 1945年生的王桂兰，还是1948年生的汪桂兰."""
    *first, last = [_called(each, _telling(people)) for each in people]
    return _say("or", first="，".join(first), last=last) if first else last


def label(person: Member, people: Sequence[Member]) -> str:
    """On a button: the name, and what tells them from the others."""
    mark = _mark(person, _telling(people))
    return _say("apart_label", name=person.name, mark=mark) if mark else person.name


def meant(text: str, people: Sequence[Member]) -> Member | None:
    """The one of whom this is told: 大的那个, 四五年生的, 三点水的, 男的; None where it fits nobody or several."""
    ways: tuple[Callable[[str, Sequence[Member]], list[Member]], ...] = (_spelt, _born, _by_age, _by_gender)
    for way in ways if people else ():
        if len(found := way(text, people)) == 1:
            return found[0]
    return None


def _telling(people: Sequence[Member]) -> str:
    """The first thing in which all of them differ; empty where their names are all there is."""
    values: Mapping[str, list[object]] = {
        "year": [each.birth_year for each in people],
        "gender": [each.gender for each in people],
        "written": [_hint(each) for each in people],
    }
    return next((key for key, all_ in values.items() if all(all_) and len(set(all_)) == len(people)), "")


def _called(person: Member, telling: str) -> str:
    mark = _mark(person, telling)
    return _say(f"apart_{telling}", name=person.name, mark=mark) if mark else person.name


def _mark(person: Member, telling: str) -> str:
    if telling == "year" and person.birth_year:
        return _say("mark_year", year=person.birth_year)
    if telling == "gender":
        return _say("mark_gender", gender=person.gender)
    return _hint(person) if telling == "written" else ""


def _hint(person: Member) -> str:
    """How the surname is spelled aloud: 三点水的."""
    known = name_words()["spelled"].get(person.name[:1], [])
    return _say("mark_written", hint=known[0].removesuffix(_say("of"))) if known else ""


def _spelt(text: str, people: Sequence[Member]) -> list[Member]:
    """By how a character of the name is written, whether or not the character itself is said after it."""
    found = []
    for person in people:
        character = person.name[:1]
        known = [hint.removesuffix(_say("of")) for hint in name_words()["spelled"].get(character, [])]
        spelled = any(not each.denied for each in spellings(text, [character]))
        if spelled or any(hint in text for hint in known):
            found.append(person)
    return found


def _born(text: str, people: Sequence[Member]) -> list[Member]:
    digits = "".join(str(DIGITS.get(char, "")) for char in text)
    born = [each for each in people if each.birth_year and len(digits) in (2, 4)]
    return [each for each in born if str(each.birth_year).endswith(digits)]


def _by_age(text: str, people: Sequence[Member]) -> list[Member]:
    if not all(each.birth_year for each in people):
        return []
    years = sorted(each.birth_year or 0 for each in people)
    said_here = bare(text)
    for cue, year in (("older", years[0]), ("younger", years[-1])):
        if any(each in said_here for each in words.lists("care/caring", "cues")[cue]):
            return [each for each in people if each.birth_year == year]
    return []


def _by_gender(text: str, people: Sequence[Member]) -> list[Member]:
    return [each for each in people if each.gender and each.gender in text]


def _say(key: str, **values: str | int) -> str:
    return words.load("care/caring", "words").say(key, **values)
