"""Who is in need, and as what the speaker reports it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import apart, words
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Option, Wish
from storage import members
from storage.care import ReporterKind
from storage.members import Member


def who(wish: Wish, desk: Desk) -> tuple[Member | None, list[Member]]:
    """Who is in need: (a member, nobody else), or (None, those who sound alike). Unnamed is the speaker."""
    branch = desk.speaker.branch_id
    alike = [each for name in wish.doubts.get("person", ()) for each in members.named(desk.db, branch, name)]
    if len(alike) > 1:
        return None, alike
    if stranger(wish):
        return None, []
    said = wish.slots.get("person")
    name = said[0] if isinstance(said, tuple) and said else said
    if not isinstance(name, str):
        return desk.speaker, []
    named = members.named(desk.db, branch, name)
    return (named[0], []) if len(named) == 1 else (None, named)


def stranger(wish: Wish) -> str:
    """Somebody whom nobody names, in the words in which they were called (楼下有个老头); empty for the speaker."""
    if "person" in wish.slots or wish.doubts:
        return ""
    found = re.search(words.lists("care/caring", "cues")["stranger"][0], wish.text)
    return found[0] if found else ""


def reporter_kind(wish: Wish, desk: Desk) -> ReporterKind:
    """As what the speaker reports: an officer, the family on the member's own phone, or a member."""
    if any(officer.id == desk.speaker.id for officer in desk.officers):
        return "secretary"
    family = words.lists("care/caring", "cues")["family"]
    return "family" if any(re.search(cue, wish.text) for cue in family) else "member"


def which(key: str, rivals: Sequence[Member], told: str, case_id: int, effects: tuple[Effect, ...] = ()) -> Ask:
    """Ask which of those who sound alike is in need, each named with what tells them apart."""
    options = tuple(Option(apart.label(each, rivals), {"person": each.name, "member": each.id}) for each in rivals)
    names = tuple(each.name for each in rivals)
    return Ask(
        key, "person", {"told": told, "who": apart.said(rivals)}, options, effects, {"case": case_id, "rivals": names}
    )
