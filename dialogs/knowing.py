"""The four-knows card (四知道) as an officer keeps it: a part written or confirmed, with a line in the log."""

from __future__ import annotations

from dialogs import words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import cards
from storage.log import About
from storage.members import Member

OWN = "knowing"
"""The file with the words."""


def write(person: Member, part: str, text: str, desk: Desk) -> Done:
    """Write what is known of a member, confirmed now; the same words again confirm them."""
    before = {each.part: each.text for each in cards.own(desk.db, person.id)}
    cards.write(desk.db, person.id, part, text, desk.speaker.id, desk.now)
    key = "confirmed" if before.get(part) == text else "written"
    what = words.load(OWN, "words").say(part)
    entry = desk.log(
        f"card_{key}", About("card", person.id), person.id, OWN,
        officer=desk.speaker.name, name=person.name, what=what, text=text,
    )  # fmt: skip
    return Done(key, {"name": person.name, "what": what}, (Effect("logged", "entry", entry.id),))
