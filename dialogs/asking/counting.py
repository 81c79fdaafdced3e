"""Attendance of people counted over several sessions: who never came, who most often, who so many times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import COUNTED, agreeing, counted, is_state, state_of
from dialogs.asking.sessions_told import keys, nothing_held
from dialogs.asking.stretches import spoken
from dialogs.asking.told import Told, heeds, named, say, table
from storage.questions import Asker
from storage.questions.attendance import Line

PAIR = 2
"""Of two people who are set beside each other both stand in the table."""
FEW = 4
"""Of so many people who are set beside each other every count is said."""
NOT_THERE = ("excused", "home_study", "unexplained")
"""What somebody may never have been: 从来没请过假."""


@heeds(
    *COUNTED, *NOT_THERE, "attended", "absent", "never", "ever", "lately", "how_often_held", "so_long", "none_at_all"
)
def never(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who did not come, or ask for leave, once in the stretch, whoever nothing is written about included."""
    stretch, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = asked.first(*NOT_THERE) or "attended"
    came = {line.name for line in lines if line.state == state}
    names = tuple(each.name for each in asked.roster if each.name not in came and asked.chosen(each.name))
    key = ("never_came" if names else "all_came") if state == "attended" else f"never_{state if names else 'none'}"
    said = say(
        asked, key, period=spoken(stretch, asked.now), held=len(sessions), count=len(names), names=named(asked, names)
    )
    rows = [(name, sum(line.name == name for line in lines)) for name in names]
    return Told(said, table(asked, "never", rows), names, about="session", keys=keys(sessions))


def every_time(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who missed nothing that was held, or was missing in the same way every time."""
    stretch, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = "attended" if asked.fits("nothing_missed") else state_of(asked)
    came = Counter(line.name for line in lines if is_state(line, state))
    names = tuple(name for name, times in came.items() if times == len(sessions))
    kind = "" if state == "attended" else f"_{state}"
    said = say(
        asked, f"every_time{kind}" if names else "nobody_every_time", period=spoken(stretch, asked.now),
        held=len(sessions), count=len(names), names=named(asked, names),
    )  # fmt: skip
    heeded = (*COUNTED, *agreeing(state), "every_time", "nothing_missed", "lately")
    shown = table(asked, "times", [(name, came[name]) for name in names])
    return Told(said, shown, names, None, "session", heeds=heeded)


def ranked(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who came, or was missing, most or least often; those who are equal with the last one named as well."""
    stretch, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = state_of(asked)
    times = _times(asked, lines, state)
    least = asked.has("least")
    order = sorted(times.items(), key=lambda each: each[1] if least else -each[1])
    last = order[min(asked.number("top") or 1, len(order)) - 1][1] if order else 0
    top = [each for each in order if (each[1] <= last if least else each[1] >= last)]
    if not top:
        return Told(say(asked, "nobody_of_them"), table(asked, "times", ()))
    names = tuple(name for name, _ in top)
    said = say(
        asked, f"{'least' if least else 'most'}_{state}", period=spoken(stretch, asked.now), held=len(sessions),
        names=named(asked, names), times=top[0][1],
    )  # fmt: skip
    if 1 < len(asked.people) <= FEW:
        told = "，".join(say(asked, "name_times", name=name, count=count) for name, count in order)
        said += say(asked, "each_times", told=told)
    top = order if len(asked.people) == PAIR else top
    heeded = (*COUNTED, *agreeing(state), "top", "least" if least else "most", "beside")
    return Told(said, table(asked, "times", top), names, None, "session", keys(sessions), heeds=heeded)


def per_head(asked: Asked, db: Database, asker: Asker) -> Told:
    """How often each of those asked about came, or was missing, on the average."""
    stretch, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    state = state_of(asked)
    times = _times(asked, lines, state)
    mean = f"{times.total() / len(times):.1f}" if times else "0"
    said = say(
        asked, f"per_head_{state}", period=spoken(stretch, asked.now), held=len(sessions), count=len(times), mean=mean
    )
    heeded = (*COUNTED, *agreeing(state), "per_head", "each_session")
    shown = table(asked, "times", times.most_common())
    return Told(said, shown, tuple(times), None, "session", keys(sessions), heeds=heeded)


def so_many(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who was there, or missing, so many times, fewer, or so many times in a row up to the last session."""
    stretch, _, lines = counted(asked, db, asker)
    row, how = asked.number("in_a_row"), _how_many(asked)
    state = state_of(asked, "absent")
    if row:
        times, fits, kind = _run_at_the_end(lines, state), _at_least(row), "row"
    else:
        times, (fits, kind) = _times(asked, lines, state), how
    names = tuple(name for name, count in times.most_common() if fits(count))
    number = row or asked.number("fewer") or asked.number("only") or _least(asked)
    said = say(
        asked, f"{kind}_{state}" if names else f"{kind}_none", period=spoken(stretch, asked.now), times=number,
        count=len(names), names=named(asked, names),
    )  # fmt: skip
    heeded = (*COUNTED, *agreeing(state), "in_a_row" if row else kind, "more_than" if kind == "times" else kind)
    shown = table(asked, "times", [(name, times[name]) for name in names])
    return Told(said, shown, names, None, "session", heeds=heeded)


def _times(asked: Asked, lines: Sequence[Line], state: str) -> Counter[str]:
    """How often everybody asked about was there in that way, those who never were included."""
    times = Counter({each.name: 0 for each in asked.roster if asked.chosen(each.name)})
    times.update(line.name for line in lines if is_state(line, state))
    return times


def _how_many(asked: Asked) -> tuple[Callable[[int], bool], str]:
    """Which counts are meant, and how that is said."""
    fewer, only = asked.number("fewer"), asked.number("only")
    if fewer is not None:
        return (lambda count: count < fewer), "fewer"
    if only is not None:
        return (lambda count: count == only), "only"
    return _at_least(_least(asked)), "times"


def _least(asked: Asked) -> int:
    return (asked.number("times") or 1) + (1 if asked.has("more_than") else 0)


def _at_least(least: int) -> Callable[[int], bool]:
    return lambda count: count >= least


def _run_at_the_end(lines: Sequence[Line], state: str) -> Counter[str]:
    """How many times in a row up to the last session."""
    runs: Counter[str] = Counter()
    for line in lines:
        runs[line.name] = runs[line.name] + 1 if is_state(line, state) else 0
    return runs
