"""The roster as an officer keeps it, member by member; each change is a line in the log with what stood there before.

What stood there is the member's own: it lies in the content of an entry about them, and goes when they are erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs import words
from dialogs.officers.roster_form import HEALTH, OWN, as_written, read_day
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import members, own_days, particulars
from storage.database import present
from storage.log import About
from storage.particulars import Particulars


class Overtaken(Exception):
    """Somebody else has changed some of the same fields meanwhile; the argument is their names."""


def add(values: Mapping[str, str], joined: date, desk: Desk) -> Done:
    """Enter one new member with what was written of them."""
    key = members.add_member(desk.db, desk.branch_id, values["name"], desk.now)
    particulars.set_joined(desk.db, key, joined)
    person = _person(key, desk)
    standing = as_written(person, desk.db)
    for field, value in values.items():
        if value != standing[field]:
            _write(person, field, value, desk)
    entry = desk.log("member_added", About("member", key), key, OWN, officer=desk.speaker.name, name=person.name)
    effects = (Effect("member_added", "member", key), Effect("logged", "entry", entry.id))
    return Done("added", {"name": values["name"]}, effects, source=OWN)


def change(person: Particulars, was: Mapping[str, str], now: Mapping[str, str], desk: Desk) -> Done:
    """Write the fields that were changed, each with its own entry; nothing where somebody was quicker.

    `was` is what stood in the form when it was opened. Raises Overtaken where a changed field has been written by
    somebody else since then, and to something else.
    """
    standing = as_written(person, desk.db)
    wanted = {field: value for field, value in now.items() if value != was.get(field, standing[field])}
    overtaken = [
        field for field, value in wanted.items() if standing[field] not in (was.get(field, standing[field]), value)
    ]
    if overtaken:
        raise Overtaken(tuple(overtaken))
    effects = [
        _changed(person, field, standing[field], value, desk)
        for field, value in wanted.items()
        if value != standing[field]
    ]
    if not effects:
        return Done("unchanged", {"name": person.name}, source=OWN)
    fields = "、".join(called(field) for field, value in wanted.items() if value != standing[field])
    changed = Effect("particulars", "member", person.id)
    return Done("changed", {"name": now.get("name", person.name), "fields": fields}, (changed, *effects), source=OWN)


def called(field: str) -> str:
    """How a field is called on a page and in the log."""
    return words.load(OWN, "fields").say(field)


def _changed(person: Particulars, field: str, before: str, after: str, desk: Desk) -> Effect:
    _write(person, field, after, desk)
    kind = "care_particular" if field in HEALTH else "particular"
    entry = desk.log(
        kind, About("member", person.id), person.id, OWN,
        officer=desk.speaker.name, name=person.name, field=called(field),
        before=_said(field, before, desk), after=_said(field, after, desk),
    )  # fmt: skip
    return Effect("logged", "entry", entry.id)


def _said(field: str, value: str, desk: Desk) -> str:
    """A field's value as the log has it."""
    say = words.load(OWN, "words").say
    if field == "frail":
        return say("yes" if value == "1" else "no")
    if not value:
        return say("empty")
    if field == "liaison":
        return _person(int(value), desk).name
    return say("yuan", amount=value) if field == "dues" else value


def _write(person: Particulars, field: str, value: str, desk: Desk) -> None:
    if field in own_days.KINDS:
        day = read_day(value)
        if day is None:
            own_days.forget(desk.db, person.id, field)
        else:
            own_days.set_day(desk.db, person.id, field, day.month, day.day, lunar=bool(day.lunar), year=day.year)
    elif field == "liaison":
        particulars.write(desk.db, person.id, "liaison_id", int(value) if value else None)
    elif field == "dues":
        particulars.write(desk.db, person.id, "dues_fen", round(float(value) * 100) if value else None)
    elif field == "birth_year":
        particulars.write(desk.db, person.id, field, int(value) if value else None)
    elif field == "frail":
        particulars.write(desk.db, person.id, field, int(value == "1"))
    else:
        particulars.write(desk.db, person.id, field, value)


def _person(key: int, desk: Desk) -> Particulars:
    return present(particulars.of(desk.db, desk.branch_id, key), "the member")
