"""The words of a date as small nodes, each of which narrows a stretch of the calendar to a smaller one.

`narrow(frame, today)` takes the stretch said so far (None at the beginning) and gives the stretch that the word picks
in it, or None where there is no such day (二月三十号). A node that begins a date says in `needs` what it leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dialogs.understanding.times import frames
from dialogs.understanding.times.frames import Frame, Need

YEAR, SEASON, MONTH, PART, WEEK, DAY, SHIFT = range(1, 8)
"""Ranks: a date is said from the large to the small."""


class DateNode(Protocol):
    """What every node can do."""

    @property
    def rank(self) -> int:
        """Where it may stand: later words have higher ranks."""

    @property
    def needs(self) -> Need:
        """What is left open when a date begins with it."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The stretch that it picks."""


@dataclass(frozen=True)
class Year:
    """A year by number (二〇二六年), or counted from this one (去年 is -1)."""

    number: int
    """The year, or the offset."""
    relative: bool = False
    """Whether `number` counts from this year."""
    rank: int = YEAR
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The whole year."""
        number = today.year + self.number if self.relative else self.number
        return frames.months(number, 1, 12, "year") if frame is None and 1800 < number < 2100 else None


@dataclass(frozen=True)
class Months:
    """Months of a year that have a name: a half (上半年), a quarter (第三季度), a beginning or end (年底)."""

    first: int
    """First month, 1..12."""
    last: int
    """Last month."""
    needs: Need = "year"
    """Empty: of this year, unless another was said."""
    grain: frames.Grain = "quarter"
    """What it is."""
    doubt: str = ""
    """Why the stretch is not certain."""
    rank: int = SEASON
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Those months."""
        if frame is not None and frame.grain != "year":
            return None
        year = today.year if frame is None else frame.start.year
        return frames.months(year, self.first, self.last, self.grain).doubted(self.doubt)


@dataclass(frozen=True)
class RelativeQuarter:
    """上季度 is -1, 这个季度 0, 下季度 1."""

    offset: int
    """Quarters from this one."""
    rank: int = SEASON
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Three months."""
        if frame is not None:
            return None
        first = (today.month - 1) // 3 * 3 + 1 + 3 * self.offset
        return Frame(frames.month(today.year, first).start, frames.month(today.year, first + 2).end, "quarter")


@dataclass(frozen=True)
class Month:
    """A month by its number."""

    number: int
    """1..12."""
    rank: int = MONTH
    """See DateNode."""
    needs: Need = "year"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That month of the year, or of the quarter or half year if it lies in it."""
        if frame is None or frame.grain not in ("year", "half", "quarter"):
            return None
        month = frames.month(frame.start.year, self.number)
        return month if frame.start <= month.start <= frame.end else None


@dataclass(frozen=True)
class RelativeMonth:
    """上个月 is -1, 本月 0, 下下个月 2."""

    offset: int
    """Months from this one."""
    rank: int = MONTH
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That month; 本月 after a year (去年本月) is this one's namesake."""
        if frame is None:
            return frames.month(today.year, today.month + self.offset)
        same = self.offset == 0 and frame.grain == "year"
        return frames.month(frame.start.year, today.month) if same else None


@dataclass(frozen=True)
class LunarMonth:
    """A month of the lunar calendar: 正月 is 1, 腊月 12."""

    number: int
    """1..12."""
    leap: bool = False
    """Whether the leap month after it (闰六月) is meant."""
    rank: int = MONTH
    """See DateNode."""
    needs: Need = "year"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That month of the lunar year which has the year's number."""
        if frame is None or frame.grain != "year":
            return None
        return frames.lunar_month(frame.start.year, self.number, self.leap)


@dataclass(frozen=True)
class MonthPart:
    """A part of a month: 上旬 1-10, 中旬 11-20, 下旬 21-end; 月初, 月中 and 月底 are taken the same."""

    first: int
    """First day."""
    last: int
    """Last day; 31 for the month's end."""
    rank: int = PART
    """See DateNode."""
    needs: Need = "month"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Those days."""
        if frame is None or frame.grain != "month":
            return None
        last = min(self.last, frame.end.day)
        return Frame(frame.start.replace(day=self.first), frame.start.replace(day=last), "part")


@dataclass(frozen=True)
class RelativeWeek:
    """上周 is -1, 本周 0, 下下周 2."""

    offset: int
    """Weeks from this one."""
    rank: int = WEEK
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Monday to Sunday."""
        return frames.week(today, self.offset) if frame is None else None


