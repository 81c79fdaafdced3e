"""Who asked to pay less, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.told import Told, heeds, named, say, table
from storage.questions import Asker, dues
from storage.questions.dues import Relief


@heeds("relief", "pending", "approved", "reason")
def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Everybody who asked, those whose application waits or was granted, or what became of somebody's."""
    found = [each for each in dues.reliefs(db, asker) if asked.chosen(each.name)]
    if asked.people:
        return _told(asked, db, asker, _of_people(asked, found, cares=asker.cares(db)), found)
    if asked.has("pending"):
        found = [each for each in found if each.state == "pending"]
    elif asked.has("approved"):
        found = [each for each in found if each.state == "approved"]
    names = tuple(dict.fromkeys(each.name for each in found))
    said = say(asked, "relief_there" if found else "relief_none", count=len(names), names=named(asked, names))
    return _told(asked, db, asker, said, found)


def _told(asked: Asked, db: Database, asker: Asker, said: str, found: Sequence[Relief]) -> Told:
    cares = asker.cares(db)  # the reason is as private as an illness
    rows = [
        (each.name, each.at[:10], each.reason if cares else "", say(asked, f"state_{each.state}")) for each in found
    ]
    names = tuple(dict.fromkeys(each.name for each in found))
    keys, private = tuple(each.id for each in found), cares and any(each.reason for each in found)
    return Told(said, table(asked, "reliefs", rows), names, None, "application", keys, health=private)


def _of_people(asked: Asked, found: Sequence[Relief], *, cares: bool) -> str:
    """What became of the application of each of those named."""
    said = ""
    why = {each.id: say(asked, "because", reason=each.reason) for each in found if cares and asked.has("reason")}
    for person in asked.people:
        own = [each for each in found if each.member_id == person.id]
        said += "".join(
            say(
                asked,
                "relief_of",
                name=person.name,
                day=each.at[5:10],
                state=say(asked, f"state_{each.state}"),
                why=why.get(each.id, ""),
            )
            for each in own
        ) or say(asked, "relief_of_none", name=person.name)
    return said
