"""The work book of a branch for a period, and its report: which sheets there are, and in which order."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from storage.export import figures, sheets
from storage.export.period import Period
from storage.export.sheets import Scope
from storage.spreadsheet import Sheet

Table = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Book:
    """Tables to be written into a file."""

    title: str
    """What stands on it."""
    period: str
    """What it is about, in words."""
    branch: str
    """Whose it is."""
    sheets: tuple[Sheet, ...]
    """Its tables."""


SHEETS: Mapping[str, Callable[[Scope], Sheet]] = {
    "members": sheets.members,
    "sessions": sheets.sessions,
    "attendance": sheets.attendance,
    "visits": sheets.visits,
    "dues": sheets.dues,
    "suggestions": sheets.suggestions,
    "talents": sheets.talents,
}
KINDS = {"book": tuple(SHEETS), "report": ("visits", "dues")}
"""What follows the figures in each kind of book."""


def make_book(
    db: Database, branch_id: int, kind: str, period: Period, today: datetime, step: Callable[[], None] = lambda: None
) -> Book:
    """The branch's `kind` of book (book or report); only its own rows; `step` is called after each sheet."""
    words = load_words()
    scope = Scope(db, branch_id, period, today, words)
    spoken = say_period(period, words)
    made = [figures.cover(scope, spoken, say_period(period.before, words))]
    step()
    for name in KINDS[kind]:
        made.append(SHEETS[name](scope))
        step()
    branch = str(db.execute("SELECT name FROM branch WHERE id = ?", [branch_id]).fetchone()[0])
    return Book(str(words["titles"][kind]), spoken, branch, tuple(made))


def say_period(period: Period, words: Mapping[str, Table]) -> str:
    """The period in words: 2026年第4季度."""
    said = str(words["period"][period.kind])
    return said.format(year=period.year, quarter=period.number, month=period.number)


@cache
def load_words() -> Mapping[str, Table]:
    """What stands in exported books."""
    found: Mapping[str, Table] = tomllib.loads(files(__package__ or "").joinpath("words.toml").read_text("utf-8"))
    return found


def file_names(book: Book) -> Sequence[str]:
    """A name for each sheet where each is a file of its own."""
    return [f"{number:02}-{sheet.name}.csv" for number, sheet in enumerate(book.sheets, start=1)]
