"""Nodes of days; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understanding.times import frames, lunar
from dialogs.understanding.times.frames import DISAGREE, Frame, Need
from dialogs.understanding.times.nodes import DAY


@dataclass(frozen=True)
class RelativeDay:
    """今天 is 0, 大后天 3, 昨天 -1."""

    offset: int
    """Days from today."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That day; 今天 after a week, month or year (下周的今天) is today's place in it."""
        if frame is None:
            return frames.day(today + timedelta(self.offset))
        if self.offset == 0 and frame.grain == "week":
            return frames.day(frame.start + timedelta(today.weekday()))
        if self.offset == 0 and frame.grain in ("month", "year"):
            month = today.month if frame.grain == "year" else frame.start.month
            last = frames.month(frame.start.year, month).end.day
            return frames.day(date(frame.start.year, month, min(today.day, last)))
        return None


@dataclass(frozen=True)
class DayPair:
    """Two days said in one word: 明后天, 今明两天."""

    first: int
    """Days from today."""
    last: int
    """Days from today."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Both days and what lies between."""
        if frame is not None:
            return None
        return Frame(today + timedelta(self.first), today + timedelta(self.last), "span")


@dataclass(frozen=True)
class DayNumber:
    """The day of a month by its number."""

    number: int
    """1..31."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "month"
    """See DateNode."""
    alone: bool = False
    """Whether it was said without 号: 八月十六 may be the moon's."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """The day of that number in the stretch, be it a month, a week (下周25号) or the day itself."""
        if frame is None or frame.grain in ("year", "half", "quarter"):
            return None
        if frame.grain == "month":
            return frames.day(frame.start.replace(day=self.number)) if self.number <= frame.end.day else None
        if frame.grain == "day" and frame.start.day != self.number:
            other = frames.nearest(self.number, frame.start)
            return None if other is None else frame.doubted(DISAGREE, other)
        return next((frames.day(day) for day in frame.days() if day.day == self.number), None)


@dataclass(frozen=True)
class LunarDay:
    """The day of a lunar month by its number (初六, 廿三)."""

    number: int
    """1..30."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "lunar month"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """That day of the lunar month; in a month of the sun's (下个月初五) the day of that name."""
        if frame is None or frame.grain != "month":
            return None
        for first, length in lunar.months_around(frame.start):
            day = first + timedelta(self.number - 1)
            if self.number <= length and frame.start <= day <= frame.end:
                return frames.day(day).doubted("" if first == frame.start else "which calendar's month?")
        return None
