"""Whose leave it is: the speaker's, or somebody's of the roster for whom they ask (我给老刘请个假)."""

from __future__ import annotations

import re

from dialogs import apart, words
from dialogs.skill import Ask, Desk, Option, Wish
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from storage import members
from storage.members import Member


def whose(wish: Wish, desk: Desk) -> Member | tuple[Member, ...]:
    """Who takes the leave; several where it may be any of them."""
    if chosen := wish.key_slot("member"):
        return members.member(desk.db, chosen) or desk.speaker
    everybody = members.members(desk.db, desk.speaker.branch_id)
    roster = tuple(Person(each.name, each.gender, each.birth_year, "") for each in everybody)
    for found in find_people(wish.text, (), roster, desk.profile.region):
        if not found.speaker and _asked_for(wish.text, found.begin, found.finish):
            names = (found.person.name, *(rival.name for rival in found.rivals))
            may_be = tuple(each for each in everybody if each.name in names)
            return may_be if len(may_be) > 1 else may_be[0]
    return desk.speaker


def which(may_be: tuple[Member, ...]) -> Ask:
    """Ask for whom, each named with what tells them apart."""
    options = tuple(Option(apart.label(each, may_be), {"person": each.name, "member": each.id}) for each in may_be)
    return Ask("which_person", "person", {"who": apart.said(may_be)}, options)


def _asked_for(text: str, begin: int, finish: int) -> bool:
    """Whether the leave is for who is named there, and not because of them (我要去看刘德福，请个假)."""
    said = f"{text[:begin]}~{text[finish:]}"
    return any(re.search(cue, said) for cue in words.lists("skills/leave_request", "cues")["for_another"])
