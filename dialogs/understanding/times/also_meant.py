"""What else a moment may mean: the moon's day beside the sun's, the night before, the week in which both agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.understanding.times.chain import Chain
from dialogs.understanding.times.day_nodes import DayNumber, LunarDay
from dialogs.understanding.times.frames import DISAGREE
from dialogs.understanding.times.moments import Moment, choose, moments
from dialogs.understanding.times.month_nodes import LunarMonth, Month
from dialogs.understanding.times.time import Prefer

SOON, FAR = timedelta(days=45), timedelta(days=120)
"""How near a day of the moon's, and how far one of the sun's, leaves open which of them was meant."""


def agreeing(found: list[Moment], need: str | None) -> list[Moment]:
    """Of the weeks that 星期二十四号 may be in, those in which the Tuesday is the 14th, if any."""
    fitting = [moment for moment in found if moment.doubt != DISAGREE]
    return fitting if need == "week" and fitting else found


def or_the_moons(left: Chain, found: Moment | None, now: datetime, prefer: Prefer) -> Moment | None:
    """八月十六 without 号: where the sun's day is far off and the moon's is near, either may be meant."""
    month, day = left.nodes if len(left.nodes) == 2 else (None, None)
    if found is None or not isinstance(month, Month) or not isinstance(day, DayNumber) or not day.alone:
        return found
    moons = replace(left, nodes=(LunarMonth(month.number), LunarDay(day.number)))
    other = choose(list(moments(moons, now)), now, prefer, "year")
    if other is None or abs(other.start - now) > SOON or abs(found.start - now) < FAR:
        return found
    return replace(found.doubted("the sun's month or the moon's?"), other=(other.start, other.end))


def night(found: Moment, start: datetime, end: datetime, now: datetime, prefer: Prefer) -> Moment:
    """今天半夜一点 is the coming one for who looks ahead, and the one that was for who looks back."""
    if prefer == "past" and found.start > now >= start:
        return replace(found, start=start, end=end, doubt="", other=None)
    return replace(found, doubt="", other=None) if prefer == "future" and start < now else found
