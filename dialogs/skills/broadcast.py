"""An officer tells everybody, or a group, something: read back first, for it cannot be called back."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.handlers.putting_right import put_right
from dialogs.officers import broadcasting
from dialogs.officers.audience import OWN, audience, message, of_name
from dialogs.sessions import altering, convening
from dialogs.sessions.finding import spoken
from dialogs.skill import Ask, Confirm, Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.slots import find_span
from dialogs.understanding.times import as_span, find_time, lasting
from storage import sessions


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read the words back with the number of people, and on a yes put a message to each into the outbox."""
    if not wish.text_slot("words") and (session := _session_first(wish, desk)):
        return NotMine(session)
    said = wish.text_slot("text")
    anew = message(said, desk) if said and said in wish.text else said
    text = put_right(wish.text_slot("words"), anew, desk.now).strip("，。！ ")
    text = "" if _tells_nothing(text) else text
    made = wish.key_slot("about_session") or convening.made_just_now(desk)
    if not text and made:
        text = _invitation(made, desk)
    if not text:
        return Ask("what", "words", optional=True)
    kept = wish.text_slot("audience")
    people = of_name(kept, desk) if kept else audience(wish.text.replace(text, ""), desk)
    if not people.people:
        return Done("nobody")
    told = {"text": text, "count": str(len(people.people)), "group": people.about}
    if not wish.confirmed:
        return Confirm(f"read_back_{people.name}", told, {"words": text, "text": text, "audience": people.kept})
    return broadcasting.tell(text, people, desk)


def _tells_nothing(text: str) -> bool:
    """通知大家, 都来: nothing to be told yet."""
    cues = words.lists(OWN, "cues")
    return text in cues["nothing"] or re.fullmatch(cues["only_tells"][0], text) is not None


def _session_first(wish: Wish, desk: Desk) -> Wish | None:
    """学习改到星期四，通知大家 is a session moved, and 星期四开支委会，通知大家都来 one to be made."""
    if altering.alters(wish.text, desk):
        return Wish("session_create", {}, wish.text)
    cues = words.lists(OWN, "cues")
    telling = re.search(cues["announces"][0], wish.text)
    described = wish.text[: telling.start()] if telling else ""
    time = find_time(described, desk.now, "future")
    if time is None or not time.day_said or not any(re.search(each, described) for each in cues["gathers"]):
        return None
    found = {name: find_span(name, "session_create", described) for name in ("topic", "place")}
    slots = {name: value for name, value in found.items() if value}
    return Wish("session_create", {**slots, "when": as_span(time)}, described)


def _invitation(session_id: int, desk: Desk) -> str:
    """The session that was just put on the calendar, as all hear of it."""
    session = sessions.session(desk.db, desk.branch_id, session_id)
    if session is None:
        return ""
    place = words.load(OWN, "parts").say("at_place", place=session.place) if session.place else ""
    return f"{lasting(spoken(session, desk))}{place}"
