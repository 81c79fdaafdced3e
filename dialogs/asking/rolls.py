"""Which sessions a question is about, and who was how at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.stretches import Stretch, spoken, this_year
from dialogs.asking.told import WHEN, say
from storage.questions import Asker, attendance
from storage.questions.attendance import Line
from storage.sessions import Session

STATES = ("home_study", "unexplained", "excused", "absent", "attended")
"""In this order, for 没请假也没来 holds 请假, and 没来 holds 来."""
COUNTED = (WHEN, "topics", "last_few")
"""Cues that `counted` heeds."""
CHOSEN = (*COUNTED, "last", "before_last", "lately", "last_of", "first_of")
"""Cues that `chosen_sessions` heeds."""
LATELY = timedelta(days=90)
"""How far 最近 looks back."""


def chosen_sessions(asked: Asked, db: Database, asker: Asker) -> list[Session]:
    """The sessions that are asked about: of the stretch and the kind that were said, else the last that was held."""
    if asked.stretch is not None:
        stretch = until_now(asked.stretch, asked.now)
        held = attendance.held(db, asker, stretch.start, stretch.end)
        found = of_topic(asked, held) if len(held) > 1 else held
        return found[-1:] if asked.has("last_of") else found[:1] if asked.has("first_of") else found
    held = of_topic(asked, attendance.held(db, asker, asked.now - timedelta(days=400), asked.now))
    if several := asked.number("last_few"):
        return held[-several:]
    if asked.has("lately"):
        return [each for each in held if each.start >= asked.now - LATELY]
    return held[-2:-1] if asked.has("before_last") else held[-1:]


def of_topic(asked: Asked, held: Sequence[Session]) -> list[Session]:
    """Those of the kind that was named, where one was: none, rather than others, where there is none of the kind."""
    named = topics(asked)
    return [each for each in held if any(topic in each.title for topic in named)] if named else list(held)


def topics(asked: Asked) -> list[str]:
    """The kinds of session that were named, each by its longest name."""
    named = sorted(dict.fromkeys(asked.named("topics")), key=asked.text.find)
    return [topic for topic in named if not any(topic != other and topic in other for other in named)]


def counted(asked: Asked, db: Database, asker: Asker) -> tuple[Stretch, list[Session], list[Line]]:
    """The stretch that was said, or this year, its sessions, and how those asked about were there."""
    stretch = until_now(asked.stretch or this_year(asked.now), asked.now)
    held = attendance.held(db, asker, stretch.start, stretch.end)
    if asked.stretch is None and (several := asked.number("last_few")):
        held = of_topic(asked, held)[-several:]
        stretch = Stretch(held[0].start, held[-1].start) if held else stretch
    sessions = held if asked.stretch and one_day(asked.stretch) else of_topic(asked, held)
    return stretch, sessions, lines_of(asked, db, asker, sessions) if sessions else []


def lines_of(asked: Asked, db: Database, asker: Asker, sessions: Sequence[Session]) -> list[Line]:
    """The roll calls of these sessions, of those who are asked about."""
    keys = {session.id for session in sessions}
    lines = attendance.lines(db, asker, sessions[0].start, sessions[-1].start)
    return [line for line in lines if line.session_id in keys and asked.chosen(line.name)]


def is_state(line: Line, state: str) -> bool:
    """Whether somebody was there in that way; absent is whoever was not in the room, for whatever reason."""
    return line.state != "attended" if state == "absent" else line.state == state


def state_of(asked: Asked, otherwise: str = "attended") -> str:
    """In which way they were there, or not, that is asked about: 请过两次以上的假 is leave as well."""
    return asked.first(*STATES) or ("excused" if asked.fits("on_leave") else otherwise)


def agreeing(state: str) -> tuple[str, ...]:
    """The states that may be named beside this one without asking for anything else: 请假没来的."""
    beside = {
        "attended": (),
        "absent": ("attended",),
        "excused": ("attended", "absent", "on_leave"),
        "unexplained": ("attended", "absent", "neither"),
    }
    return (state, *beside.get(state, ("attended", "absent")))


def until_now(stretch: Stretch, now: datetime) -> Stretch:
    """What is to come was not attended yet."""
    return Stretch(stretch.start, min(stretch.end, now))


def one_day(stretch: Stretch) -> bool:
    """Whether one day was said."""
    return stretch.start.date() == stretch.end.date()


def day_said(starts_at: str, now: datetime) -> str:
    """The day of a session, with its weekday."""
    day = datetime.combine(datetime.fromisoformat(starts_at).date(), time())
    return spoken(Stretch(day, day), now)


def roll(asked: Asked, lines: Sequence[Line]) -> list[tuple[str, str, str, str]]:
    """Who was how at which session, as rows of a table."""
    return [(line.name, line.title, line.starts_at[:10], say(asked, f"state_{line.state}")) for line in lines]
