"""Attendance beside attendance: two stretches, two kinds of session, women and men; more or fewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import (
    CHOSEN,
    agreeing,
    chosen_sessions,
    is_state,
    lines_of,
    of_topic,
    state_of,
    topics,
    until_now,
)
from dialogs.asking.sessions_told import nothing_held, percent
from dialogs.asking.stretches import Stretch, before_that, spoken, this_year, year_before
from dialogs.asking.told import BESIDE, Told, say, table
from dialogs.reply import Chart
from storage.questions import Asker, attendance
from storage.questions.attendance import Line
from storage.sessions import Session

COMPARED = (
    *CHOSEN, BESIDE, "beside", "compare", "which_more", "each_session", "year_ago", "higher_than", "each_gender",
)  # fmt: skip
"""Cues that two sides beside each other heed."""


@dataclass(frozen=True)
class Side:
    """One of two things that are compared."""

    label: str
    """What it is called."""
    held: int
    """How many sessions."""
    came: int
    """How many came, or were missing where that is asked, over all of them."""
    called: int
    """How many were called, over all of them."""

    @property
    def mean(self) -> float:
        """How many came to a session."""
        return self.came / self.held


def two_kinds(asked: Asked) -> bool:
    """Whether two kinds of session, or women and men, stand beside each other."""
    several = asked.group.both or len(topics(asked)) > 1
    return several and (asked.has("which_more", "compare") or asked.group.both)


def compared(asked: Asked, db: Database, asker: Asker) -> Told:
    """The two sides that were named, else a stretch and the one before."""
    asked.fits("beside")
    asked.has("each_session")  # 平均哪个来的人多: to a session, as it is always told
    if asked.group.both:
        asked.read.update(asked.group.places)
        return _women_and_men(asked, db, asker)
    if len(topics(asked)) > 1:
        return _of_topics(asked, db, asker)
    if not asked.stretches and asked.has("before_last", "last"):
        held = of_topic(asked, attendance.held(db, asker, asked.now - timedelta(days=400), asked.now))[-2:]
        if len(held) < 2:
            return nothing_held(asked, db, asker)
        return _beside(asked, [_side(asked, db, asker, [each], _day(each, asked.now)) for each in reversed(held)])
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
        sides.append(_side(asked, db, asker, held, spoken(stretch, asked.now)))
    return _beside(asked, sides)


def _of_topics(asked: Asked, db: Database, asker: Asker) -> Told:
    """重阳节参观和春游哪个去的人多: each kind of session in the stretch that was said, this year where none was."""
    stretch = until_now(asked.stretch or this_year(asked.now), asked.now)
    held = attendance.held(db, asker, stretch.start, stretch.end)
    named = topics(asked)[:2]
    sides = [_side(asked, db, asker, [each for each in held if topic in each.title], topic) for topic in named]
    told = _beside(asked, sides)
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
        sides.append(_counted(asked, of_them, len(held), say(asked, f"{key}_called")))
    return _beside(asked, sides)


def _side(asked: Asked, db: Database, asker: Asker, held: Sequence[Session], label: str) -> Side:
    return _counted(asked, lines_of(asked, db, asker, held) if held else [], len(held), label)


def _counted(asked: Asked, lines: Sequence[Line], held: int, label: str) -> Side:
    return Side(label, held, sum(is_state(line, _state(asked)) for line in lines), len(lines))


def _state(asked: Asked) -> str:
    """Whether those are compared who came, or those who were missing in one way or the other."""
    return "attended" if asked.has("rate") else state_of(asked)


def _beside(asked: Asked, sides: Sequence[Side]) -> Told:
    """The one that is more first in the sentence's key; by share where that is asked."""
    now, before = sides
    if not now.held or not before.held:
        empty = before.label if now.held else now.label
        return Told(say(asked, "nothing_to_compare", period=empty), answered=False)
    rate = asked.has("rate")
    one, other = ((percent(each.came, each.called) if rate else each.mean) for each in sides)
    key = "more" if one > other else "fewer" if one < other else "as_many"
    whole = rate or all(each.held == 1 for each in sides)
    shown = [f"{value:.0f}" if whole else f"{value:.1f}" for value in (one, other, abs(one - other))]
    if asked.fits("how_often_held") and not rate:
        return _held_beside(asked, sides)
    state = _state(asked)
    kind = "_rate" if rate else "_once" if whole else ""
    if state != "attended":
        kind, shown = "_missing", [str(each) for each in (now.came, before.came, abs(now.came - before.came))]
        key = "more" if now.came > before.came else "fewer" if now.came < before.came else "as_many"
    said = say(
        asked, f"{key}{kind}", period=now.label, before=before.label, mean=shown[0], mean_before=shown[1],
        difference=shown[2], what=say(asked, f"were_{state}"),
    )  # fmt: skip
    rows = [(each.label, each.held, each.came, f"{each.mean:.1f}") for each in sides]
    bars = tuple(round(each.mean, 1) for each in reversed(sides))
    title, unit = say(asked, "chart_mean"), say(asked, "unit_people")
    labels = tuple(each.label for each in reversed(sides))
    heeded = (*COMPARED, *agreeing(state), "rate" if rate else state)
    chart = Chart(title, unit, labels, ((unit, bars),)) if state == "attended" else None
    return Told(said, table(asked, "compare", rows), (), chart, heeds=heeded)


def _held_beside(asked: Asked, sides: Sequence[Side]) -> Told:
    """那跟去年十月比呢, after 十月开了几次会: how many sessions each side had."""
    one, other = (each.held for each in sides)
    key = "more" if one > other else "fewer" if one < other else "as_many"
    said = say(
        asked, f"{key}_held", period=sides[0].label, before=sides[1].label, count=one, count_before=other,
        difference=abs(one - other),
    )  # fmt: skip
    rows = [(each.label, each.held, each.came, f"{each.mean:.1f}") for each in sides]
    return Told(said, table(asked, "compare", rows), heeds=(*COMPARED, "how_often_held"))


def _day(session: Session, now: datetime) -> str:
    return spoken(Stretch(session.start, session.start), now)
