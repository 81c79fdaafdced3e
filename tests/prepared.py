"""Database files that many tests begin with: made once a process and copied, for making one takes longer than most of
them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from bot.demo import make_demo
from storage.database import open_database


def new_database(path: Path) -> Database:
    """A new branch database at `path`, open, with every table and no row."""
    _put(path, _file(_nothing))
    return open_database(path)


def demo_database(path: Path, now: datetime) -> None:
    """The demo branch as `nuanyang init --demo` makes it at `now`, at `path`."""
    _put(path, _demo(now))


@cache
def _demo(now: datetime) -> bytes:
    return _file(lambda db: make_demo(db, now, "wuxi"))


@cache
def _file(fill: Callable[[Database], object]) -> bytes:
    """The bytes of a database that was filled and closed; closing leaves no write-ahead log."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nuanyang.db"
        db = open_database(path)
        fill(db)
        db.close()
        assert [each.name for each in path.parent.iterdir()] == [path.name]
        return path.read_bytes()


def _nothing(db: Database) -> None:
    """Every table, no row."""


def _put(path: Path, content: bytes) -> None:
    assert not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
