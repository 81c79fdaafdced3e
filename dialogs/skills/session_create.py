"""An officer puts a session on the calendar: what is missing is asked, what was made is said and can be taken back.

One that was held already is entered afterwards, where that was said (补记) or is meant once it is asked.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs import which_day, words
from dialogs.sessions import altering, calling_off, convening, moving, titles
from dialogs.sessions.altering_words import usual_place
from dialogs.skill import Ask, Confirm, Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import SlotValue, Span
from dialogs.understanding.slots import find_span
from dialogs.understanding.times import as_span, find_time, say_time
from storage import members, sessions

FAR = timedelta(days=180)
"""A day so far ahead is looked at again: it may have been meant as one that lies behind."""
OWN = "skills/session_create"
TAKEN_FOR = frozenset(("", "session_create", "session_list", "session_register", "document_listen", "out_of_scope"))
"""What 学习新党章，地点老地方 may sound like, after a session was made."""
CALLED_IN = "attendance_record"
"""The intent with which a roll is called."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Make the session that was said; a second 不对 takes it off the calendar again."""
    if made := wish.key_slot("made"):
        return _take_back(made, desk)
    if own := _own_place(wish):
        return NotMine(own)
    if wish.text_slot("step") == "details":
        return _details(wish, desk)
    altered = altering.alter(wish, desk)
    if altered or wish.text_slot("step") == "alter":
        return altered if altered and members.is_officer(desk.db, desk.speaker, desk.now) else NotMine()
    known = which_day.asked(wish, desk)
    return known if isinstance(known, Ask) else _create(known, desk)


def _own_place(wish: Wish) -> Wish | None:
    """What an officer says of their own place, or of another's: it makes no session."""
    cues = words.lists(OWN, "cues")
    for intent in ("session_cancel", "session_register", CALLED_IN):
        if any(re.search(each, wish.text) for each in cues[intent]):
            return Wish(intent, wish.slots, wish.text)
    return None


def _create(wish: Wish, desk: Desk) -> Outcome:
    late = any(cue in wish.text for cue in words.lists(OWN, "cues")["late"])
    when = _past(wish, desk) if late else _nearer(wish, desk)
    if not isinstance(when, Span) or not when.start:
        return Ask("when", "when")
    if when.end is None and _last(when).date() == desk.now.date() and not _day_said(wish, desk):
        return Ask("what_day", "when", slots={"clock": desk.said})  # 三点 alone is no day to gather people on
    start = convening.starts(when, wish.text_slot("clock"))
    if start is None and not convening.too_late(_last(when), desk):
        day = say_time(datetime.fromisoformat(when.start), desk.now).rpartition("，")[0]
        return Ask("what_time", "clock", {"day": day}, optional=True)
    start = start or _last(when)
    if start <= desk.now and not (late or wish.confirmed or convening.too_late(start, desk)):
        return Confirm("is_late", {"when": say_time(start, desk.now)})
    topic, usual = wish.text_slot("topic") or titles.called(wish.text), titles.usual_in(wish.text)
    topic = usual if topic in usual else topic  # 小组会 of 党小组会
    place = wish.text_slot("place") if wish.text_slot("place") not in usual else ""
    title, kind = titles.title_of(topic, desk), titles.kind_of(f"{topic}{wish.text}")
    done = convening.convene(title, kind, start, desk, place=place)
    if not done.effects:
        return done
    key = done.effects[0].id
    undo = Wish(wish.intent, {"made": key})
    if done.key == "session_made":
        return Done("made", dict(done.words), done.effects, undo, follow=_follow(key))
    roll = {CALLED_IN: Wish(CALLED_IN, {"session": key})}  # whom one names now was at this one, not at a later one
    return Done("made_late", dict(done.words), done.effects, undo, follow=roll)


def _follow(key: int) -> dict[str, Wish]:
    """What is said next without a day belongs to the session that was just made: 地点老地方, 通知大家."""
    about = {"about_session": key}
    return {"details": Wish("session_create", about), "tell": Wish("broadcast", about)}


def _details(wish: Wish, desk: Desk) -> Outcome:
    """What it is about and where it is, of the session that was just made."""
    made = sessions.session(desk.db, desk.branch_id, wish.key_slot("about_session") or 0)
    of_another = wish.text_slot("heard_as") not in TAKEN_FOR or _day_said(wish, desk)
    if made is None or of_another:
        return NotMine()
    topic, place = (find_span(name, wish.intent, wish.text) or "" for name in ("topic", "place"))
    if not topic and not place:
        return NotMine()
    title = titles.title_of(topic, desk) if topic else ""
    return moving.move(made, [], desk, place=usual_place(place, desk) if place else "", title=title)


def _nearer(wish: Wish, desk: Desk) -> SlotValue | None:
    """The time that was said; 十一月八号那次, said in November, is no day of next year but one some days ago."""
    when = wish.slots.get("when")
    if not isinstance(when, Span) or not when.start or _last(when) < desk.now + FAR:
        return when
    past = _past(wish, desk)
    held = past is not None and past.start and _last(past) <= desk.now and not convening.too_late(_last(past), desk)
    return past if held else when


def _day_said(wish: Wish, desk: Desk) -> bool:
    """Whether any of the words name a day, and not only an hour."""
    found = (find_time(text, desk.now) for text in (desk.said, wish.text))
    return any(time is not None and time.day_said for time in found)


def _last(when: Span) -> datetime:
    """The last minute that can be meant."""
    return datetime.fromisoformat(when.end or when.start or "")


def _past(wish: Wish, desk: Desk) -> Span | None:
    """The time of what is over: 十八号 lies behind, where any other session lies ahead."""
    found = find_time(desk.said, desk.now, "past") or find_time(wish.text, desk.now, "past")
    return as_span(found) if found else None


def _take_back(key: int, desk: Desk) -> Outcome:
    made = sessions.session(desk.db, desk.speaker.branch_id, key)
    if made is None or made.state != "planned":
        return Done("gone", {})
    return calling_off.call_off(made, desk)
