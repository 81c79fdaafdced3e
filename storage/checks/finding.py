"""What a check is made from, what it sees, and what it finds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from sqlite_utils import Database

from storage.database import Value
from storage.profiles import Profile, Rule

Cell = str | int | float | None
State = Literal["met", "unmet", "unknown"]


class NotANumber(TypeError):
    """A rule that is counted has a value that is no number; the message names it."""


@dataclass(frozen=True)
class Scope:
    """What a check looks at: one branch, from the beginning of this year to now."""

    db: Database
    """The branch's books; may be a connection that cannot write."""
    branch_id: int
    """Whose."""
    profile: Profile
    """The locality's rules."""
    now: datetime
    """When it is checked, local."""

    @property
    def year(self) -> datetime:
        """The first moment of this year."""
        return datetime(self.now.year, 1, 1)

    @property
    def begins(self) -> datetime:
        """From when on the books of the branch say anything; what was before cannot be known."""
        first = self.db.execute(
            "SELECT min(at) FROM (SELECT created_at AS at FROM branch WHERE id = :branch "
            "UNION ALL SELECT starts_at FROM session WHERE branch_id = :branch)",
            {"branch": self.branch_id},
        ).fetchone()[0]
        return datetime.fromisoformat(str(first)) if first else self.now

    def rows(self, sql: str, **more: Value) -> list[tuple[Cell, ...]]:
        """The rows of a query, which may name :branch, :year, :now and :today."""
        values = {
            "branch": self.branch_id,
            "year": self.year.isoformat(timespec="minutes"),
            "now": self.now.isoformat(timespec="seconds"),
            "today": self.now.date().isoformat(),
            **more,
        }
        return [tuple(row) for row in self.db.execute(sql, values).fetchall()]


@dataclass(frozen=True)
class Seen:
    """What a check has seen."""

    state: State
    """Whether the rule is kept."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What fills the places of its sentence."""
    lines: tuple[str, ...] = ()
    """What it rests on, in words: a line for each row that counts."""
    about: str = ""
    """The table of those rows."""
    keys: tuple[int, ...] = ()
    """Their keys."""
    key: str = ""
    """The sentence, where it is not the one of the state."""


@dataclass(frozen=True)
class Finding:
    """One rule applied."""

    key: str
    """The rule's name in the profile."""
    called: str
    """Its name for the ear."""
    title: str
    """What it asks, in a few words."""
    value: str
    """Its value as the profile has it."""
    document: str
    """The document that gives it; empty where the branch chose it itself."""
    clause: str
    """Where in the document."""
    state: State
    """met, unmet, or unknown where the books do not tell."""
    said: str
    """What was found, in one sentence."""
    remedy: str
    """What can be done; empty where nothing need be."""
    lines: tuple[str, ...]
    """What it rests on."""
    entries: tuple[int, ...]
    """Numbers of the entries of the branch log behind it."""

    @property
    def own(self) -> bool:
        """True for a rule that no document gives."""
        return not self.document


def number(rule: Rule) -> int:
    """The value of a rule that is counted. Raises NotANumber."""
    if not isinstance(rule.value, int):
        raise NotANumber(f"{rule.value!r} is no number")
    return rule.value


Words = Mapping[str, str | list[str]]


@cache
def load_words() -> Mapping[str, Words]:
    """What checks say, by the rule's name; what all of them share stands in [words] and [cues]."""
    text = files(__package__ or "").joinpath("checks.toml").read_text("utf-8")
    found: Mapping[str, Words] = tomllib.loads(text)
    return found


def say(key: str, **values: str | int) -> str:
    """A sentence of [words]."""
    return str(load_words()["words"][key]).format(**values)


def joined(names: Sequence[str]) -> str:
    """Names one after the other."""
    return str(load_words()["words"]["and"]).join(names)
