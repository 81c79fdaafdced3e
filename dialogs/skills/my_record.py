"""One's own record: how often one came, one's points where the branch keeps them, what one listened to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions import spoken_of
from dialogs.sessions.finding import stretch
from dialogs.sessions.whom import named_in
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish, with_slots
from dialogs.understanding.times import Time, as_span, find_time, say_time
from storage import attendances, hearings, points

MOST_TITLES = 3
"""Titles that an old ear can keep in mind."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Say what stands about the speaker in the stretch that was said, or this year; never about anybody else."""
    cues = words.lists("skills/my_record", "cues")
    if any(re.search(each, wish.text) for each in cues["rule"]):
        return NotMine(Wish("document_listen", {}, wish.text))
    if wish.text_slot("step") == "other_time" and (time := find_time(wish.text, desk.now, "past")):
        wish = with_slots(wish, {"period": as_span(time)})
    denied = wish.text_slot("step") == "disputed" and find_time(wish.text, desk.now, "past") is None
    if denied or any(re.search(each, wish.text) for each in cues["disputed"]):
        return _disputed(wish, desk)
    start, end = _stretch(wish, desk)
    until = min(end, desk.now)
    if wish.text_slot("step") == "missed" or any(re.search(each, wish.text) for each in cues["missed"]):
        return NotMine() if spoken_of.says("session", wish.text) else _missed(start, until, desk)
    said = {
        "other": _say("other") if named_in(wish.text, desk) else "",
        "period": _period(start, end, desk),
        "came": _came(wish.text, start, until, desk),
        "points": _points(wish.text, start, until, desk),
        "listened": _listened(start, until, desk),
    }
    again = Wish(wish.intent, {})
    follow = {"other_time": again, "missed": again, "disputed": again, **({"own": again} if said["other"] else {})}
    return Done("record", said, follow=follow)


def _missed(start: datetime, end: datetime, desk: Desk) -> Done:
    """Which ones the speaker did not come to; of the frail nothing is required, so there is none."""
    states = () if desk.speaker.frail else ("unexplained", "excused")
    missed = [each for each in attendances.of(desk.db, desk.speaker.id, start, end) if each.state in states]
    if not missed:
        return Done("missed_none")
    days = [(datetime.fromisoformat(each.starts_at), each.title) for each in missed[-MOST_TITLES:]]
    told = "；".join(f"{_day(day, desk)}，{title}" for day, title in reversed(days))
    follow = {"disputed": Wish("my_record", {})}
    return Done("missed", {"each": told, "secretary": desk.secretary}, follow=follow)


def _disputed(wish: Wish, desk: Desk) -> Done:
    """九月那次我去了的: whoever keeps the roll hears it in those words; until then it stands as it was written."""
    entry = desk.log("record_disputed", name=desk.speaker.name, said=wish.text)
    told = notify.alert(desk, f"record:{desk.turn}", entry.sentence or "", lane="routine")
    return Done("disputed", {"told": notify.names(told, desk)}, (Effect("logged", "entry", entry.id),))


def _came(text: str, start: datetime, end: datetime, desk: Desk) -> str:
    """Each way of taking part with its count; of the frail nothing is required, so nothing is missed."""
    counted = Counter(each.state for each in attendances.of(desk.db, desk.speaker.id, start, end))
    states = ["attended", "excused", "home_study"] + ([] if desk.speaker.frail else ["unexplained"])
    told = [_say(state, count=counted[state]) for state in states if counted[state]]
    if not counted["excused"] and any(cue in text for cue in words.lists("skills/my_record", "cues")["leave"]):
        told.append(_say("none_excused"))
    return "，".join(told) or _say("nothing")


def _points(text: str, start: datetime, end: datetime, desk: Desk) -> str:
    cues = words.lists("skills/my_record", "cues")
    asked = any(cue in text for cue in cues["points"])
    kept = points.points(desk.db, desk.speaker.id, start, end)
    if kept is None:
        return _say("no_points", secretary=desk.secretary) if asked else ""
    if not asked and not kept.total:
        return ""
    rank = _say("rank", secretary=desk.secretary) if any(cue in text for cue in cues["rank"]) else ""
    return _say("points", total=kept.total, until=_day(datetime.fromisoformat(kept.until), desk)) + rank


def _listened(start: datetime, end: datetime, desk: Desk) -> str:
    titles = hearings.titles_heard(desk.db, desk.speaker.id, start, end)
    named = "、".join(titles[:MOST_TITLES])
    return _say("listened", count=len(titles), titles=named) if titles else ""


def _stretch(wish: Wish, desk: Desk) -> tuple[datetime, datetime]:
    """The stretch that was said, or this year."""
    period = stretch(wish)
    if period is None:
        return datetime(desk.now.year, 1, 1), datetime(desk.now.year, 12, 31, 23, 59)
    start = datetime.fromisoformat(period.start or "")
    return start, datetime.fromisoformat(period.end) if period.end else start.replace(hour=23, minute=59)


def _period(start: datetime, end: datetime, desk: Desk) -> str:
    if (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, desk.now.year):
        return _say("this_year")
    return say_time(Time("period", start, end, "day", "", 0, 0), desk.now)


def _day(day: datetime, desk: Desk) -> str:
    key = "day" if day.year == desk.now.year else "day_year"
    return _say(key, year=day.year, month=day.month, day=day.day)


def _say(key: str, **values: str | int) -> str:
    return words.load("skills/my_record", "parts").say(key, **values)
