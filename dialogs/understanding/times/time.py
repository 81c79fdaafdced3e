"""What a spoken time is once it is known when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["datetime", "date", "time", "range", "period"]
"""datetime: day and clock time · date: one day · time: a clock time whose day was not said · range: two ends, or a part
of a day · period: a named stretch of days."""
Prefer = Literal["future", "past", ""]
"""Which way a shortened date looks (三号, 星期三, 国庆); "" is taken as the future."""
ONE_OF_TWO = "one of two days"
"""The doubt of a day beside which another stands: 周二和周四, 周三四."""
Ends = tuple[datetime, datetime | None]
"""Start and end of a time, as in `Time`."""


@dataclass(frozen=True)
class Time:
    """A spoken time."""

    kind: Kind
    """What was said."""
    start: datetime
    """Beginning, local; midnight of the day where only days were said."""
    end: datetime | None
    """For range and period: the end, inclusive (23:59 of the last day where only days were said); else None."""
    precision: Literal["day", "minute"]
    """Whether a time of day was said."""
    matched: str
    """The words as they stand in the text."""
    begin: int
    """Where they begin in the text."""
    finish: int
    """Where they end (excluded)."""
    doubt: str = ""
    """Why it may be wrong; a dialogue then asks before it acts. Empty for no doubt."""
    other: Ends | None = None
    """What else may be meant, where there is a doubt and it is known: its start and end."""
    side: Literal["", "before", "after"] = ""
    """Whether only a bound was said: 元旦以前, 下周五之前."""
    day_said: bool = True
    """False for a clock time or a part of the day alone, which was put on the next or last fitting day."""
    part: str = ""
    """The part of the day, where one was said without a clock time: 早上, 上午, 中午, 下午, 傍晚, 晚上, 凌晨."""
