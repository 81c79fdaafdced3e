"""The promises of the database file are checked at every open."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pysqlite3
import pytest

from storage.copies import copy_database
from storage.database import (
    DatabaseInUse,
    StorageError,
    check_pragmas,
    insert,
    memory_database,
    only_server,
    open_database,
    trouble,
    writing,
)
from storage.migrations import migrations


def test_pragmas_hold_after_opening(tmp_path: Path) -> None:
    db = open_database(tmp_path / "branch" / "nuanyang.db")
    found = check_pragmas(db)
    assert (found["journal_mode"], found["synchronous"], found["foreign_keys"]) == ("wal", 2, 1)
    assert stat.S_IMODE((tmp_path / "branch" / "nuanyang.db").stat().st_mode) == 0o600


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    first = open_database(tmp_path / "a.db")
    applied = migrations.applied(first)
    first.close()
    db = open_database(tmp_path / "a.db")
    assert migrations.applied(db) == applied
    assert migrations.pending(db) == []


def test_one_in_memory_is_like_one_on_disk_and_has_nothing_of_the_last(tmp_path: Path) -> None:
    tables = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '_sqlite_migrations%' ORDER BY name"
    first, second = memory_database(), memory_database()
    on_disk = open_database(tmp_path / "a.db").execute(tables).fetchall()
    assert first.execute(tables).fetchall() == on_disk
    assert migrations.pending(first) == []
    insert(first, "branch", name="甲", profile="wuxi", created_at="2026-11-22T09:30:00")
    assert second.execute("SELECT count(*) FROM branch").fetchone() == (0,)
    assert memory_database().execute("SELECT count(*) FROM branch").fetchone() == (0,)
    with pytest.raises(pysqlite3.IntegrityError):
        insert(second, "member", branch_id=1, name="甲", joined_at="2026-11-22T09:30:00")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nuanyang.db"
    path.write_bytes(b"this is a picture" * 100)
    with pytest.raises(StorageError, match=r"database_broken: file=.*nuanyang\.db"):
        open_database(path)
    assert path.read_bytes().startswith(b"this is a picture"), "nothing is lost"


def test_a_full_file_system_is_no_damaged_database(tmp_path: Path) -> None:
    """Who is told to restore a backup loses what was written since."""
    db = open_database(tmp_path / "a.db")
    db.execute("PRAGMA max_page_count = 1")  # SQLite then says what it says on a full disk
    with pytest.raises(pysqlite3.OperationalError) as full, writing(db):
        db.execute("CREATE TABLE more AS SELECT zeroblob(1000000) AS filling")
    met = trouble(full.value, tmp_path / "a.db")
    assert met is not None
    assert met.kind == "disk_full"


def test_a_second_server_is_refused(tmp_path: Path) -> None:
    child = (
        "import sys; from pathlib import Path; from storage.database import only_server, DatabaseInUse\n"
        "try:\n    with only_server(Path(sys.argv[1])): print('in')\n"
        "except DatabaseInUse as error: print(error)"
    )
    with only_server(tmp_path):
        second = subprocess.run(
            [sys.executable, "-c", child, str(tmp_path)], capture_output=True, text=True, check=True
        )
        assert second.stdout.strip() == f"already_served: folder={tmp_path}"
    third = subprocess.run([sys.executable, "-c", child, str(tmp_path)], capture_output=True, text=True, check=True)
    assert third.stdout.strip() == "in"
    assert DatabaseInUse.__mro__[1] is StorageError


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")

    def two_rows_then_failure() -> None:
        with writing(db):
            insert(db, "branch", name="一", profile="wuxi", created_at="2026-01-01")
            with writing(db):
                insert(db, "branch", name="二", profile="wuxi", created_at="2026-01-01")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        two_rows_then_failure()
    assert db.execute("SELECT count(*) FROM branch").fetchone()[0] == 0


def test_a_backup_made_during_writing_is_whole(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    with writing(db):
        insert(db, "branch", name="春晖", profile="wuxi", created_at="2026-01-01")
    copy_database(tmp_path / "a.db", tmp_path / "backup.db")
    copy = pysqlite3.connect(str(tmp_path / "backup.db"))
    assert copy.execute("SELECT name FROM branch").fetchone()[0] == "春晖"


def test_wrong_types_are_refused_at_the_door(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    with pytest.raises(pysqlite3.IntegrityError):
        insert(db, "branch", id="not a number", name="一", profile="wuxi", created_at="2026-01-01")
