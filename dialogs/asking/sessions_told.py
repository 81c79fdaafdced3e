"""What is told of sessions rather than of people: how full each was, how many came of those called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import (
    CHOSEN,
    COUNTED,
    STATES,
    agreeing,
    chosen_sessions,
    counted,
    day_said,
    is_state,
    lines_of,
    state_of,
)
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import Told, heeds, named, say, table
from dialogs.reply import Chart, Table
from storage.questions import Asker, attendance
from storage.questions.attendance import Line
from storage.sessions import Session


@heeds(*CHOSEN, "rate", "attended", "share", "of_ten", "half", "which_more", "higher_than", "absent")
def rate(asked: Asked, db: Database, asker: Asker) -> Told:
    """How many of those called were there, in percent."""
    sessions = chosen_sessions(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    lines = lines_of(asked, db, asker, sessions)
    came = sum(line.state == "attended" for line in lines)
    said = say(
        asked, "rate", period=covered(asked, sessions), held=len(sessions), percent=percent(came, len(lines)),
        came=came, all=len(lines),
    )  # fmt: skip
    return Told(said, _each(asked, sessions, lines), (), by_month(asked, lines), "session", keys(sessions))


def of_each_session(asked: Asked, db: Database, asker: Asker) -> Told:
    """Session by session how many came, or were missing; the fullest or emptiest where that is asked."""
    _, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = state_of(asked)
    there = Counter(line.session_id for line in lines if is_state(line, state))
    heeded = (*COUNTED, *agreeing(state), "each_session", "how_often_held", "which_session", "fullest", "lately")
    if asked.has("most", "least") and (asked.has("which_session") or asked.fits("fullest")):
        least = asked.has("least")
        order = sorted(sessions, key=lambda each: there[each.id] * (1 if least else -1))
        sessions = [each for each in order if there[each.id] == there[order[0].id]]
        said = say(
            asked, "emptiest" if least else "fullest", who=say(asked, f"who_{state}"),
            session=_named_days(asked, sessions), count=there[sessions[0].id],
        )  # fmt: skip
        heeded = (*heeded, "least" if least else "most")
    else:
        mean = say(asked, f"mean_{state}", count=f"{there.total() / len(sessions):.1f}")
        said = say(asked, "each_session", period=covered(asked, sessions), held=len(sessions), mean=mean)
    lines = [line for line in lines if line.session_id in keys(sessions)]
    shown, chart = _each(asked, sessions, lines), by_month(asked, lines)
    return Told(said, shown, (), chart, "session", keys(sessions), heeds=heeded)


def fullest_month(asked: Asked, db: Database, asker: Asker) -> Told:
    """In which month most or fewest came, all sessions together."""
    stretch, sessions, lines = counted(asked, db, asker)
    state = state_of(asked)
    came = Counter(line.starts_at[:7] for line in lines if is_state(line, state))
    if not came:
        return nothing_held(asked, db, asker)
    least = asked.has("least")
    best = min(came.values()) if least else max(came.values())
    months = [say(asked, "month", number=int(month[5:])) for month, count in sorted(came.items()) if count == best]
    said = say(
        asked, "emptiest_month" if least else "fullest_month", period=spoken(stretch, asked.now),
        months=named(asked, months), count=best, who=say(asked, f"who_{state}"),
    )  # fmt: skip
    shown, chart = table(asked, "months", sorted(came.items())), by_month(asked, lines)
    heeded = (*COUNTED, *agreeing(state), "which_month", "least" if least else "most")
    return Told(said, shown, (), chart, "session", keys(sessions), heeds=heeded)


@heeds(
    *CHOSEN,
    *STATES,
    "how_often_held",
    "held_at_all",
    "each_session",
    "every_time",
    "never",
    "rate",
    "which_session",
    "half",
)
def nothing_held(asked: Asked, db: Database, asker: Asker) -> Told:
    """Nothing was held in that stretch; the last session before is offered."""
    held = attendance.held(db, asker, asked.now - timedelta(days=400), asked.now)
    period = spoken(asked.stretch, asked.now) if asked.stretch else say(asked, "lately")
    if not held:
        return Told(say(asked, "nothing_held", period=period, near=""), table(asked, "roll", ()))
    before = [each for each in held if asked.stretch is None or each.start <= asked.stretch.end] or held
    near = say(asked, "near_session", session=f"{day_said(before[-1].starts_at, asked.now)}，{before[-1].title}")
    return Told(say(asked, "nothing_held", period=period, near=near), table(asked, "roll", ()))


def by_month(asked: Asked, lines: Sequence[Line]) -> Chart | None:
    """How many came to a session in each month; None for a single month."""
    came = Counter(line.starts_at[:7] for line in lines if line.state == "attended")
    held = {month: len({line.session_id for line in lines if line.starts_at[:7] == month}) for month in came}
    if len(came) < 2:
        return None
    months = sorted(came)
    bars = tuple(round(came[month] / held[month], 1) for month in months)
    unit = say(asked, "unit_people")
    return Chart(say(asked, "chart_mean"), unit, tuple(months), ((unit, bars),))


def _each(asked: Asked, sessions: Sequence[Session], lines: Sequence[Line]) -> Table:
    rows = []
    for session in sessions:
        there = Counter(line.state for line in lines if line.session_id == session.id)
        rate_ = percent(there["attended"], there.total())
        rows.append((session.starts_at[:10], session.title, there["attended"], there.total(), f"{rate_}%"))
    return table(asked, "sessions", rows)


def _named_days(asked: Asked, sessions: Sequence[Session]) -> str:
    return named(asked, [f"{day_said(each.starts_at, asked.now)}，{each.title}" for each in sessions])


def covered(asked: Asked, sessions: Sequence[Session]) -> str:
    """The stretch of these sessions in words."""
    if asked.stretch is not None:
        return spoken(asked.stretch, asked.now)
    if len(sessions) == 1:
        return day_said(sessions[0].starts_at, asked.now)
    return spoken(Stretch(sessions[0].start, sessions[-1].start), asked.now)


def keys(sessions: Sequence[Session]) -> tuple[int, ...]:
    """The keys of sessions."""
    return tuple(session.id for session in sessions)


def percent(part: int, whole: int) -> int:
    """A share in percent, rounded."""
    return round(100 * part / whole) if whole else 0
