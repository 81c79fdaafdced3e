"""Taking over a roster that was kept in a spreadsheet: columns in any order, errors by row, nothing half-imported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.roster.rows import FIELDS, Fault, Person, read_person
from storage.spreadsheet import Cell

LOOK_AT = 10
"""Rows above the heading that a title and a date of issue may take."""


class NoHeading(Exception):
    """No row names a column for the people's names."""


@dataclass(frozen=True)
class Heading:
    """What the columns were taken for."""

    row: int
    """Where the heading stands, first row is 1."""
    columns: Mapping[str, int]
    """Field -> column, first column is 0."""
    names: Mapping[str, str]
    """Field -> what the column is called in the file."""
    left_out: tuple[str, ...]
    """Columns that were not understood."""


@dataclass(frozen=True)
class Roster:
    """A roster as it was read, nothing written yet."""

    heading: Heading
    """What the columns were taken for."""
    people: tuple[Person, ...]
    """Everybody whose row is right."""
    faults: tuple[Fault, ...]
    """What is wrong, row by row."""


def read_roster(table: Sequence[Sequence[Cell]], year: int) -> Roster:
    """What stands in the table; `year` is this year, for ages. Raises NoHeading."""
    heading = find_heading(table)
    people: list[Person] = []
    faults: list[Fault] = []
    for number, row in enumerate(table[heading.row :], start=heading.row + 1):
        cells = {field: row[column] if column < len(row) else None for field, column in heading.columns.items()}
        person, wrong = read_person(number, cells, words(), year)
        faults += wrong
        if person and (twin := next((each for each in people if _same(each, person)), None)):
            faults.append(Fault(number, "twice", "name", str(twin.row)))
        elif person and not wrong:
            people.append(person)
    return Roster(heading, tuple(people), tuple(faults))


def find_heading(table: Sequence[Sequence[Cell]]) -> Heading:
    """The row among the first that names the most columns. Raises NoHeading."""
    best = max(range(min(LOOK_AT, len(table))), key=lambda at: (len(_columns(table[at])), -at), default=0)
    columns = _columns(table[best]) if table else {}
    if "name" not in columns:
        raise NoHeading
    called = [str(cell or "").strip() for cell in table[best]]
    below = _below(table, best, columns)
    for field, at in below.items():
        columns[field] = at
        called += [""] * (at + 1 - len(called))
        called[at] = str(table[best + 1][at]).strip()
    known = set(columns.values())
    left_out = tuple(name for at, name in enumerate(called) if name and at not in known)
    return Heading(best + 1 + bool(below), columns, {field: called[at] for field, at in columns.items()}, left_out)


def _below(table: Sequence[Sequence[Cell]], best: int, columns: Mapping[str, int]) -> dict[str, int]:
    """The columns that only the row under the heading names, where merged cells make one heading of the two."""
    row = table[best + 1] if best + 1 < len(table) else ()
    name = columns["name"]
    if name < len(row) and str(row[name] or "").strip():  # somebody stands there already
        return {}
    return {field: at for field, at in _columns(row).items() if field not in columns and at not in columns.values()}


@cache
def words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """How columns and values are called."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
        files(__package__ or "").joinpath("words.toml").read_text(encoding="utf-8")
    )
    return found


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = _field(cell) if isinstance(cell, str) else ""
        if field and field not in found:
            found[field] = at
    return found


def _field(called: str) -> str:
    """The field that a column's name means: the whole name, else the longest that is part of it."""
    name = re.sub(r"[（(【\[].*?[）)】\]]|[\s*:：]", "", called)
    known = [(each, field) for field in FIELDS for each in words()["columns"][field]]
    whole = [field for each, field in known if each == name]
    parts = sorted((each for each in known if len(each[0]) > 1 and each[0] in name), key=lambda each: -len(each[0]))
    return whole[0] if whole else parts[0][1] if parts else ""


def _same(one: Person, other: Person) -> bool:
    return (one.name, one.birth_year or 0, one.phone) == (other.name, other.birth_year or 0, other.phone)
