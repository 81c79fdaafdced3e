"""What the roster says of somebody, and who on it is as asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.registered import as_asked
from dialogs.asking.told import Told, heeds, named, say, table
from dialogs.money import say_yuan
from dialogs.reply import Table
from dialogs.understanding.phones import find_phone
from storage.questions import Asker
from storage.questions.people import Particulars

FIELDS = ("phone", "address", "age", "birth_year", "gender", "title", "dues", "talents")
"""What can be asked of somebody, in the order in which it is told."""

REGISTER = (
    "no_phone", "no_address", "no_talents", "officers", "frail", "talents", "skills", "surname", "given", "lives_in",
    "age", "birth_year", "gender", "dues", "title", "whole", "address", "phone", "how_many_people", "can",
)  # fmt: skip
"""Cues by which the roster is searched."""


def answer(asked: Asked, _: Database, __: Asker) -> Told:
    """Answer from the roster."""
    if asked.has("older_of", "oldest", "youngest", "mean_age"):
        return _by_age(asked)
    if asked.people:
        return _of_people(asked)
    if phone := find_phone(asked.text):
        return _listed(asked, [each for each in asked.roster if each.phone == phone], "phone_of")
    if asked.has("not_kept"):
        return Told(say(asked, "cannot_all", near=whole(asked).said), whole(asked).table, answered=False)
    there = as_asked(asked)
    if there is None:
        asked.has("whole")
        return whole(asked)
    return _share(asked, there) if asked.has("share") else _listed(asked, there, "there_are")


@heeds(*FIELDS, "particulars", "when_was")
def _of_people(asked: Asked) -> Told:
    """Each of those named: what was asked, or everything that is known."""
    wanted = [field for field in FIELDS if asked.has(field)]
    if asked.group.skills and not wanted:  # 孙守业会不会用电脑
        asked.sure.update(asked.group.places)
        wanted = ["talents"]
    missing = asked.has("not_kept") and not wanted
    asked.has("particulars")
    fields = wanted or FIELDS
    said = say(asked, "not_kept") if missing else ""
    for person in asked.people:
        known = [told for field in fields if (told := _field(asked, person, field))]
        unknown = [say(asked, f"no_{field}") for field in wanted if not _field(asked, person, field)]
        said += say(asked, "person", name=person.name, told="，".join([*known, *unknown]) or say(asked, "nothing"))
    names = tuple(each.name for each in asked.people)
    return Told(said, _table(asked, asked.people), names, None, "member", _keys(asked.people), answered=not missing)


def _field(asked: Asked, person: Particulars, field: str) -> str:
    """One particular in words, empty where it is not known."""
    values = {
        "phone": person.phone, "address": person.address, "age": asked.age(person), "birth_year": person.birth_year,
        "gender": person.gender, "title": person.titles, "talents": person.offers,
        "dues": say_yuan(person.dues_fen) if person.dues_fen else "",
    }  # fmt: skip
    value = values[field]
    return say(asked, f"field_{field}", value=value) if value else ""


@heeds("older_of", "oldest", "youngest", "mean_age", "age", "top")
def _by_age(asked: Asked) -> Told:
    """Who is older, oldest or youngest, or how old they are on the average."""
    people = [each for each in asked.people or asked.roster if each.birth_year and asked.chosen(each.name)]
    if not people:
        return whole(asked)
    if asked.has("mean_age"):
        mean = sum(asked.age(each) or 0 for each in people) / len(people)
        return Told(say(asked, "mean_age", age=f"{mean:.1f}", count=len(people)), _table(asked, people))
    youngest = asked.has("youngest")
    order = sorted(people, key=lambda each: each.birth_year or 0, reverse=youngest)
    last = order[min(asked.number("top") or 1, len(order)) - 1].birth_year or 0
    there = [each for each in order if ((each.birth_year or 0) >= last if youngest else (each.birth_year or 0) <= last)]
    names = tuple(each.name for each in there)
    said = say(
        asked, "youngest" if youngest else "oldest", names=named(asked, names), year=there[0].birth_year or 0,
        age=asked.age(there[0]) or 0,
    )  # fmt: skip
    if len({each.birth_year for each in there}) > 1:
        told = [say(asked, "aged", name=each.name, age=asked.age(each) or 0) for each in there]
        said = say(asked, "youngest_some" if youngest else "oldest_some", count=len(there), names=named(asked, told))
    shown = people if len(asked.people) > 1 else there
    return Told(said, _table(asked, shown), names, None, "member", _keys(there))


@heeds(*REGISTER, "share")
def _share(asked: Asked, there: Sequence[Particulars]) -> Told:
    """How many of the whole branch they are, in percent."""
    told = _listed(asked, there, "there_are")
    percent = round(100 * len(there) / len(asked.roster)) if asked.roster else 0
    said = say(asked, "share", count=len(there), all=len(asked.roster), percent=percent)
    return replace(told, said=said, heeds=())


def _listed(asked: Asked, there: Sequence[Particulars], key: str) -> Told:
    names = tuple(each.name for each in there)
    said = say(asked, key if there else "there_are_none", count=len(there), names=named(asked, names))
    sure = bool(there) or not asked.spoken  # 姓程的 may have been 姓陈的
    return Told(said, _table(asked, there), names, None, "member", _keys(there), answered=sure, heeds=REGISTER)


def listed(asked: Asked) -> Told:
    """The members of the group that was named, or everybody."""
    if not asked.narrowed:
        return whole(asked)
    return _listed(asked, [each for each in asked.roster if asked.chosen(each.name)], "there_are")


@heeds("whole", "each_gender", "particulars", "each", "more_of")
def whole(asked: Asked) -> Told:
    """How many there are."""
    if asked.group.both:
        asked.has("each_gender")
        asked.sure.update(asked.group.places)
    women = sum(each.gender == say(asked, "woman") for each in asked.roster)
    men = sum(each.gender == say(asked, "man") for each in asked.roster)
    return Told(say(asked, "whole", count=len(asked.roster), women=women, men=men), _table(asked, asked.roster))


def _table(asked: Asked, people: Sequence[Particulars]) -> Table:
    return table(
        asked,
        "people",
        [
            (each.name, each.gender, asked.age(each), each.phone, each.address, each.titles, each.offers)
            for each in people
        ],
    )


def _keys(people: Sequence[Particulars]) -> tuple[int, ...]:
    return tuple(each.id for each in people)
