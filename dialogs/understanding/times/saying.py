"""Times read back as people say them, the day always with its weekday, so that a misunderstanding is heard."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TypedDict

from dialogs.understanding.times import frames
from dialogs.understanding.times.time import Time


class Words(TypedDict):
    """saying.toml."""

    days: list[str]
    weekdays: list[str]
    digits: str
    year: str
    month: str
    day: str
    to: str
    pause: str
    quarters: list[str]
    halves: list[str]
    parts: list[tuple[int, str]]
    hour: str
    half: str
    quarter: str
    three_quarters: str
    two: str
    small_minute: str
    minute: str
    before: str
    after: str


@cache
def _words() -> Words:
    with (Path(__file__).parent / "saying.toml").open("rb") as file:
        data: Words = tomllib.load(file)  # type: ignore[assignment]  # the shape is held by the tests
    return data


def say_time(when: Time | datetime, now: datetime) -> str:
    """A time in words: 明天，十一月二十三号，星期一，下午三点; 九月一号到十一月三十号; 今年第三季度 as 七月到九月.

    The year is said where it is not this one; near days get their name (后天) and far ones none.
    """
    if isinstance(when, datetime):
        return _words()["pause"].join([_day(when.date(), now.date()), _clock(when.time())])
    said = _said(when, now)
    return _words()[when.side].format(said) if when.side else said


def lasting(said: str) -> str:
    """What was said of a time without 明天 and the like, for what is heard or read on another day."""
    words = _words()
    for name in sorted(words["days"], key=len, reverse=True):
        said = said.replace(name + words["pause"], "")
    return said


def _said(when: Time, now: datetime) -> str:
    words, today = _words(), now.date()
    first = when.start.date()
    if when.part:
        return words["pause"].join([_day(first, today), when.part])
    if when.end is None:
        day = _day(first, today)
        return day if when.precision == "day" else words["pause"].join([day, _clock(when.start.time())])
    last = when.end.date()
    if when.precision == "day":
        return _stretch(first, last, today)
    left = words["pause"].join([_day(first, today), _clock(when.start.time())])
    right = _clock(when.end.time(), "" if first != last else _part(when.start.time()))
    return left + words["to"] + (right if first == last else words["pause"].join([_day(last, today), right]))


def _stretch(first: date, last: date, today: date) -> str:
    """Whole days; whole months, quarters, halves and years by their names."""
    words = _words()
    year = "" if first.year == today.year else words["year"].format(_digits(first.year))
    whole_months = first.day == 1 and frames.month(last.year, last.month).end == last
    if not whole_months or first.year != last.year:
        return _day(first, today) + words["to"] + _day(last, today)
    size = last.month - first.month + 1
    if size == 12:
        return words["year"].format(_digits(first.year))
    if size == 1:
        return year + words["month"].format(number(first.month))
    if size == 3 and first.month % 3 == 1:
        return year + words["quarters"][first.month // 3]
    if size == 6 and first.month in (1, 7):
        return year + words["halves"][first.month // 7]
    months = [words["month"].format(number(month)) for month in (first.month, last.month)]
    return year + words["to"].join(months)


def _day(day: date, today: date) -> str:
    words = _words()
    offset = (day - today) // timedelta(1)
    year = "" if day.year == today.year else words["year"].format(_digits(day.year))
    said = [year + words["month"].format(number(day.month)) + words["day"].format(number(day.day))]
    said.append(words["weekdays"][day.weekday()])
    if abs(offset) <= 3:
        said.insert(0, words["days"][offset + 3])
    return words["pause"].join(said)


def _part(at: time) -> str:
    return [name for hour, name in _words()["parts"] if hour <= at.hour][-1]


def _clock(at: time, known: str = "") -> str:
    """上午九点半; without its part of the day if that is `known` from before."""
    words = _words()
    part = _part(at)
    hour = at.hour - 12 if at.hour > 12 else at.hour
    said = words["hour"].format(words["two"] if hour == 2 else number(hour))
    named = {15: words["quarter"], 30: words["half"], 45: words["three_quarters"]}
    if at.minute in named:
        said += named[at.minute]
    elif at.minute:
        said += words["small_minute" if at.minute < 10 else "minute"].format(number(at.minute))
    return said if part == known else part + said


def number(value: int) -> str:
    """0 to 99 in words: 十五, 二十."""
    digits = _words()["digits"]
    tens, ones = divmod(value, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + digits[10] + (digits[ones] if ones else "")


def _digits(year: int) -> str:
    return "".join(_words()["digits"][int(digit)] for digit in str(year))