@dataclass(frozen=True)
class NthWeek:
    """The n-th week of a month or year: the one of its n-th Monday (the reading of both outside test lists)."""

    number: int
    """1..53; -1 for the last."""
    rank: int = WEEK
    """See DateNode."""
    needs: Need = "frame"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Monday to Sunday."""
        monday = NthWeekday(self.number, 0).narrow(frame, today)
        return None if monday is None else Frame(monday.start, monday.start + timedelta(6), "week")


@dataclass(frozen=True)
class Weekday:
    """A day of the week, 0 Monday to 6 Sunday."""

    number: int
    """0..6."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "week"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That day of the week; beside a date it confirms it, or casts doubt on it."""
        if frame is not None and frame.grain == "day":
            agrees = frame.start.weekday() == self.number
            return frame if agrees else frame.doubted("the weekday does not fit the date")
        if frame is None or frame.grain != "week":
            return None
        return frames.day(frame.start + timedelta(self.number))


@dataclass(frozen=True)
class Weekend:
    """Saturday and Sunday."""

    rank: int = DAY
    """See DateNode."""
    needs: Need = "week"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The two days."""
        if frame is None or frame.grain != "week":
            return None
        return Frame(frame.start + timedelta(5), frame.end, "part")


@dataclass(frozen=True)
class NthWeekday:
    """第一个星期三, 最后一个星期五 of a month, quarter or year."""

    count: int
    """1..; -1 for the last."""
    number: int
    """0 Monday .. 6 Sunday."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "frame"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That day."""
        if frame is None or frame.grain in ("day", "week"):
            return None
        fitting = [day for day in frame.days() if day.weekday() == self.number]
        index = self.count if self.count < 0 else self.count - 1
        return frames.day(fitting[index]) if -len(fitting) <= index < len(fitting) else None


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

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The day of that number in the stretch, be it a month, a week (下周25号) or the day itself."""
        if frame is None or frame.grain in ("year", "half", "quarter"):
            return None
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

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """That day of the lunar month."""
        if frame is None or frame.grain != "month":
            return None
        day = frame.start + timedelta(self.number - 1)
        return frames.day(day) if day <= frame.end else None


@dataclass(frozen=True)
class Shift:
    """So many months and days from today, or from the day said before (元旦前一天)."""

    months: int
    """Months, negative for earlier."""
    days: int
    """Days, negative for earlier."""
    rank: int = SHIFT
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""
    doubt: str = ""
    """Why it is not certain."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The shifted day."""
        start = today if frame is None else frame.start
        try:
            return frames.day(frames.shift_months(start, self.months) + timedelta(self.days)).doubted(self.doubt)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Rolling:
    """So many months and days up to or from today, both ends included (最近三个月, 未来十天)."""

    months: int
    """Months, negative for the past."""
    days: int
    """Days, negative for the past."""
    rank: int = SHIFT
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The stretch between today and then."""
        other = Shift(self.months, self.days).narrow(None, today) if frame is None else None
        if other is None:
            return None
        return Frame(min(today, other.start), max(today, other.start), "part")


@dataclass(frozen=True)
class Edge:
    """The first or last few units of a stretch: 前三季度, 前五个月, 最后五天, 最后一天."""

    count: int
    """How many, negative from the end."""
    unit: frames.Grain
    """month, quarter, week or day."""
    needs: Need = "frame"
    """Empty: of this year unless another was said."""
    only: bool = False
    """The n-th one alone (第三天), not the first n."""
    rank: int = DAY
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """Those units, cut to the stretch."""
        if frame is None:
            frame = frames.months(today.year, 1, 12, "year")
        if frame.grain == "day":
            return None
        size = abs(self.count)
        if self.unit in ("month", "quarter"):
            return self._months(frame, size * (3 if self.unit == "quarter" else 1))
        days = list(frame.days())
        size *= 7 if self.unit == "week" else 1
        if size > len(days):
            return None
        if self.only or size == 1:
            return frames.day(days[size - 1 if self.count > 0 else -size])
        chosen = days[:size] if self.count > 0 else days[-size:]
        return Frame(chosen[0], chosen[-1], "part")

    def _months(self, frame: Frame, size: int) -> Frame | None:
        start = frame.start if self.count > 0 else frames.shift_months(frame.end.replace(day=1), 1 - size)
        last = frames.month(start.year, start.month + size - 1)
        if start < frame.start or last.end > frame.end:
            return None
        return Frame(start, last.end, "part")
