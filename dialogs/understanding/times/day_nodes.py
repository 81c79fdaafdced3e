"""Nodes of weeks, days and steps between days; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understanding.times import frames, lunar
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import DAY, SHIFT, WEEK


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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """The day of that number in the stretch, be it a month, a week (下周25号) or the day itself."""
        if frame is None or frame.grain in ("year", "half", "quarter"):
            return None
        if frame.grain == "month":
            return frames.day(frame.start.replace(day=self.number)) if self.number <= frame.end.day else None
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
class Lasting:
    """So many days from the day said before, that day the first: 明天起三天."""

    count: int
    """How many days."""
    rank: int = SHIFT
    """See DateNode."""
    needs: Need = "frame"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """Those days."""
        if frame is None or frame.grain != "day" or self.count < 1:
            return None
        return Frame(frame.start, frame.start + timedelta(self.count - 1), "span")


@dataclass(frozen=True)
class Edge:
    """The first or last few units of a stretch: 前三季度, 前五个月, 最后五天, 最后一天."""

    count: int
    """How many, negative from the end."""
    unit: frames.Grain
    """month, quarter, week or day."""
    needs: Need = "frame"
    """"this year" for 前三季度, which needs no year."""
    only: bool = False
    """The n-th one alone (第三天), not the first n."""
    rank: int = DAY
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """Those units, cut to the stretch."""
        if frame is None or frame.grain == "day":
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
        if self.only:
            one = last.start if self.count > 0 else start
            return frames.month(one.year, one.month)
        return Frame(start, last.end, "part")
