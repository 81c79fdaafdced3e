"""How somebody was at the sessions of a stretch, at one of them, and when they came last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import (
    CHOSEN,
    STATES,
    chosen_sessions,
    day_said,
    is_state,
    lines_of,
    of_topic,
    roll,
    topics,
    until_now,
)
from dialogs.asking.sessions_told import percent
from dialogs.asking.stretches import Stretch, spoken, this_year
from dialogs.asking.told import Told, heeds, say, table
from storage.questions import Asker, attendance
from storage.questions.attendance import Line
from storage.sessions import Session

HOW_OFTEN = (
    "each_session", "rate", "last_time", "when_was", "each", "beside", "ever", "never", "every_time", "times", "fewer",
    "only", "on_leave",
)  # fmt: skip
"""Cues that are answered by how often somebody came, was excused and was missing, and when they came last."""


@heeds(*CHOSEN, *STATES, *HOW_OFTEN)
def of_people(asked: Asked, db: Database, asker: Asker) -> Told:
    """At the one session that was named, else at every session of the stretch; this year where none was said."""
    one = asked.has("last", "before_last") and not asked.fits("when_was")
    if one or (asked.stretch and asked.stretch.start.date() == asked.stretch.end.date()):
        sessions = chosen_sessions(asked, db, asker)
        if len(sessions) == 1:
            return _at_one(asked, sessions[0], lines_of(asked, db, asker, sessions))
    stretch = until_now(asked.stretch or this_year(asked.now), asked.now)
    held = of_topic(asked, attendance.held(db, asker, stretch.start, stretch.end))
    if asked.stretch is None and (several := asked.number("last_few")):
        held = held[-several:]
    if not held:
        return Told(_nobody_there(asked, stretch), table(asked, "roll", ()), _names(asked))
    return _over_several(asked, stretch, lines_of(asked, db, asker, held))


def _at_one(asked: Asked, session: Session, lines: Sequence[Line]) -> Told:
    """老孙上次来了没有: how each of those named was there."""
    called = f"{day_said(session.starts_at, asked.now)}，{session.title}"
    said = ""
    for person in asked.people:
        state = next((line.state for line in lines if line.name == person.name), "not_called")
        said += say(asked, "at_one", name=person.name, session=called, state=say(asked, f"was_{state}"))
    return Told(said, table(asked, "roll", roll(asked, lines)), _names(asked), None, "session", (session.id,))


def _over_several(asked: Asked, stretch: Stretch, lines: Sequence[Line]) -> Told:
    """How often each of those named came, was excused, was missing; the share of it and the last time where asked."""
    period = spoken(stretch, asked.now)
    if kinds := topics(asked):
        period = say(asked, "of_kinds", period=period, kinds="、".join(kinds))
    said = ""
    for person in asked.people:
        own = [line for line in lines if line.name == person.name]
        came = Counter(line.state for line in own)
        said += say(
            asked, "how_often" if came else "how_often_none", name=person.name, period=period, held=came.total(),
            count=came["attended"], away=came.total() - came["attended"], excused=came["excused"],
            home=came["home_study"], missed=came["unexplained"],
        )  # fmt: skip
        if came and asked.has("rate"):
            said += say(asked, "own_rate", percent=percent(came["attended"], came.total()))
        last = next((line for line in reversed(own) if line.state == "attended"), None)
        if last and (asked.has("last_time") or asked.fits("when_was")):
            said += say(asked, "came_last", session=day_said(last.starts_at, asked.now))
    shown = _asked_for(asked, lines)
    keys = tuple(line.session_id for line in shown)
    return Told(said, table(asked, "roll", roll(asked, shown)), _names(asked), None, "session", keys)


def _asked_for(asked: Asked, lines: Sequence[Line]) -> Sequence[Line]:
    """The sessions that were missed, where those are asked about and there are any; else all."""
    wanted = asked.first(*STATES)
    missed = wanted in ("excused", "absent", "unexplained")
    return [line for line in lines if missed and is_state(line, wanted)] or lines


def _nobody_there(asked: Asked, stretch: Stretch) -> str:
    period = spoken(stretch, asked.now)
    return "".join(say(asked, "how_often_none", name=each.name, period=period) for each in asked.people)


def _names(asked: Asked) -> tuple[str, ...]:
    return tuple(each.name for each in asked.people)
