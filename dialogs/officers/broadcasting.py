"""Telling many people something: a row each in the outbox, one line in the log."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.officers.audience import Audience
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import broadcasts
from storage.log import About

OWN = "officers/broadcasting"
"""The file with the words."""


def tell(text: str, people: Audience, desk: Desk) -> Done:
    """Put a message to each of the people into the outbox, behind every alert and reply."""
    branch = desk.speaker.branch_id
    key = broadcasts.add(desk.db, branch, people.name, text, desk.speaker.id, desk.now)
    sender = next((officer.spoken for officer in desk.officers if officer.id == desk.speaker.id), desk.speaker.name)
    news = words.load(OWN, "words").say("news", officer=sender, text=text)
    for member_id in people.people:
        notify.tell_member(desk, broadcasts.key_of(key, member_id), member_id, news, lane="routine")
    count = len(broadcasts.deliveries(desk.db, branch, key))
    entry = desk.log("sent", About("broadcast", key), None, OWN, officer=desk.speaker.name, text=text, count=count)
    effects = (Effect("broadcast", "broadcast", key), Effect("logged", "entry", entry.id))
    return Done("sent", {"text": text, "count": str(count)}, effects, source=OWN)
