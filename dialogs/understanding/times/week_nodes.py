"""Nodes of weeks and their days; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understanding.times import frames
from dialogs.understanding.times.frames import DISAGREE, Frame, Need
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
            away = (self.number - frame.start.weekday() + 3) % 7 - 3
            return frame.doubted(DISAGREE, frame.start + timedelta(away)) if away else frame
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
class HalfWeek:
    """The first half of a week, Monday to Wednesday, or what is left of it."""

    first: bool
    """Whether it is the first."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "frame"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """Three days or four."""
        if frame is None or frame.grain != "week":
            return None
        middle = frame.start + timedelta(3)
        if self.first:
            return Frame(frame.start, middle - timedelta(1), "part")
        return Frame(middle, frame.end, "part")


@dataclass(frozen=True)
class WeekdayBeside:
    """The first 星期五 after the day just said, or the last before it: 元旦后的第一个星期五."""

    number: int
    """0 Monday .. 6 Sunday."""
    after: bool
    """False for the last one before."""
    rank: int = SHIFT
    """See DateNode."""
    needs: Need = "frame"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """That day; in doubt, since a festival may stand for all its days off."""
        if frame is None or frame.grain != "day":
            return None
        ahead = (self.number - frame.start.weekday()) % 7
        away = (ahead or 7) if self.after else ahead - 7
        return frames.day(frame.start + timedelta(away)).doubted("counted from a day that was named")


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
