"""What telling people and logging need to know, whoever is at work: a speaker at a desk, or a duty that is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlite_utils import Database

from storage.log import About, Entry
from storage.members import Officer
from storage.profiles import Profile


class Office(Protocol):
    """A branch at a moment, inside a transaction."""

    @property
    def db(self) -> Database:
        """The database."""
        ...

    @property
    def branch_id(self) -> int:
        """The branch."""
        ...

    @property
    def now(self) -> datetime:
        """Local time."""
        ...

    @property
    def profile(self) -> Profile:
        """The locality's rules."""
        ...

    @property
    def recording_id(self) -> int | None:
        """The voice message that goes along with what is told."""
        ...

    @property
    def officers(self) -> Sequence[Officer]:
        """Everybody who may be called now, in the order in which they are called."""
        ...

    @property
    def secretary(self) -> str:
        """How members speak of whoever is called first."""
        ...

    def log(
        self,
        kind: str,
        about: About | None = None,
        member_id: int | None = None,
        source: str = "",
        **values: str | int,
    ) -> Entry:
        """Write an entry of the branch log, in the words of `source`, as a rule of the skill or duty at work."""
        ...
