"""Writing a roster that was read: who is new is entered, who is known is brought up to date, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import log, members
from storage.members import Member
from storage.roster.reading import Roster, words
from storage.roster.rows import Fault, Person

PARTICULARS = ("gender", "birth_year", "phone", "address", "called", "frail", "dues_fen")


@dataclass(frozen=True)
class Taken:
    """What taking a roster over did, or would do."""

    added: tuple[str, ...]
    """Names of those who are new."""
    changed: tuple[str, ...]
    """Names of those whose particulars changed."""
    unchanged: int
    """How many were as they stood."""


@dataclass(frozen=True)
class _Change:
    person: Person
    known: Member | None
    values: dict[str, str | int]


def check_roster(db: Database, branch_id: int, roster: Roster) -> tuple[Fault, ...]:
    """What is wrong, those rows included that fit several members of the branch and nobody more than the other."""
    standing = members.members(db, branch_id)
    unclear = [
        Fault(person.row, "namesakes", "name", person.name)
        for person in roster.people
        if len(_known(person, standing)) > 1
    ]
    return (*roster.faults, *unclear)


def look_at_roster(db: Database, branch_id: int, roster: Roster) -> Taken:
    """What taking it over would do; writes nothing."""
    return _taken(_changes(db, branch_id, roster.people))


def take_roster(db: Database, branch_id: int, roster: Roster, now: datetime, actor_id: int | None) -> Taken:
    """Write everybody of a roster without faults, and one line in the log; inside the caller's transaction."""
    changes = _changes(db, branch_id, roster.people)
    for change in changes:
        if change.known is None:
            new = members.add_member(db, branch_id, change.person.name, now)
            db.table("member").update(new, change.values)
        elif change.values:
            db.table("member").update(change.known.id, change.values)
    taken = _taken(changes)
    counts = {"added": len(taken.added), "changed": len(taken.changed)}
    sentence = str(words()["log"]["roster_imported"]).format(**counts)
    log.append(
        db,
        branch_id=branch_id,
        at=now,
        kind="roster_imported",
        sentence=sentence,
        actor_id=actor_id,
        channel="desk",
        fields=counts,
    )
    return taken


def _changes(db: Database, branch_id: int, people: Sequence[Person]) -> list[_Change]:
    standing = members.members(db, branch_id)
    changes = []
    for person in people:
        known = next(iter(_known(person, standing)), None)
        given = {name: value for name in PARTICULARS if (value := getattr(person, name)) not in (None, "")}
        if known is not None:
            given = {name: value for name, value in given.items() if getattr(known, name) != value}
        changes.append(_Change(person, known, given))
    return changes


def _known(person: Person, standing: Sequence[Member]) -> list[Member]:
    """The members this row can be about: of that name, and of the same year or number where both sides have one."""
    found = [each for each in standing if each.name == person.name and _may_be(each, person)]
    sure = [each for each in found if each.phone and each.phone == person.phone]
    sure = sure or [each for each in found if each.birth_year and each.birth_year == person.birth_year]
    return sure or found


def _may_be(member: Member, person: Person) -> bool:
    return not (member.birth_year and person.birth_year and member.birth_year != person.birth_year)


def _taken(changes: Sequence[_Change]) -> Taken:
    added = tuple(change.person.name for change in changes if change.known is None)
    changed = tuple(change.person.name for change in changes if change.known and change.values)
    return Taken(added, changed, len(changes) - len(added) - len(changed))
