"""One row of a roster: each cell read as people write it, and what is wrong with it said by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from storage.spreadsheet import Cell

FIELDS = ("name", "gender", "birth", "identity", "phone", "address", "called", "dues_quarter", "dues_month", "frail")
YOUNGEST, OLDEST = 18, 115
"""Ages that a member can have."""
LONGEST_NAME = 20
SPREADSHEET_DAY_0 = date(1899, 12, 30)
"""The day before the first of those that spreadsheets count."""
MONTHS = 3
"""Of a quarter."""

Words = Mapping[str, Mapping[str, Sequence[str]]]
Value = TypeVar("Value", str, int)


@dataclass(frozen=True)
class Person:
    """Somebody of a roster that was read."""

    row: int
    """Where they stand in the file, first row is 1."""
    name: str
    """Full name."""
    gender: str
    """男 or 女, empty where not given."""
    birth_year: int | None
    """Year of birth."""
    phone: str
    """As dialled, empty where not given."""
    address: str
    """Where they live, empty where not given."""
    called: str
    """How they wish to be addressed, empty for the name."""
    frail: int | None
    """1 or 0, None where not given."""
    dues_fen: int | None
    """Dues a quarter in fen, None where not given."""


@dataclass(frozen=True)
class Fault:
    """Something wrong in a row."""

    row: int
    """Where, first row is 1."""
    kind: str
    """name, gender, birth, identity, phone, dues, frail, twice or namesakes."""
    column: str
    """The field."""
    value: str
    """What stands there."""


class _Unreadable(Exception):
    """A cell that cannot be what its column says."""


class _Row:
    """Reads the cells of one row and keeps what is wrong with them."""

    def __init__(self, number: int, cells: Mapping[str, Cell], words: Words, year: int) -> None:
        self.faults: list[Fault] = []
        self.words = words
        self.year = year
        self._number = number
        self._cells = cells

    def words_of(self, field: str, reader: Callable[[str, _Row], str]) -> str:
        """The cell as words, empty where it is empty or wrong."""
        return self._take(field, reader) or ""

    def number_of(self, field: str, reader: Callable[[str, _Row], int]) -> int | None:
        """The cell as a number, None where it is empty or wrong."""
        return self._take(field, reader)

    def wrong(self, kind: str, field: str, value: str) -> None:
        """Note a fault; the number of an identity card stands in no message."""
        self.faults.append(Fault(self._number, kind, field, "…" if field == "identity" else value))

    def is_empty(self) -> bool:
        """Whether nothing stands in any cell that is understood."""
        return not any(_as_text(cell) for cell in self._cells.values())

    def _take(self, field: str, reader: Callable[[str, _Row], Value]) -> Value | None:
        text = _as_text(self._cells.get(field))
        if not text:
            return None
        try:
            return reader(text, self)
        except _Unreadable:
            self.wrong(field.split("_")[0], field, text)
            return None


def read_person(number: int, cells: Mapping[str, Cell], words: Words, year: int) -> tuple[Person | None, list[Fault]]:
    """Who stands in the row, and what is wrong with it; (None, []) for a row in which nothing stands."""
    row = _Row(number, cells, words, year)
    name = row.words_of("name", _name)
    if not name:
        if not row.faults and not row.is_empty():
            row.wrong("name", "name", "")
        return None, row.faults
    identity = row.words_of("identity", _identity)
    month, quarter = row.number_of("dues_month", _fen), row.number_of("dues_quarter", _fen)
    person = Person(
        number,
        name,
        row.words_of("gender", _gender) or identity[4:],
        row.number_of("birth", _birth) or (int(identity[:4]) if identity else None),
        row.words_of("phone", _phone),
        row.words_of("address", _text),
        row.words_of("called", _text),
        row.number_of("frail", _yes),
        quarter if quarter is not None else month * MONTHS if month is not None else None,
    )
    return person, row.faults


def _as_text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else str("" if cell is None else cell).strip()


def _text(said: str, _: _Row) -> str:
    return re.sub(r"\s+", " ", said)


def _name(said: str, _: _Row) -> str:
    name = re.sub(r"\s", "", said)
    if not re.fullmatch(r"[^\d\W]+(?:·[^\d\W]+)*", name) or len(name) > LONGEST_NAME:
        raise _Unreadable
    return name


def _gender(said: str, row: _Row) -> str:
    for gender, kind in (("男", "men"), ("女", "women")):
        if said in row.words["values"][kind]:
            return gender
    raise _Unreadable


def _birth(said: str, row: _Row) -> int:
    """The year of 1942, 1942-03-05, 1942.3, 1942年3月, 194203, 19420305, and of a day as a spreadsheet counts it."""
    if re.fullmatch(r"\d{5}", said):
        said = str((SPREADSHEET_DAY_0 + timedelta(days=int(said))).year)
    match = re.match(r"(\d{4})(?!\d)|(\d{4})\d{2}(?:\d{2})?$", said)
    year = int(match[1] or match[2]) if match else 0
    if not YOUNGEST <= row.year - year <= OLDEST:
        raise _Unreadable
    return year


def _identity(said: str, row: _Row) -> str:
    """Year of birth and gender as the number of an identity card has them (GB 11643); the number is not kept."""
    if not re.fullmatch(r"\d{17}[\dXx]", said):
        raise _Unreadable
    return f"{_birth(said[6:10], row)}{'男' if int(said[16]) % 2 else '女'}"


def _phone(said: str, _: _Row) -> str:
    digits = re.sub(r"[\s\-—()（）]|^(?:\+|00)86", "", said)
    if not re.fullmatch(r"1\d{10}|0\d{9,11}|[2-9]\d{6,7}", digits):
        raise _Unreadable
    return digits


def _fen(said: str, _: _Row) -> int:
    match = re.fullmatch(r"[¥￥]?(\d{1,5}(?:\.\d{1,2})?)元?", said.replace(",", ""))
    if match is None:
        raise _Unreadable
    return round(float(match[1]) * 100)


def _yes(said: str, row: _Row) -> int:
    for value, kind in ((1, "yes"), (0, "no")):
        if said in row.words["values"][kind]:
            return value
    raise _Unreadable
