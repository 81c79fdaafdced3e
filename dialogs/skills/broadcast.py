"""An officer tells everybody, or a group, something: read back first, for it cannot be called back."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.audience import Audience, audience, of_name
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from storage import broadcasts
from storage.log import About


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read the words back with the number of people, and on a yes put a message to each into the outbox."""
    text = (wish.text_slot("words") or wish.text_slot("text")).strip("，。！ ")
    if not text:
        return Ask("what", "words", optional=True)
    kept = wish.text_slot("audience")
    people = of_name(kept, desk) if kept else audience(wish.text, desk)
    if not people.people:
        return Done("nobody")
    said = {"text": text, "count": str(len(people.people))}
    if not wish.confirmed:
        return Confirm(f"read_back_{people.name}", said, {"words": text, "audience": people.name})
    return _send(text, people, desk)


def _send(text: str, people: Audience, desk: Desk) -> Done:
    branch = desk.speaker.branch_id
    key = broadcasts.add(desk.db, branch, people.name, text, desk.speaker.id, desk.now)
    sender = next((officer.spoken for officer in desk.officers if officer.id == desk.speaker.id), desk.speaker.name)
    news = words.load("skills/broadcast", "news").say("news", officer=sender, text=text)
    for member_id in people.people:
        notify.tell_member(desk, broadcasts.key_of(key, member_id), member_id, news, lane="routine")
    written = broadcasts.deliveries(desk.db, branch, key)
    entry = desk.log("sent", About("broadcast", key), text=text, count=len(written), officer=desk.speaker.name)
    effects = (Effect("broadcast", "broadcast", key), Effect("logged", "entry", entry.id))
    return Done("sent", {"text": text, "count": str(len(written))}, effects)
