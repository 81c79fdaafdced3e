"""Long lists, a sheet at a time: no page of the desk grows with the branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from bot.web.desk.visit import Visit

Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Sheet(Generic[Item]):
    """A part of a list."""

    items: Sequence[Item]
    """What stands on this sheet."""
    number: int
    """Which it is, the first is 1."""
    of: int
    """How many there are, at least 1."""
    total: int
    """Things in the whole list."""
    address: str
    """Of a sheet, to which its number is added."""

    @property
    def before(self) -> str:
        """Address of the sheet before; empty on the first."""
        return f"{self.address}{self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        """Address of the sheet after; empty on the last."""
        return f"{self.address}{self.number + 1}" if self.number < self.of else ""

    def showing(self, items: Sequence[Other]) -> Sheet[Other]:
        """The same sheet with more known of each thing on it."""
        return Sheet(items, self.number, self.of, self.total, self.address)


def sheet(items: Sequence[Item], visit: Visit, size: int, name: str = "page") -> Sheet[Item]:
    """The part of the list that the visitor asked for, by the field `name` of the address; the nearest there is."""
    asked, pages = visit.asked(name), max(1, -(-len(items) // size))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    others = [(key, value) for key, value in visit.request.query_params.multi_items() if key not in (name, "told")]
    address = f"{visit.request.url.path}?{urlencode([*others, (name, '')])}"
    return Sheet(items[(number - 1) * size : number * size], number, pages, len(items), address)
