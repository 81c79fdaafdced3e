"""Nodes of steps between days and of counted stretches; see nodes.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understanding.times import frames
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import DAY, SHIFT


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
