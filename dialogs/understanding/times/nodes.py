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

    def narrow(self, frame: Frame | None, today: date, /) -> Frame | None:
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
class Decade:
    """Ten years of the last century: 六十年代."""

    first: int
    """Its first year."""
    rank: int = YEAR
    """See DateNode."""
    needs: Need = ""
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """All ten."""
        return Frame(date(self.first, 1, 1), date(self.first + 9, 12, 31), "part") if frame is None else None


@dataclass(frozen=True)
class Months:
    """Months of a year that have a name: a half (上半年), a quarter (第三季度), a beginning or end (年底)."""

    first: int
    """First month, 1..12."""
    last: int
    """Last month."""
    needs: Need = "year"
    """"this year" for the halves."""
    grain: frames.Grain = "quarter"
    """What it is."""
    doubt: str = ""
    """Why the stretch is not certain."""
    rank: int = SEASON
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """Those months."""
        if frame is None or frame.grain != "year":
            return None
        return frames.months(frame.start.year, self.first, self.last, self.grain).doubted(self.doubt)


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
