"""Stretches of the calendar, and the stretches around a day that a shortened date may mean."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dialogs.understanding.times import lunar

Grain = Literal["year", "half", "quarter", "month", "part", "span", "week", "day"]
Need = Literal["", "year", "this year", "month", "lunar month", "week", "frame"]
"""What must be known before a word means a day: nothing, a year (国庆), a month (三号), a week (周三)…

"this year" is for 上半年: this one even if it is over, but last year's where one looks back before it began."""

DISAGREE = "the weekday does not fit the date"
"""The doubt of 二十一号星期四 where the 21st is a Wednesday: that day, or the nearest Thursday?"""


@dataclass(frozen=True)
class Frame:
    """A stretch of whole days."""

    start: date
    """First day."""
    end: date
    """Last day, inclusive."""
    grain: Grain
    """What kind of stretch was named."""
    doubt: str = ""
    """Why it may be wrong, empty for no doubt."""
    other: date | None = None
    """The first day of what else may be meant, where there is a doubt and it is known."""

    def days(self) -> Iterator[date]:
        """Every day of the stretch."""
        return (self.start + timedelta(n) for n in range((self.end - self.start).days + 1))

    def doubted(self, why: str, other: date | None = None) -> Frame:
        """The same stretch with a doubt, and with what else may be meant."""
        return replace(self, doubt=why, other=other)


def day(value: date) -> Frame:
    """One day."""
    return Frame(value, value, "day")


def month(year: int, number: int) -> Frame:
    """A month; `number` may run over the year's ends."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Frame(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def months(year: int, first: int, last: int, grain: Grain) -> Frame:
    """Several months of one year."""
    return Frame(month(year, first).start, month(year, last).end, grain)


def week(today: date, offset: int) -> Frame:
    """The week, Monday to Sunday, `offset` weeks from that of `today`."""
    monday = today - timedelta(today.weekday()) + timedelta(weeks=offset)
    return Frame(monday, monday + timedelta(6), "week")


def nearest(number: int, today: date) -> date | None:
    """The day of a month with this number that lies nearest to a day; None where none is near."""
    near = (month(today.year, today.month + offset) for offset in (-1, 0, 1))
    days = [each.start.replace(day=number) for each in near if 1 <= number <= each.end.day]
    return min(days, key=lambda each: abs(each - today), default=None)


def shift_months(value: date, count: int) -> date:
    """The same day `count` months on; clamped to the month's end."""
    target = month(value.year, value.month + count)
    return target.start.replace(day=min(value.day, target.end.day))


def lunar_month(year: int, number: int, leap: bool = False) -> Frame | None:
    """A month of the lunar calendar; None where that year has no such leap month."""
    first = lunar.first_day(year, number, leap)
    return None if first is None else Frame(first[0], first[0] + timedelta(first[1] - 1), "month")


def around(need: Need, today: date, far: bool = False) -> Iterator[Frame]:
    """The stretches near `today` that the missing part of a date may be, in order.

    `far` looks further for years, for the 29th of February and leap months, which may be 19 years away.
    """
    if need == "year":
        reach = 20 if far else 2
        for year in range(max(1900, today.year - reach), min(2099, today.year + reach) + 1):
            yield months(year, 1, 12, "year")
    elif need == "this year":
        yield from (months(year, 1, 12, "year") for year in (today.year - 1, today.year))
    elif need == "month":
        for offset in range(-14, 15):
            yield month(today.year, today.month + offset)
    elif need == "lunar month":
        for start, length in lunar.months_around(today):
            yield Frame(start, start + timedelta(length - 1), "month")
    elif need == "week":
        for offset in range(-2, 3):
            yield week(today, offset)
