"""A member offers what they can do: read back, then entered in the register of talents."""

from __future__ import annotations

from dialogs import handing
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from storage import talents
from storage.log import About


def act(wish: Wish, desk: Desk) -> Outcome:
    """Ask what it is where that was not said, read it back, and on a yes enter it and tell the officer on duty."""
    kept = handing.keep(wish, desk)
    skill = wish.text_slot("topic")
    if not skill:
        return Ask("what", "topic", slots=kept.slots)
    if any(talent.skill == skill for talent in talents.of_member(desk.db, desk.speaker.id)):
        return Done("already", {"skill": skill})
    if not wish.confirmed:
        return Confirm("read_back", {"skill": skill}, kept.slots)
    talent = talents.offer(desk.db, desk.speaker.id, skill, kept.said, desk.now)
    entry = desk.log("offered", About("talent", talent.id), name=desk.speaker.name, skill=skill, said=kept.said)
    told = handing.note(desk, f"talent:{talent.id}", entry, kept)
    effects = (Effect("offered", "talent", talent.id), Effect("logged", "entry", entry.id))
    return Done("entered", {"skill": talent.skill, "told": told, "name": desk.address}, effects)
