"""Stretches of time as questions of the past say them: 国庆以后, 五一到七一中间, 去年冬天, 入冬以来.

What a single day or month begins or ends is read here; the day or month itself by dialogs/understanding/times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import words
from dialogs.asking.sounded import SHARED
from dialogs.understanding.times import Time, find_times

SEASON_MONTHS = 3
"""A season is three whole months, as people count them: spring from March."""
AROUND = timedelta(days=7)
"""How far 前后 reaches to either side."""


def find_periods(said: str, now: datetime, names: Sequence[str]) -> tuple[list[Time], bool]:
    """The times of a question, and whether one of them was read here and counts before any other reading."""
    text = _by_the_calendar(said)
    if spanned := _from_to(text, now, names):
        return spanned, True
    seasons = _seasons(text, now)
    plain = [each for each in find_times(text, now, "past", names) if not any(_overlap(each, one) for one in seasons)]
    read = [_reaching(each, text, now) for each in (*seasons, *plain)]
    own = bool(seasons) or read != plain
    return [replace(each, matched=said[each.begin : each.begin + len(each.matched)]) for each in read], own


def _by_the_calendar(text: str) -> str:
    """入冬 as 立冬, and 上半年来得 without its 来: as many characters, so that places stay where they are."""
    text = re.sub(words.lists(SHARED, "reaching")["came"][0], "，", text)
    for said, day in words.lists(SHARED, "begins").items():
        text = text.replace(said, day[0])
    return text


def _overlap(one: Time, other: Time) -> bool:
    return one.begin < other.finish and other.begin < one.finish


def _from_to(text: str, now: datetime, names: Sequence[str]) -> list[Time]:
    """五一到七一: two days that are the ends of one stretch."""
    for pattern in words.lists(SHARED, "reaching")["from_to"]:
        match = re.search(pattern, text)
        if match is None:
            continue
        ends = [find_times(match[side], now, "past", names) for side in ("one", "other")]
        if all(len(each) == 1 for each in ends) and ends[0][0].start < ends[1][0].start:
            last = ends[1][0].end or _midnight(ends[1][0].start)
            return [Time("period", ends[0][0].start, last, "day", match[0], match.start(), match.end())]
    return []


def _seasons(text: str, now: datetime) -> list[Time]:
    """今年春天, 去年冬天; of a season that is still to come, the last one."""
    months = words.lists(SHARED, "seasons")
    match = re.search(words.lists(SHARED, "reaching")["season"][0], text)
    if match is None:
        return []
    first = int(next(each[0] for name, each in months.items() if name in match["season"]))
    last_year = match["year"] in words.lists(SHARED, "cues")["year_ago"]
    year = now.year - 1 if last_year else now.year
    if datetime(year, first, 1) > now:
        year -= 1
    end_month = first + SEASON_MONTHS
    end = datetime(year + (end_month > 12), (end_month - 1) % 12 + 1, 1) - timedelta(minutes=1)
    return [Time("period", datetime(year, first, 1), end, "day", match[0], match.start(), match.end())]


def _reaching(time: Time, text: str, now: datetime) -> Time:
    """国庆以后 reaches to now, 春节以前 back to the new year, 国庆前后 to both sides."""
    after = text[time.finish :]
    for key in ("around", "since", "until"):
        patterns = words.lists(SHARED, "reaching")[key]
        match = next((found for each in patterns if (found := re.match(each, after))), None)
        if match is None:
            continue
        start, end = time.start, time.end or _midnight(time.start)
        if key == "since" and start <= now:
            end = now
        elif key == "around":
            start, end = start - AROUND, end + AROUND
        elif key == "until":
            start, end = datetime(start.year, 1, 1), start - timedelta(minutes=1)
        else:
            return time
        return replace(time, kind="period", start=start, end=end, matched=time.matched + match[0])
    return time


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=23, minute=59)
