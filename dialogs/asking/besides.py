"""What only sounds like a question to the books: who heard a document, what waits for a yes, what the day asks for."""

from __future__ import annotations

import re
from datetime import timedelta

from dialogs import words
from dialogs.documents.heard_by import asks_what_heard, asks_who_heard, heard_by, heard_what, names_document
from dialogs.officers import audience, digest
from dialogs.officers.applicants import asks_what_waits, waiting_told
from dialogs.sessions.whom import named_in
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Slots
from storage import news
from storage.questions import Asker

A_DAY = timedelta(days=1)


def besides(wish: Wish, desk: Desk) -> Outcome | None:
    """The answer, or the order that it was; None for a question that the books answer."""
    if wish.text_slot("step") == "today":
        return _today(desk)
    if (listened := _who_listened(wish, desk)) is not None:
        return listened
    if asks_what_heard(wish.text) and (heard := _what_heard(wish, desk)):
        return Done("answer", {"said": heard})
    if asks_what_waits(wish.text):
        return Done("answer", {"said": waiting_told(desk)})
    if message := audience.ordered(wish.text):
        return NotMine(Wish("broadcast", {"text": message}, wish.text))
    if any(re.search(cue, wish.text) for cue in words.lists("asking", "visit_to_write")["orders"]):
        return NotMine(Wish("care_done", _as_said(wish), wish.text, doubts=wish.doubts))
    if any(re.search(cue, wish.text) for cue in words.lists("asking", "roll_to_write")["orders"]):
        return NotMine(Wish("attendance_record", _as_said(wish), wish.text))
    return None


def _as_said(wish: Wish) -> Slots:
    """The day of the roll, which a question takes for a stretch."""
    when = {"when": wish.slots["period"]} if "period" in wish.slots else {}
    return {name: value for name, value in wish.slots.items() if name != "period"} | when


def asks_how_they_are(wish: Wish) -> bool:
    """Whether it is asked how somebody named is, and nothing of sessions or dues."""
    cues = words.lists("asking", "how_they_are")
    asked = any(cue in wish.text for cue in cues["asks"]) and not any(cue in wish.text for cue in cues["of_else"])
    return asked and "person" in wish.slots


def _today(desk: Desk) -> Outcome:
    """今天有什么事: what the morning's message tells, as it is now; it names the ill, so who cares hears it."""
    officer = next((each for each in desk.officers if each.id == desk.speaker.id), None)
    if officer is None or not Asker(desk.speaker.id, desk.now).cares(desk.db):
        return NotMine()
    since = news.last_told(desk.db, desk.branch_id) or desk.now - A_DAY
    found = digest.items(desk, since)
    desk.log("read_health", source="asking", name=desk.speaker.name, count=len(found))
    return Done("answer", {"said": digest.spoken(officer.spoken, found)})


def _who_listened(wish: Wish, desk: Desk) -> Done | None:
    """Who heard a document: it may sound like any question (谁没听 like 谁没来), but it names the document.

    A search of the log alone may mean the newest without a name; 谁没听完 after a study session means the session.
    """
    if not asks_who_heard(wish.text) or not (wish.intent == "query_log" or names_document(wish.text, desk)):
        return None
    told = heard_by(wish.text, desk)
    return Done("answer", {"said": told.text}, table=told.table) if told else None


def _what_heard(wish: Wish, desk: Desk) -> str:
    """What each of those who are named listened to."""
    return "".join(heard_what(each, desk) or "" for each in named_in(wish.text, desk))
