"""What an officer said, with the names as the roster writes them: 榴德服没来 is 刘德福没来."""

from __future__ import annotations

from dialogs.skill import Desk
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from storage import members


def with_names(text: str, desk: Desk) -> str:
    """The text in which every name that was heard stands as it is written; a bare surname stays as it was said."""
    roster = tuple(Person(each.name, each.gender, each.birth_year) for each in members.members(desk.db, desk.branch_id))
    found = [each for each in find_people(text, (), roster, desk.profile.region) if not each.loose and not each.rivals]
    for match in sorted(found, key=lambda each: each.begin, reverse=True):
        text = text[: match.begin] + match.person.name + text[match.finish :]
    return text
