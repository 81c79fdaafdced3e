"""The words of a date as small nodes, each of which narrows a stretch of the calendar to a smaller one.

`narrow(frame, today)` takes the stretch said so far (None at the beginning) and gives the stretch that the word picks
in it, or None where there is no such day (二月三十号). A node that begins a date says in `needs` what it leaves open.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

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
