"""A member's words go for good, and the chain stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from pysqlite3 import IntegrityError
from sqlite_utils import Database

from storage import log, members
from storage.database import open_database, writing
from storage.log import search
from tests.storage.conftest import NOW, Branch

WORDS = "刘德福说：女儿在外地，想请人送药"


def test_words_salt_and_search_entries_are_gone_from_the_very_file(tmp_path: Path) -> None:
    db = open_database(tmp_path / "branch.db")
    branch = members.add_branch(db, "支部", "wuxi", NOW)
    defu = members.add_member(db, branch, "刘德福", NOW)
    with writing(db):
        entry = log.append(
            db, branch_id=branch, at=NOW, kind="said", sentence=WORDS, member_id=defu, fields={"药": "降压片"}
        )
        log.append(db, branch_id=branch, at=NOW, kind="said", sentence="请人送报纸", member_id=None)
    log.settle(db)
    assert entry.salt is not None
    traces = [WORDS.encode(), entry.salt.encode(), "降压片".encode(), "送药".encode()]
    assert kept_in_the_index(db, "song_yao") == [1]
    assert [trace for trace in traces if trace not in contents(tmp_path)] == []
    with writing(db):
        sentence = "按本人意愿，删除一位党员的记录内容"
        count = log.erase_words(db, branch, defu, NOW, sentence=sentence, actor_id=None, channel="cli")
    log.settle(db)
    assert count == 1
    assert [trace for trace in traces if trace in contents(tmp_path)] == []
    assert log.verify(db, branch) is None
    assert search.find(db, branch, "送药") == []
    assert kept_in_the_index(db, "song_yao") == []
    assert [each.sentence for each in search.find(db, branch, "送报")] == ["请人送报纸"]
    db.execute("INSERT INTO entry_words (entry_words) VALUES ('integrity-check')")


def test_nobody_elses_words_go_with_it(branch: Branch) -> None:
    log.append(branch.db, branch_id=branch.id, at=NOW, kind="said", sentence="王桂兰的话", member_id=branch.guilan)
    log.append(branch.db, branch_id=branch.id, at=NOW, kind="said", sentence=WORDS, member_id=branch.defu)
    log.erase_words(branch.db, branch.id, branch.defu, NOW, sentence="删除", actor_id=None, channel="cli")
    assert [each.sentence for each in search.find(branch.db, branch.id, "王桂兰")] == ["王桂兰的话"]
    with pytest.raises(IntegrityError):
        branch.db.execute("DELETE FROM entry_content WHERE entry_id = 1")


def test_words_written_after_an_erasure_may_not_be_missing(branch: Branch) -> None:
    """Else a forger who erased once could take out whatever came later."""
    log.erase_words(branch.db, branch.id, branch.defu, NOW, sentence="删除", actor_id=None, channel="cli")
    later = log.append(branch.db, branch_id=branch.id, at=NOW, kind="said", sentence=WORDS, member_id=branch.defu)
    branch.db.execute("DELETE FROM entry_content WHERE entry_id = ?", [later.id])
    fault = log.verify(branch.db, branch.id)
    assert fault is not None
    assert (fault.number, fault.reason) == (2, "erased")


def kept_in_the_index(db: Database, token: str) -> list[int]:
    return [row[0] for row in db.execute(f"SELECT rowid FROM entry_words('\"{token}\"')").fetchall()]


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
