"""From when to when a question asks, how that is said, and the stretch before."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs import words
from dialogs.asking.sounded import SHARED
from dialogs.understanding.times import Time, say_time

LATELY = 31
"""Days that 最近 goes back: about a month."""


@dataclass(frozen=True)
class Stretch:
    """From when to when is asked."""

    start: datetime
    """Local."""
    end: datetime
    """Local, inclusive."""


def spoken(stretch: Stretch, now: datetime) -> str:
    """A stretch as it is said: 十月, 第三季度, 昨天."""
    start, end = stretch.start, stretch.end
    if end.date() == now.date() and start.day == 1 and start.date() < now.date():
        first = {1: "year_so_far", now.month: "month_so_far"} if start.year == now.year else {}
        quarter = {(now.month - 1) // 3 * 3 + 1: "quarter_so_far"} if start.year == now.year else {}
        if key := {**quarter, **first}.get(start.month):
            return words.load(SHARED, "words").say(key)
    if start.date() == end.date():
        return say_time(Time("date", start, None, "day", "", 0, 0), now)
    return say_time(Time("period", start, end, "day", "", 0, 0), now)


def this_year(now: datetime) -> Stretch:
    """The year so far: what is meant where no time was said."""
    return Stretch(datetime(now.year, 1, 1), now)


def lately(now: datetime) -> Stretch:
    """What 最近 means where days are not said."""
    return Stretch(datetime(now.year, now.month, now.day) - timedelta(days=LATELY), now)


def before_that(stretch: Stretch) -> Stretch:
    """The stretch before: last month for a month, as many days for anything else."""
    start, end = stretch.start, stretch.end
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if (start.day == 1 and (end + timedelta(days=1)).day == 1) or (months > 1 and start.day == 1):
        at = start.year * 12 + start.month - 1 - months
        return Stretch(datetime(at // 12, at % 12 + 1, 1), start - timedelta(minutes=1))
    return Stretch(start - (end - start) - timedelta(minutes=1), start - timedelta(minutes=1))


def year_before(stretch: Stretch) -> Stretch:
    """The same stretch a year ago."""
    return Stretch(_years_on(stretch.start, -1), _years_on(stretch.end, -1))


def week_after(stretch: Stretch) -> Stretch:
    """The same days a week on."""
    return Stretch(stretch.start + timedelta(days=7), stretch.end + timedelta(days=7))


def month_after(stretch: Stretch) -> Stretch:
    """The same days a month on, the last of the month where it has fewer."""
    return Stretch(_month_on(stretch.start), _month_on(stretch.end))


def year_after(stretch: Stretch) -> Stretch:
    """The same stretch a year on."""
    return Stretch(_years_on(stretch.start, 1), _years_on(stretch.end, 1))


def _month_on(moment: datetime) -> datetime:
    year, month = moment.year + moment.month // 12, moment.month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _years_on(moment: datetime, years: int) -> datetime:
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year + years, day=day)
