"""The branch log at the command line: nuanyang log verify, anchor, find, erase, export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from storage import log, members
from storage.database import open_database
from tests.storage.conftest import NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run("init", str(tmp_path), "--name", "春晖支部", "--secretary", "李卫民").exit_code == 0
    db = open_database(tmp_path / "data" / "nuanyang.db")
    defu = members.add_member(db, 1, "刘德福", NOW)
    for number in range(9):
        log.append(db, branch_id=1, at=NOW, kind="said", sentence=f"刘德福第{number}次说漏水", member_id=defu)
    db.close()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments])


def at(folder: Path, *arguments: str) -> Result:
    return run(*arguments, "--config", str(folder))


def test_an_anchor_shows_what_the_chain_cannot(folder: Path) -> None:
    printed = at(folder, "log", "anchor").stdout.split()
    assert printed[0] == "春晖支部"
    assert at(folder, "log", "verify", "--anchor", printed[1]).exit_code == 0
    file = folder / "data" / "nuanyang.db"
    db = open_database(file)
    guards = dict(log.GUARDS)
    for guard in guards:
        db.execute(f"DROP TRIGGER {guard}")
    db.execute("DELETE FROM entry_content WHERE entry_id > 6")
    db.execute("DELETE FROM entry WHERE id > 6")
    for guard in guards.values():
        db.execute(guard)
    db.close()
    assert at(folder, "log", "verify").exit_code == 0
    told = at(folder, "log", "verify", "--json", "--anchor", printed[1])
    assert told.exit_code == 1
    assert json.loads(told.stdout)["fault"] == {"branch_id": 1, "number": 7, "reason": "cut"}
    assert "7" in at(folder, "log", "verify", "--anchor", printed[1]).stdout


def test_a_bad_anchor_and_an_unknown_branch_are_explained(folder: Path) -> None:
    bad = at(folder, "log", "verify", "--anchor", "57")
    assert bad.exit_code == 1
    assert "Remedy" in bad.stderr
    unknown = at(folder, "log", "verify", "--branch", "没有")
    assert unknown.exit_code == 1
    assert "春晖支部" in unknown.stderr


def test_words_are_found_also_as_they_sound(folder: Path) -> None:
    assert len(at(folder, "log", "find", "漏水").stdout.splitlines()) == 9
    assert "刘德福第8次" in at(folder, "log", "find", "牛得湖", "-n", "1").stdout


def test_erasing_wants_a_yes(folder: Path) -> None:
    assert at(folder, "log", "erase", "刘德福").exit_code == 1
    assert len(at(folder, "log", "find", "漏水").stdout.splitlines()) == 9
    assert "9" in at(folder, "log", "erase", "刘德福", "--yes").stdout
    assert at(folder, "log", "find", "漏水").stdout == ""
    assert at(folder, "log", "verify").exit_code == 0


def test_an_export_is_itself_an_entry(folder: Path) -> None:
    assert at(folder, "log", "export", str(folder / "log.jsonl")).exit_code == 0
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["kind"] == "log_exported"
