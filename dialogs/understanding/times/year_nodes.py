"""Nodes of years and of what they are made of, down to a quarter; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.understanding.times import frames
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import SEASON, YEAR


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
