"""Who is in need, and as what the speaker reports it."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.skill import Desk, Wish
from storage import members
from storage.care import ReporterKind
from storage.members import Member


def who(wish: Wish, desk: Desk) -> tuple[Member | None, list[Member]]:
    """Who is in need: (a member, nobody else), or (None, those who sound alike). Unnamed is the speaker."""
    branch = desk.speaker.branch_id
    alike = [each for name in wish.doubts.get("person", ()) for each in members.named(desk.db, branch, name)]
    if len(alike) > 1:
        return None, alike
    said = wish.slots.get("person")
    name = said[0] if isinstance(said, tuple) and said else said
    if not isinstance(name, str):
        return desk.speaker, []
    named = members.named(desk.db, branch, name)
    return (named[0], []) if len(named) == 1 else (None, named)


def reporter_kind(wish: Wish, desk: Desk) -> ReporterKind:
    """As what the speaker reports: an officer, the family on the member's own phone, or a member."""
    if any(officer.id == desk.speaker.id for officer in desk.officers):
        return "secretary"
    family = words.lists("care/caring", "cues")["family"]
    return "family" if any(re.search(cue, wish.text) for cue in family) else "member"


def told_apart(person: Member) -> str:
    """Something that tells a namesake apart: the year of birth, where it is known."""
    return (
        words.load("care/caring", "words").say("born", name=person.name, year=person.birth_year)
        if person.birth_year
        else person.name
    )
