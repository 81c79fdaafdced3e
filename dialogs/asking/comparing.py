"""Attendance beside attendance: two stretches, two kinds of session, women and men; more or fewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import (
    chosen_sessions,
    lines_of,
    of_topic,
    topics,
    until_now,
)
from dialogs.asking.sessions_told import nothing_held
from dialogs.asking.sides import Side, beside, counted_side
from dialogs.asking.stretches import Stretch, before_that, spoken, this_year, year_before
from dialogs.asking.told import Told, say
from storage.questions import Asker, attendance
from storage.sessions import Session


def two_kinds(asked: Asked) -> bool:
    """Whether two kinds of session, or women and men, stand beside each other."""
    several = asked.group.both or len(topics(asked)) > 1
    return several and (asked.has("which_more", "compare") or asked.fits("beside") or asked.group.both)


def compared(asked: Asked, db: Database, asker: Asker) -> Told:
    """The two sides that were named, else a stretch and the one before."""
    asked.fits("beside")
    asked.has("each_session")  # 平均哪个来的人多: to a session, as it is always told
    if asked.group.both:
        asked.sure.update(asked.group.places)
        return _women_and_men(asked, db, asker)
    if len(topics(asked)) > 1:
        return _of_topics(asked, db, asker)
    if not asked.stretches and asked.has("before_last", "last"):
        held = of_topic(asked, attendance.held(db, asker, asked.now - timedelta(days=400), asked.now))[-2:]
        if len(held) < 2:
            return nothing_held(asked, db, asker)
        return beside(asked, [_side(asked, db, asker, [each], _day(each, asked.now)) for each in reversed(held)])
    return _of_stretches(asked, db, asker)


def _of_stretches(asked: Asked, db: Database, asker: Asker) -> Told:
    first = until_now(asked.stretch or this_year(asked.now), asked.now)
    if len(asked.stretches) > 1:
        said = (until_now(each, asked.now) for each in asked.stretches[:2])
        second, first = sorted(said, key=lambda each: each.start)
    else:
        if asked.stretch and asked.has("year_ago") and asked.stretch.end.year < asked.now.year:
            first = this_year(asked.now)
        second = year_before(first) if asked.has("year_ago") or not asked.stretch else before_that(asked.stretches[0])
    sides = []
    for stretch in (first, second):
        held = of_topic(asked, attendance.held(db, asker, stretch.start, stretch.end))
        held = held[-1:] if asked.has("last_of") else held[:1] if asked.has("first_of") else held
        one = len(held) == 1 and asked.has("last_of", "first_of")
        sides.append(_side(asked, db, asker, held, _day(held[0], asked.now) if one else spoken(stretch, asked.now)))
    return beside(asked, sides)


def _of_topics(asked: Asked, db: Database, asker: Asker) -> Told:
    """重阳节参观和春游哪个去的人多: each kind of session in the stretch that was said, this year where none was."""
    stretch = until_now(asked.stretch or this_year(asked.now), asked.now)
    held = attendance.held(db, asker, stretch.start, stretch.end)
    named = topics(asked)[:2]
    sides = [_side(asked, db, asker, [each for each in held if topic in each.title], topic) for topic in named]
    told = beside(asked, sides)
    if not told.answered or asked.has("rate"):
        return told
    parts = (
        say(asked, "kind_held", kind=each.label, held=each.held, came=each.came, mean=f"{each.mean:.1f}")
        for each in sides
    )
    return replace(told, said=say(asked, "kinds_beside", period=spoken(stretch, asked.now), kinds="；".join(parts)))


def _women_and_men(asked: Asked, db: Database, asker: Asker) -> Told:
    """上周五男的来得多还是女的来得多."""
    held = chosen_sessions(asked, db, asker)
    if not held:
        return nothing_held(asked, db, asker)
    gender = {each.name: each.gender for each in asked.roster}
    lines = lines_of(asked, db, asker, held)
    sides = []
    for key in ("women", "men"):
        of_them = [line for line in lines if gender.get(line.name) == say(asked, key)]
        sides.append(counted_side(asked, of_them, len(held), say(asked, f"{key}_called")))
    return beside(asked, sides)


def _side(asked: Asked, db: Database, asker: Asker, held: Sequence[Session], label: str) -> Side:
    return counted_side(asked, lines_of(asked, db, asker, held) if held else [], len(held), label)


def _day(session: Session, now: datetime) -> str:
    return spoken(Stretch(session.start, session.start), now)
