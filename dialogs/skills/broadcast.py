"""An officer tells everybody, or a group, something: read back first, for it cannot be called back."""

from __future__ import annotations

from dialogs.officers import broadcasting
from dialogs.officers.audience import audience, of_name
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish


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
    return broadcasting.tell(text, people, desk)
