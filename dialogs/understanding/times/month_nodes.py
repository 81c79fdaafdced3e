"""Nodes of months, the moon's too, and of their parts; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understanding.times import frames
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import MONTH, PART


@dataclass(frozen=True)
class Month:
    """A month by its number."""

    number: int
    """1..12."""
    rank: int = MONTH
    """See DateNode."""
    needs: Need = "year"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
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

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """Those days."""
        if frame is None or frame.grain != "month":
            return None
        last = frame.start + timedelta(self.last - 1)  # lunar months begin within one of the sun's
        return Frame(frame.start + timedelta(self.first - 1), min(last, frame.end), "part")
