"""Spoken Chinese dates, times, ranges and periods (明儿后晌三点, 下下个礼拜四, 腊月二十三, 最近三个月).

A grammar of our own: readers make small typed nodes of words, a chain of nodes narrows a stretch of the calendar from
the year to the minute, and where the year, month or week was left out, `prefer` decides which one is meant. What cannot
be fixed (过两天, 几点) is no time: better a question than a wrong day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from dialogs.understanding.times.choice import best, for_slot, meant
from dialogs.understanding.times.saying import lasting, say_time
from dialogs.understanding.times.scan import scan
from dialogs.understanding.times.spans import When, as_contract, as_span, readings, time_of
from dialogs.understanding.times.time import Kind, Prefer, Time

_DONE_UP = re.compile(r"(?<=[报写登记算加填补])上(?=(?:星期|礼拜|周)[一二三四五六日天])")
"""给我报上星期五的: the 上 of the verb is no last week."""
LONGEST = 2000
"""Characters that are looked at; nobody says more in one breath."""


def find_times(text: str, now: datetime, prefer: Prefer = "", names: Sequence[str] = ()) -> list[Time]:
    """All times in a text, left to right, without those that the speaker denied or took back.

    `prefer` says which way 三号 or 星期三 looks ("" is the future); `names` are stretches never read as times, such as
    the names on the roster. Never raises, whatever the text.
    """
    text = _DONE_UP.sub("，", text[:LONGEST])
    return meant(text, scan(text, now, prefer, names).times)


def names_unfixed_day(text: str, now: datetime, names: Sequence[str] = ()) -> bool:
    """Whether a day was named that cannot be fixed (外后天, 二月三十号): none was understood, but one was meant."""
    return scan(text[:LONGEST], now, "", names).unfixed


def find_time(text: str, now: datetime, prefer: Prefer = "", names: Sequence[str] = ()) -> Time | None:
    """The time that the text is about: the first of the most specific; None where there is none."""
    return best(find_times(text, now, prefer, names))


__all__ = [
    "Kind",
    "Prefer",
    "Time",
    "When",
    "as_contract",
    "as_span",
    "find_time",
    "find_times",
    "for_slot",
    "lasting",
    "names_unfixed_day",
    "readings",
    "say_time",
    "time_of",
]
