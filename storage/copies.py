"""Copies of the database: made while it is in use, and believed only when they are whole."""

from __future__ import annotations

from pathlib import Path

import pysqlite3

from storage.database import StorageError, broken, reading_copy, trouble
from storage.log import check_guards


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use through SQLite's own backup, and check the copy.

    Copying the file alone is stale or broken while a write-ahead log exists. A copy that fails leaves what stood at
    `target` as it was. Raises StorageError.
    """
    check_database(source)
    if target.is_dir():
        raise StorageError("is_folder", file=str(target))
    if target.exists() and target.samefile(source):  # who has it open would write into a file without a name
        raise StorageError("same_file", file=str(target))
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(target.name + ".half")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    try:
        _write(source, half)
        check_database(half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _write(source: Path, half: Path) -> None:
    reading, writing = reading_copy(source), pysqlite3.connect(str(half))
    try:
        reading.conn.backup(writing)
    except pysqlite3.DatabaseError as error:
        raise trouble(error, half) or broken(source, str(error)) from error
    finally:
        writing.close()
        reading.close()


def check_database(path: Path) -> None:
    """Raises StorageError where the file is not a whole SQLite database of ours."""
    if not path.is_file():
        raise StorageError("no_file", file=str(path))
    try:
        db = reading_copy(path)
        try:
            found = db.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise broken(path, found)
            check_guards(db)
        finally:
            db.close()
    except pysqlite3.DatabaseError as error:
        raise trouble(error, path) or broken(path, str(error)) from error
