"""When a festival or a member's own day comes next, by the sun's or the moon's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.understanding.times import lunar
from dialogs.understanding.times.festivals import day_of, read_festival
from storage.own_days import OwnDay


class UnknownFestival(ValueError):
    """A profile names a festival that the calendar does not know; the message names it."""


def next_day(name: str, today: date) -> date:
    """The next day, today included, of a festival as people call it (重阳, 七一). Raises UnknownFestival."""
    found = read_festival(name, 0)
    if found is None or found[1] != len(name):
        raise UnknownFestival(f"the calendar knows no festival {name!r}; see times/festivals.toml")
    # The moon's last month lies in the sun's next year, so the year before may hold the next one.
    days = [day_of(found[0].rule, today.year + step) for step in (-1, 0, 1)]
    coming = sorted(day for day in days if day is not None and day >= today)
    if not coming:
        raise UnknownFestival(f"the calendar does not reach the festival {name!r} after {today}")
    return coming[0]


def next_own_day(own: OwnDay, today: date) -> date | None:
    """The next such day, today included; None beyond the calendar.

    A 29th of February is the 28th in other years, a 30th of the moon's month the 29th where the month is short.
    """
    days = [_own_day_in(own, today.year + step) for step in (-1, 0, 1)]
    return min((day for day in days if day is not None and day >= today), default=None)


def _own_day_in(own: OwnDay, year: int) -> date | None:
    if own.lunar:
        month = lunar.first_day(year, own.month)
        return None if month is None else month[0] + timedelta(min(own.day, month[1]) - 1)
    last = (date(year + own.month // 12, own.month % 12 + 1, 1) - timedelta(1)).day
    return date(year, own.month, min(own.day, last))
