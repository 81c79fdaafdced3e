"""What a duty is: a module in dialogs/duties with a function `fire`, and a .toml of the same name beside it.

`fire(row, desk)` does what is due, in the transaction that marks the row as fired; what it raises undoes all of it, and
the row is tried again. A duty that comes back by itself (every morning) writes its next row when it fires, counted from
`desk.now`, so that a clock that jumped neither loses nor repeats it; its first row is written by `begin(desk)`, if the
module has one: called for each branch at start and on each new day, so it must be the same called twice.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module

from sqlite_utils import Database

from dialogs import duties, words
from storage import duty, log
from storage.due import DueRow
from storage.log import About
from storage.members import Officer
from storage.profiles import Profile
from storage.settings import profile_of


@dataclass(frozen=True)
class DutyDesk:
    """What a duty works with: a branch's books at a moment. Nobody speaks."""

    db: Database
    """The database, inside the transaction of the row."""
    branch_id: int
    """The branch."""
    now: datetime
    """Local time."""
    profile: Profile
    """The locality's rules."""
    kind: str
    """Name of the duty at work."""
    recording_id: int | None = None
    """A voice message that goes along with what is told."""

    @cached_property
    def officers(self) -> list[Officer]:
        """Everybody who may be called now, in the order in which they are called."""
        return duty.ladder(self.db, self.branch_id, self.now)

    @property
    def secretary(self) -> str:
        """How members speak of whoever is called first."""
        return self.officers[0].spoken if self.officers else words.load("manager", "manager").say("nobody")

    def say(self, key: str, **values: str | int) -> str:
        """A sentence of the duty's [words]."""
        return words.load(f"duties/{self.kind}", "words").say(key, **values)

    def log(
        self,
        kind: str,
        about: About | None = None,
        member_id: int | None = None,
        source: str = "",
        **values: str | int,
    ) -> log.Entry:
        """Write an entry of the branch log in the words of the duty's [log]; it is Nuanyang's own doing."""
        sentence = words.load(source or f"duties/{self.kind}", "log").say(kind, **values)
        return log.append(
            self.db,
            branch_id=self.branch_id,
            at=self.now,
            kind=kind,
            sentence=sentence,
            member_id=member_id,
            channel="clock",
            about=about,
            fields=values,
        )


Fire = Callable[[DueRow, DutyDesk], None]
Begin = Callable[[DutyDesk], None]


@dataclass(frozen=True)
class Duty:
    """A module of dialogs/duties."""

    name: str
    """The kind of due rows it fires."""
    fire: Fire
    """What it does."""
    begin: Begin | None = None
    """Writes its first row for a branch; None where others write its rows."""


def load_duties() -> Mapping[str, Duty]:
    """Every duty that there is, by kind."""
    found = {}
    for module in pkgutil.iter_modules(duties.__path__):
        content = import_module(f"{duties.__name__}.{module.name}")
        found[module.name] = Duty(module.name, content.fire, getattr(content, "begin", None))
    return found


def desk_of(db: Database, branch_id: int, now: datetime, kind: str) -> DutyDesk:
    """The desk at which a duty works for a branch."""
    return DutyDesk(db, branch_id, now, profile_of(db, branch_id), kind)
