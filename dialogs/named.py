"""Members of the branch who are named in what was said, without the speaker."""

from __future__ import annotations

from dialogs.skill import Desk
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from storage import members


def others(text: str, desk: Desk) -> list[str]:
    """Their names, in the order of the sentence; 老刘 counts, where he is the only one."""
    roster = tuple(Person(each.name) for each in members.members(desk.db, desk.speaker.branch_id))
    found = [match.person.name for match in find_people(text, (), roster, desk.profile.region)]
    return [name for name in found if name != desk.speaker.name]
