"""A demo branch on disk, wired as in production, with a clock that a test sets."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.app import App, open_app
from bot.config import Config, DataConfig, HearingConfig
from bot.turn import Incoming
from storage import members
from storage.members import Member
from tests.prepared import demo_database

NOW = datetime(2026, 11, 22, 9, 30)


@dataclass
class Office:
    """A branch at work, and people who talk to it."""

    app: App
    clock: list[datetime]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def person(self, name: str) -> Member:
        return members.find(self.app.db, name)[0]

    def say(self, name: str, text: str, update_id: str = "") -> Answer:
        number = update_id or f"t{next(self.numbers)}"
        return asyncio.run(self.app.turn.take(Incoming("cli", number, self.person(name).id, text)))

    def voice(self, name: str, audio: bytes, update_id: str = "") -> Answer:
        number = update_id or f"t{next(self.numbers)}"
        return asyncio.run(self.app.turn.take(Incoming("cli", number, self.person(name).id, audio=audio)))

    def later(self, **step: float) -> None:
        self.clock[0] += timedelta(**step)

    def rows(self, sql: str, *values: str | int) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.app.db.execute(sql, list(values)).fetchall()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as each:
        yield each


class open_office:  # noqa: N801 - reads as a function where it is used
    """The branch in a folder; opening it again is a restart."""

    def __init__(
        self, folder: Path, now: Callable[[], datetime] | None = None, hearing: HearingConfig | None = None
    ) -> None:
        self._config = Config(data=DataConfig(folder=folder / "data"), hearing=hearing or HearingConfig())
        self._clock = [NOW]
        self._now = now or (lambda: self._clock[0])

    def __enter__(self) -> Office:
        if not self._config.database.exists():
            demo_database(self._config.database, NOW)
        self._opened = open_app(self._config, self._now)
        return Office(self._opened.__enter__(), self._clock)

    def __exit__(self, *_: object) -> None:
        self._opened.__exit__(None, None, None)
