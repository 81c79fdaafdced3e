"""Attendance counted over several sessions: who never came, who most often, the rate, more or fewer than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from sqlite_utils import Database

from dialogs.asking.asked import Asked, Stretch
from dialogs.asking.rolls import STATES, chosen_sessions, day_said, is_state, lines_of, of_topic, one_day, until_now
from dialogs.asking.told import Told, before_that, named, say, spoken, table, this_year, year_before
from dialogs.reply import Chart, Table
from storage.questions import Asker, attendance
from storage.questions.attendance import Line
from storage.sessions import Session

FEW = 3
"""How many are named where 最多 or 最少 says no number."""


def never(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who did not come once in the stretch, whoever nothing is written about included."""
    stretch, sessions, lines = _counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    came = {line.name for line in lines if line.state == "attended"}
    names = tuple(each.name for each in asked.roster if each.name not in came and asked.chosen(each.name))
    said = say(
        asked, "never_came" if names else "all_came", period=spoken(stretch, asked.now), held=len(sessions),
        count=len(names), names=named(asked, names),
    )  # fmt: skip
    rows = [(name, sum(line.name == name for line in lines)) for name in names]
    return Told(said, table(asked, "never", rows), names, about="session", keys=_keys(sessions))


def every_time(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who missed nothing that was held."""
    stretch, sessions, lines = _counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    came = Counter(line.name for line in lines if line.state == "attended")
    names = tuple(name for name, times in came.items() if times == len(sessions))
    said = say(
        asked, "every_time" if names else "nobody_every_time", period=spoken(stretch, asked.now), held=len(sessions),
        count=len(names), names=named(asked, names),
    )  # fmt: skip
    return Told(said, table(asked, "times", [(name, came[name]) for name in names]), names, None, "session")


def ranked(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who came, or was missing, most or least often; those who are equal with the last one named as well."""
    stretch, sessions, lines = _counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = asked.first(*STATES) or "attended"
    counted = Counter({each.name: 0 for each in asked.roster if asked.chosen(each.name)})
    counted.update(line.name for line in lines if is_state(line, state))
    least = asked.has("least")
    order = sorted(counted.items(), key=lambda each: each[1] if least else -each[1])
    wanted = asked.number("top") or 1
    last = order[min(wanted, len(order)) - 1][1]
    top = [each for each in order if (each[1] <= last if least else each[1] >= last)]
    top = top[: max(wanted, FEW)] if len(top) > 2 * max(wanted, FEW) else top
    names = tuple(name for name, _ in top)
    said = say(
        asked, f"{'least' if least else 'most'}_{state}", period=spoken(stretch, asked.now), held=len(sessions),
        names=named(asked, names), times=top[0][1],
    )  # fmt: skip
    return Told(said, table(asked, "times", top), names, None, "session", _keys(sessions))


def at_least(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who was there, or missing, so many times, or so many times in a row up to the last session."""
    stretch, _, lines = _counted(asked, db, asker)
    row = asked.number("in_a_row")
    times = row or (asked.number("times") or 1) + (1 if asked.has("more_than") else 0)
    state = asked.first(*STATES) or "absent"
    counted = Counter(line.name for line in lines if is_state(line, state))
    if row:
        counted = _run_at_the_end(lines, state)
    names = tuple(name for name, count in counted.most_common() if count >= times)
    said = say(
        asked, f"{'row' if row else 'times'}_{state}" if names else "times_none", period=spoken(stretch, asked.now),
        times=times, count=len(names), names=named(asked, names),
    )  # fmt: skip
    return Told(said, table(asked, "times", [(name, counted[name]) for name in names]), names, None, "session")


def rate(asked: Asked, db: Database, asker: Asker) -> Told:
    """How many of those called were there, in percent."""
    sessions = chosen_sessions(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    lines = lines_of(asked, db, asker, sessions)
    came = sum(line.state == "attended" for line in lines)
    said = say(
        asked, "rate", period=_covered(asked, sessions), held=len(sessions), percent=_percent(came, len(lines)),
        came=came, all=len(lines),
    )  # fmt: skip
    return Told(said, _each(asked, sessions, lines), (), by_month(asked, lines), "session", _keys(sessions))


def of_each_session(asked: Asked, db: Database, asker: Asker) -> Told:
    """Session by session how many came; the fullest or emptiest where that is asked."""
    _, sessions, lines = _counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    came = Counter(line.session_id for line in lines if line.state == "attended")
    covered = _covered(asked, sessions)
    if asked.has("which_session"):
        order = sorted(sessions, key=lambda each: came[each.id] * (1 if asked.has("least") else -1))
        sessions = [each for each in order if came[each.id] == came[order[0].id]]
        said = say(
            asked, "emptiest" if asked.has("least") else "fullest", session=_named_days(asked, sessions),
            count=came[sessions[0].id],
        )  # fmt: skip
    else:
        mean = say(asked, "mean", count=f"{came.total() / len(sessions):.1f}")
        said = say(asked, "each_session", period=covered, held=len(sessions), mean=mean)
    lines = [line for line in lines if line.session_id in _keys(sessions)]
    return Told(said, _each(asked, sessions, lines), (), by_month(asked, lines), "session", _keys(sessions))


def compared(asked: Asked, db: Database, asker: Asker) -> Told:
    """Two stretches beside each other: how many came to a session on the average."""
    if not asked.stretches and asked.has("before_last", "last"):
        return _last_two(asked, db, asker)
    first = until_now(asked.stretch or this_year(asked.now), asked.now)
    if len(asked.stretches) > 1:
        first, second = sorted(
            (until_now(each, asked.now) for each in asked.stretches[:2]), key=lambda each: each.start
        )
        first, second = second, first
    else:
        if asked.stretch and asked.has("year_ago") and asked.stretch.end.year < asked.now.year:
            first = this_year(asked.now)
        second = year_before(first) if asked.has("year_ago") or not asked.stretch else before_that(asked.stretches[0])
    sides = []
    for stretch in (first, second):
        held = of_topic(asked, attendance.held(db, asker, stretch.start, stretch.end))
        lines = lines_of(asked, db, asker, held) if held else []
        sides.append((stretch, len(held), sum(line.state == "attended" for line in lines)))
    return _beside(asked, sides)


def _beside(asked: Asked, sides: Sequence[tuple[Stretch, int, int]]) -> Told:
    (now, held, came), (before, held_before, came_before) = sides
    if not held or not held_before:
        empty = before if held else now
        return Told(say(asked, "nothing_to_compare", period=spoken(empty, asked.now)), answered=False)
    mean, mean_before = came / held, came_before / held_before
    key = "more" if mean > mean_before else "fewer" if mean < mean_before else "as_many"
    said = say(
        asked, key, period=spoken(now, asked.now), before=spoken(before, asked.now), mean=f"{mean:.1f}",
        mean_before=f"{mean_before:.1f}", difference=f"{abs(mean - mean_before):.1f}",
    )  # fmt: skip
    rows = [(spoken(stretch, asked.now), count, people, f"{people / count:.1f}") for stretch, count, people in sides]
    labels = tuple(spoken(stretch, asked.now) for stretch, _, _ in reversed(sides))
    bars = tuple(round(people / count, 1) for _, count, people in reversed(sides))
    title, unit = say(asked, "chart_mean"), say(asked, "unit_people")
    return Told(said, table(asked, "compare", rows), (), Chart(title, unit, labels, ((unit, bars),)))


def _last_two(asked: Asked, db: Database, asker: Asker) -> Told:
    held = of_topic(asked, attendance.held(db, asker, asked.now - timedelta(days=400), asked.now))[-2:]
    if len(held) < 2:
        return nothing_held(asked, db, asker)
    lines = lines_of(asked, db, asker, held)
    sides = []
    for session in reversed(held):
        came = sum(line.session_id == session.id and line.state == "attended" for line in lines)
        sides.append((Stretch(session.start, session.start), 1, came))
    return _beside(asked, sides)


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


def _counted(asked: Asked, db: Database, asker: Asker) -> tuple[Stretch, list[Session], list[Line]]:
    """The stretch that was said, or this year, its sessions, and how those asked about were there."""
    stretch = until_now(asked.stretch or this_year(asked.now), asked.now)
    held = attendance.held(db, asker, stretch.start, stretch.end)
    sessions = held if asked.stretch and one_day(asked.stretch) else of_topic(asked, held)
    return stretch, sessions, lines_of(asked, db, asker, sessions) if sessions else []


def _run_at_the_end(lines: Sequence[Line], state: str) -> Counter[str]:
    """How many times in a row up to the last session."""
    runs: Counter[str] = Counter()
    for line in lines:
        runs[line.name] = runs[line.name] + 1 if is_state(line, state) else 0
    return runs


def _each(asked: Asked, sessions: Sequence[Session], lines: Sequence[Line]) -> Table:
    rows = []
    for session in sessions:
        there = Counter(line.state for line in lines if line.session_id == session.id)
        rate_ = _percent(there["attended"], there.total())
        rows.append((session.starts_at[:10], session.title, there["attended"], there.total(), f"{rate_}%"))
    return table(asked, "sessions", rows)


def _named_days(asked: Asked, sessions: Sequence[Session]) -> str:
    return named(asked, [f"{day_said(each.starts_at, asked.now)}，{each.title}" for each in sessions])


def _covered(asked: Asked, sessions: Sequence[Session]) -> str:
    if asked.stretch is not None:
        return spoken(asked.stretch, asked.now)
    if len(sessions) == 1:
        return day_said(sessions[0].starts_at, asked.now)
    return spoken(Stretch(sessions[0].start, sessions[-1].start), asked.now)


def _keys(sessions: Sequence[Session]) -> tuple[int, ...]:
    return tuple(session.id for session in sessions)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
