"""An anchor: date, count and head of a branch's chain, kept where a forger of the database does not reach.

The chain alone shows a changed entry. That its tail was cut, that all of it was hashed again or that an older copy
lies in its place shows only against what was written down elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.faults import Mendable
from storage.log.chain import head

SHOWN = 20
"""Hexadecimal digits of the head that are kept: 80 bits, and short enough to be copied by hand."""
WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)[/ ](\d+)[/ ]((?:[0-9a-f] ?){20,64})")


class NoAnchor(Mendable):
    """What was given is not an anchor."""


@dataclass(frozen=True)
class Anchor:
    """Where a branch's chain stood on a day."""

    day: str
    """ISO date on which it was taken."""
    count: int
    """Entries of the branch."""
    head: str
    """The first digits of the last entry's hash."""

    def __str__(self) -> str:
        return f"{self.day}/{self.count}/{self.head}"

    @staticmethod
    def read(text: str) -> Anchor:
        """An anchor as it was written. Raises NoAnchor."""
        found = WRITTEN.search(text.strip().lower())
        if found is None:
            raise NoAnchor("no_anchor", text=text)
        return Anchor(found[1], int(found[2]), found[3].replace(" ", ""))


def anchor(db: Database, branch_id: int, today: datetime) -> Anchor:
    """Where the branch's chain stands now."""
    count, last = head(db, branch_id)
    return Anchor(today.date().isoformat(), count, last[:SHOWN])
