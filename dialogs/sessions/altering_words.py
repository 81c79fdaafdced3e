"""What is said of a planned session: 星期三的学习推迟到星期四, 改到二楼会议室, 纪念馆闭馆不去了."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs import words
from dialogs.skill import Desk
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import Slots
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.slots import find_span
from dialogs.understanding.times import as_span, find_time
from storage import sessions

OWN = "sessions/altering"
"""The file with the patterns."""
LONGEST_PLACE = 12
"""Characters of what is nothing but a place: 改到二楼会议室."""
HOURS = {"hours": 1, "days": 24, "weeks": 7 * 24}
"""How long each unit is; the words for them stand in the file."""
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Said:
    """The parts of such a sentence."""

    which: str
    """The words before the change: they name the session."""
    off: bool
    """Whether it is called off."""
    to: str
    """The words that tell when it is to be."""
    place: str
    """Where it is to be; empty where that was not said."""
    everybody: bool
    """Whether all are to be told."""


def said_of(text: str) -> Said | None:
    """The sentence in its parts; None where nothing is changed in it."""
    everybody = _search("everybody", text) is not None
    move, off = _search("move", text), None if _search("own", text) else _search("off", text)
    if move is None and off is None:
        return None
    if move is None or (off is not None and off.start() < move.start()):
        which = text[: off.start()] if off else ""
        return Said(which or text[off.end() :] if off else "", True, "", "", everybody)
    after = text[move.end() :]
    told = _search("telling", after)  # …，通知大家 is no part of where and when
    after = after[: told.start()] if told else after
    return Said(text[: move.start()], False, move["amount"] or after, _place(after), everybody)


def names_session(which: str, now: datetime) -> tuple[Slots, bool]:
    """The day that was said of it, and whether it was called a session at all."""
    time = find_time(which, now)
    span = as_span(time) if time is not None and time.day_said else None
    return ({"when": span} if span else {}), _search("session", which) is not None


def shifted(start: datetime, to: str, now: datetime) -> datetime | None:
    """When it is to be: another day, another hour of the day, or so much later; None where nothing of it was said."""
    if by := _length(to):
        return start - by if _search("earlier", to) else start + by
    time = find_time(to, now)
    span = as_span(time) if time else None
    if time is None or span is None or not span.start:
        return None
    said = datetime.fromisoformat(span.start)
    exact = span.end is None
    if not time.day_said:
        return start.replace(hour=said.hour, minute=said.minute) if exact else None
    if span.end and datetime.fromisoformat(span.end).date() != said.date():
        return None
    return said if exact else said.replace(hour=start.hour, minute=start.minute)


def usual_place(place: str, desk: Desk) -> str:
    """老地方 is where the last session was that had a place."""
    if place not in words.lists(OWN, "cues")["usual_place"]:
        return place
    held = sessions.between(desk.db, desk.branch_id, desk.now - A_YEAR, desk.now + A_YEAR)
    return next((each.place for each in reversed(held) if each.place), place)


def _length(to: str) -> timedelta | None:
    match = _search("length", to)
    if match is None:
        return None
    number = 0.5 if match["n"] == "半" else chinese_number(match["n"])
    if number is None:
        return None
    units = words.lists(OWN, "cues")
    hours = next((hours for name, hours in HOURS.items() if match["unit"] in units[name]), 0)
    return timedelta(hours=number * hours)


def _place(after: str) -> str:
    """A place among the words after the change, or all of them where they are nothing else."""
    if _search("unchanged", after):
        return ""
    found = find_span("place", "session_create", after)
    if found:
        return re.sub(words.lists(OWN, "patterns")["before_place"][0], "", found)
    match = _search("to_place", after)
    return bare(match["place"]) if match and len(match["place"]) <= LONGEST_PLACE else ""


def _search(name: str, text: str) -> re.Match[str] | None:
    for pattern in words.lists(OWN, "patterns")[name]:
        if match := re.search(pattern, text):
            return match
    return None
