"""What an officer said, with the names as the roster writes them: 榴德服没来, and 阿根、宝珠 of a list."""

from __future__ import annotations

import re
from collections import defaultdict

from dialogs import words
from dialogs.skill import Desk
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from storage import members

FULL = 3
"""Characters of a name whose given part can stand alone."""


def with_names(text: str, desk: Desk) -> str:
    """The text in which every name that was heard stands as it is written; a bare surname stays as it was said."""
    roster = tuple(Person(each.name, each.gender, each.birth_year) for each in members.members(desk.db, desk.branch_id))
    found = [each for each in find_people(text, (), roster, desk.profile.region) if not each.loose and not each.rivals]
    for match in sorted(found, key=lambda each: each.begin, reverse=True):
        text = text[: match.begin] + match.person.name + text[match.finish :]
    for given, names in _listed(text, [each.name for each in roster]).items():
        text = re.sub(f"(?<!{names[0][0]}){given}", names[0], text) if len(names) == 1 else text
    return text


def of_several(text: str, desk: Desk) -> list[str]:
    """The given names of a list that more than one member has: nobody is written down by them."""
    named = [each.name for each in members.members(desk.db, desk.branch_id)]
    return [given for given, names in _listed(with_names(text, desk), named).items() if len(names) > 1]


def _listed(text: str, named: list[str]) -> dict[str, list[str]]:
    """Given names without their family's that stand in a list of them (阿根、宝珠、水官), and who has them."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    for name in named:
        if len(name) == FULL and name not in text and name[1:] in text:
            having[name[1:]].append(name)
    between = words.lists("skills/attendance_record", "patterns")["in_a_list"][0]
    return {
        given: names
        for given, names in having.items()
        if re.search(f"{between}{given}|{given}{between}", text)
        and not any(name[1:] == given and name in text for name in named)
    }
