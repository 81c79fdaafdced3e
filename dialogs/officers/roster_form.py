"""What an officer writes of a member, read as a roster is read; what cannot be used is named by its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from dialogs import words
from storage import own_days
from storage.own_days import OwnDay
from storage.particulars import Particulars
from storage.roster.reading import words as roster_words
from storage.roster.rows import read_person

OWN = "officers/roster_keeping"
"""The file with the words."""
FIELDS = (
    "name", "gender", "birth_year", "birthday", "phone", "address", "called", "party_group", "party_birthday",
    "liaison", "dues", "frail",
)  # fmt: skip
"""What is kept of a member, in the order of the form."""
HEALTH = ("frail",)
"""Fields that only care roles see and write."""
AS_IN_A_ROSTER = {
    "name": "name", "gender": "gender", "birth_year": "birth", "phone": "phone", "address": "address",
    "called": "called", "dues": "dues_quarter",
}  # fmt: skip
"""Field -> the column of a roster that is read in the same way."""
SOMEBODY = "x"
"""Stands for a name that cannot be read, so that the rest is."""
LONGEST = 100
LUNAR_MONTH, LEAP_YEAR = 30, 2000


@dataclass(frozen=True)
class Wrong:
    """A field that cannot be used."""

    field: str
    """One of FIELDS."""
    kind: str
    """What is wrong with it, a key of [faults]."""


def as_written(person: Particulars, db: Database) -> dict[str, str]:
    """Field -> what is kept, as it stands in the form."""
    days = {kind: own_days.of_member(db, person.id, kind) for kind in own_days.KINDS}
    return {
        "name": person.name,
        "gender": person.gender,
        "birth_year": str(person.birth_year or ""),
        "birthday": say_day(days["birthday"]),
        "phone": person.phone,
        "address": person.address,
        "called": person.called,
        "party_group": person.party_group,
        "party_birthday": say_day(days["party_birthday"]),
        "liaison": str(person.liaison_id or ""),
        "dues": _yuan(person.dues_fen),
        "frail": str(person.frail),
    }


def read(typed: Mapping[str, str], now: datetime) -> tuple[dict[str, str], list[Wrong]]:
    """What was written, each field as it is kept, and what of it cannot be used."""
    given = {field: re.sub(r"\s+", " ", typed.get(field, "")).strip() for field in FIELDS if field in typed}
    cells = {column: given.get(field, "") for field, column in AS_IN_A_ROSTER.items()}
    person, faults = read_person(1, cells, roster_words(), now.year)
    if person is None and "name" in cells:  # without a name a roster's row is not read; here each field is looked at
        faults = [*faults, *read_person(1, {**cells, "name": SOMEBODY}, roster_words(), now.year)[1]]
    of_column = {column: field for field, column in AS_IN_A_ROSTER.items()}
    wrong = [Wrong(of_column[fault.column], fault.kind) for fault in faults]
    if person is None and not any(each.field == "name" for each in wrong):
        wrong.insert(0, Wrong("name", "name"))
    if person is not None:
        read_as = {
            "name": person.name, "gender": person.gender, "birth_year": str(person.birth_year or ""),
            "phone": person.phone, "address": person.address, "called": person.called, "dues": _yuan(person.dues_fen),
        }  # fmt: skip
        given |= {field: value for field, value in read_as.items() if field in given}
    for field in own_days.KINDS:
        if given.get(field):
            day = read_day(given[field])
            if day is None:
                wrong.append(Wrong(field, "day"))
            else:
                given[field] = say_day(day)
    wrong += [Wrong(field, "too_long") for field, value in given.items() if len(value) > LONGEST]
    return given, wrong


def read_day(text: str) -> OwnDay | None:
    """A day of somebody's own: 3月5日, 农历八月十五 in digits, 1972年7月1日, 1972-07-01; None for what is none."""
    patterns = words.lists(OWN, "patterns")
    lunar = any(cue in text for cue in patterns["lunar"])
    plain = re.sub(r"\s", "", text)
    written = words.load(OWN, "written")
    for cue in written.places():
        plain = plain.replace(cue, written.say(cue))
    for number in range(len(patterns["numbers"]), 0, -1):  # 三十一 before 三十 before 三
        plain = plain.replace(patterns["numbers"][number - 1], str(number))
    found = next((match for pattern in patterns["day"] if (match := re.fullmatch(pattern, plain))), None)
    if found is None:
        return None
    said = found.groupdict()
    month, day = int(said["month"]), int(said["day"])
    year = int(said["year"]) if said.get("year") else None
    try:
        date(year or LEAP_YEAR, month, 1 if lunar else day)
    except ValueError:
        return None
    return OwnDay(0, "", "", month, day, int(lunar), year) if not lunar or 1 <= day <= LUNAR_MONTH else None


def say_day(day: OwnDay | None) -> str:
    """The day as it stands in the form; empty for none."""
    if day is None:
        return ""
    say = words.load(OWN, "words").say
    year = say("year", year=day.year) if day.year else ""
    return say("lunar_day" if day.lunar else "day", year=year, month=day.month, day=day.day)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:.2f}".removesuffix(".00")
