"""The branch log is append-only, and a change to it shows."""

from __future__ import annotations

import pytest
from pysqlite3 import IntegrityError

from storage import log
from storage.database import memory_database
from storage.log import LogDamaged, check_guards
from tests.storage.conftest import NOW, Branch


@pytest.fixture
def written(branch: Branch) -> Branch:
    for number in range(1, 7):
        log.append(
            branch.db, branch_id=branch.id, at=NOW, kind="note", sentence=f"第{number}件事", member_id=branch.guilan
        )
    return branch


def test_entries_follow_one_another(written: Branch) -> None:
    lines = list(log.entries(written.db, written.id))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[0].previous == log.START
    assert [line.previous for line in lines[1:]] == [line.hash for line in lines[:-1]]
    assert log.verify(written.db, written.id) is None
    assert log.head(written.db, written.id) == (6, lines[-1].hash)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE entry SET kind = 'x' WHERE number = 3",
        "DELETE FROM entry WHERE number = 3",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 3",
        "UPDATE entry_content SET sentence = 'x' WHERE entry_id = 3",
        "DELETE FROM entry_content WHERE entry_id = 3",
        "INSERT OR REPLACE INTO entry_content VALUES (3, 'x', '{}', 'salt')",
    ],
)
@pytest.mark.parametrize("recursive", ["on", "off"])
def test_nothing_written_can_be_changed(written: Branch, forgery: str, recursive: str) -> None:
    written.db.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(IntegrityError):
        written.db.execute(forgery)
    assert log.verify(written.db, written.id) is None


@pytest.mark.parametrize(
    ("forgery", "at", "reason"),
    [
        ("UPDATE entry SET kind = 'x' WHERE number = 3", 3, "hash"),
        ("UPDATE entry SET member_id = 1 WHERE number = 1", 1, "hash"),
        ("DELETE FROM entry_content WHERE entry_id = 4; DELETE FROM entry WHERE number = 4", 4, "gap"),
        ("UPDATE entry_content SET sentence = '没有这回事' WHERE entry_id = 5", 5, "content"),
        ("DELETE FROM entry_content WHERE entry_id = 2", 2, "erased"),
        ("UPDATE entry SET previous = hash WHERE number = 6", 6, "previous"),
    ],
)
def test_a_forger_who_removes_the_guards_is_found(written: Branch, forgery: str, at: int, reason: str) -> None:
    for guard in log.GUARDS:
        written.db.execute(f"DROP TRIGGER {guard}")
    with pytest.raises(LogDamaged, match="entry_no_update"):
        check_guards(written.db)
    for statement in forgery.split(";"):
        written.db.execute(statement)
    fault = log.verify(written.db, written.id)
    assert fault is not None
    assert (fault.number, fault.reason) == (at, reason)


def test_a_changed_guard_is_noticed() -> None:
    db = memory_database()
    db.execute("DROP TRIGGER entry_no_update")
    db.execute("CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    with pytest.raises(LogDamaged, match="entry_no_update"):
        check_guards(db)


def test_erasing_a_member_keeps_the_chain(written: Branch) -> None:
    log.append(written.db, branch_id=written.id, at=NOW, kind="note", sentence="刘德福的事", member_id=written.defu)
    log.append(
        written.db,
        branch_id=written.id,
        at=NOW,
        kind="erasure",
        sentence="删除一位党员的内容",
        member_id=written.guilan,
    )
    written.db.execute("DELETE FROM entry_content WHERE entry_id IN (1, 2, 3)")
    assert log.verify(written.db, written.id) is None
    with pytest.raises(IntegrityError):  # nobody else's words go with it
        written.db.execute("DELETE FROM entry_content WHERE entry_id = 7")


def test_each_branch_has_its_own_chain(written: Branch) -> None:
    written.db.execute("INSERT INTO branch VALUES (2, '第二支部', 'fuzhou', '2026-01-01')")
    entry = log.append(written.db, branch_id=2, at=NOW, kind="note", sentence="开张")
    assert (entry.number, entry.previous) == (1, log.START)
