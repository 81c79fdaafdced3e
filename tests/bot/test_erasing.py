"""A member's words are erased: nothing of what was said is left in any file of the branch."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bot.commands.branch_log import log_app
from storage import log
from storage.database import memory_database, writing
from storage.erasing import PLACES, ROWS, erase_member
from storage.recordings import CARRYING
from tests.bot.conftest import Office, open_office

CANARY = "枇杷膏"
WISHES = (
    f"我昨天住院了，家里{CANARY}没了",
    f"我建议活动室备一点{CANARY}",
    f"我会熬{CANARY}，可以教大家",
    "对",
    f"下一次学习我请个假，要去买{CANARY}",
    f"请书记给我回个电话，问问{CANARY}的事",
)
NO_WORDS = {
    "at", "address", "channel", "chart", "dedupe_key", "guest", "kind", "lane", "last_error", "outcome", "remote_id",
    "reporter_kind", "state", "trigger", "buttons",
}  # fmt: skip
"""Columns of these tables that hold times, states, names on the roster or addresses."""
BOOKS = {
    "branch", "broadcast", "channel", "chapter", "contact", "document", "due", "dues", "duty", "attendance", "bookmark",
    "application_step", "delivery", "home_study", "link", "listening", "member", "minutes", "own_day", "point",
    "recording", "role", "round", "session", "setting", "sign_in", "theme", "entry", "entry_content", "entry_tally",
}  # fmt: skip
"""Tables that hold the roster, the books of the branch, and the log, whose words are erased in a way of its own."""


def test_nothing_is_left_in_any_file(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        guilan = office.person("王桂兰")
        for wish in WISHES:
            office.say("王桂兰", wish)
        office.voice("王桂兰", b"the voice of Guilan")
        finish(office)
    data = tmp_path / "data"
    assert CANARY.encode() in contents(data)
    assert b"the voice of Guilan" in contents(data)
    config = tmp_path / "config.toml"
    config.write_text('[data]\nfolder = "data"\n', encoding="utf-8")
    done = CliRunner().invoke(log_app, ["erase", "王桂兰", "--yes", "--config", str(config)])
    assert done.exit_code == 0, done.output
    assert CANARY.encode() not in contents(data)
    assert b"the voice of Guilan" not in contents(data)
    with open_office(tmp_path) as office:
        assert log.verify(office.app.db, guilan.branch_id) is None
        assert office.person("王桂兰") == guilan
        assert office.say("王桂兰", "最近有什么活动").text
        assert office.rows("SELECT count(*) FROM recording") == [(0,)]


def test_what_is_not_done_yet_keeps_its_words(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.say("王桂兰", WISHES[0])
        guilan = office.person("王桂兰")
        with writing(office.app.db) as db:
            erased = erase_member(
                db, guilan, office.clock[0], sentence="删", instead="删", actor_id=None, channel="cli"
            )
        assert erased.open_cases == 1
        assert office.rows("SELECT count(*) FROM care_report WHERE said LIKE ?", f"%{CANARY}%") == [(1,)]


def test_no_table_that_may_hold_a_members_words_is_forgotten() -> None:
    """Whoever adds a table or a column says here what becomes of it."""
    erased = {place.table: {*place.words, place.instead} for place in PLACES}
    whole = {table for table, _ in ROWS}
    db = memory_database()
    for table in db.table_names():
        if table in BOOKS | whole or table.startswith(("entry_words", "_sqlite")):
            continue
        texts = {column.name for column in db[table].columns if column.type == "TEXT"}
        left = {column for column in texts - erased.get(table, set()) if not column.endswith("_at")}
        assert left <= NO_WORDS, table
    carrying = {
        table for table in db.table_names() if any(key.other_table == "recording" for key in db[table].foreign_keys)
    }
    assert carrying == set(CARRYING)


def finish(office: Office) -> None:
    """Everything that was asked is done."""
    with writing(office.app.db) as db:
        db.execute(
            "UPDATE care_case SET state = 'closed', close_reason = '电话里说好了', "
            "closed_at = reported_at, closed_by = 1"
        )
        db.execute("UPDATE task SET done_at = created_at, done_by = 1")
        db.execute("UPDATE suggestion SET state = 'answered'")


def contents(folder: Path) -> bytes:
    """Every byte the branch keeps."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
