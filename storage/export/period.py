"""The stretch of time a book is about: a year, a quarter or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

MONTHS = {"year": 12, "quarter": 3, "month": 1}


class NoPeriod(ValueError):
    """What was named is no year, quarter or month."""


@dataclass(frozen=True)
class Period:
    """A year, a quarter or a month."""

    kind: str
    """year, quarter or month."""
    year: int
    """Of the calendar."""
    number: int
    """Which quarter or month of it, from 1; 1 for a year."""

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        months = self.number * MONTHS[self.kind]
        return datetime(self.year + months // 12, months % 12 + 1, 1)

    @property
    def before(self) -> Period:
        """The one before, of the same kind."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, 12 // MONTHS[self.kind])

    @property
    def quarters(self) -> list[str]:
        """The quarters it touches, as dues are kept: 2026Q4."""
        first = (self.start.month - 1) // 3 + 1
        last = first if self.kind != "year" else 4
        return [f"{self.year}Q{quarter}" for quarter in range(first, last + 1)]

    def __str__(self) -> str:
        return {"year": f"{self.year}", "quarter": f"{self.year}Q{self.number}"}.get(
            self.kind, f"{self.year}-{self.number:02}"
        )


def parse_period(text: str) -> Period:
    """The period of 2026, 2026Q4 or 2026-11. Raises NoPeriod."""
    match = re.fullmatch(r"(\d{4})(?:[Qq]([1-4])|-(0?[1-9]|1[0-2]))?", text.strip())
    if match is None:
        raise NoPeriod(text)
    year = int(match[1])
    if match[2]:
        return Period("quarter", year, int(match[2]))
    return Period("month", year, int(match[3])) if match[3] else Period("year", year, 1)
