"""自查 and the record of a session, asked for in a chat and at the command line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from bot.cli import app
from dialogs.asking.checking import asks_what_lacks
from storage import log, members, minutes
from storage.database import writing
from storage.export.session_record import NoSuchSession, export_record
from tests.bot.conftest import NOW, Office

SAID = tomllib.loads(Path(__file__).with_name("self_check.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", SAID["wanted"])
def test_what_lacks_is_asked_in_many_words(text: str) -> None:
    assert asks_what_lacks(text) or "自查" in text


@pytest.mark.parametrize("text", SAID["other"])
def test_and_not_whatever_else_is_missing(text: str) -> None:
    assert not asks_what_lacks(text)


@pytest.mark.parametrize("text", ["自查一下", "我们支部还差什么", "对照文件看看咱们哪些没做到"])
def test_the_secretary_hears_what_is_lacking_and_sees_every_rule(office: Office, text: str) -> None:
    answer = office.say("李卫民", text)
    assert answer.answered
    assert answer.text.startswith("对照规定查了")
    assert answer.table is not None
    assert answer.table.columns[:2] == ("规定", "结果")
    states = [row[1] for row in answer.table.rows]
    assert {"做到了", "还差"} <= set(states)
    assert states[0] == "还差"
    assert any("无锡" in str(row[4]) for row in answer.table.rows)
    kinds = [entry.kind for entry in log.tail(office.app.db, 1, 2)]
    assert kinds == ["read_report_make", "read_health"]


def test_a_member_is_told_nothing_of_it(office: Office) -> None:
    answer = office.say("华锡良", "我们支部还差什么")
    assert answer.table is None


def test_who_does_not_care_for_members_sees_no_names_of_those_in_need(office: Office) -> None:
    db = office.app.db
    with writing(db):
        members.add_member(db, 1, "钱明", NOW, role="party_committee", title="党委", rung=5)
    answer = office.say("钱明", "自查一下")
    assert answer.table is not None
    assert not any("看望" in str(row[0]) or "走访" in str(row[0]) for row in answer.table.rows)


def test_the_record_of_the_last_session(office: Office) -> None:
    session_id = office.rows("SELECT id FROM session WHERE state = 'held' ORDER BY starts_at DESC LIMIT 1")[0][0]
    empty = office.say("李卫民", "写一份上次会议的会议记录")
    assert "还没有写" in empty.text
    with writing(office.app.db):
        minutes.write(office.app.db, int(str(session_id)), "学习了条例。\n大家同意十二月去参观。", 1, NOW)
    answer = office.say("李卫民", "把上次会议的纪要整理一份")
    assert answer.table is not None
    told = dict(answer.table.rows)  # type: ignore[arg-type]
    assert "十二月去参观" in str(told["记录"])
    marks = office.rows(
        "SELECT name, state FROM attendance JOIN member ON member.id = member_id WHERE session_id = ?",
        int(str(session_id)),
    )
    called = {"attended": "到会", "excused": "请假", "home_study": "在家学习", "unexplained": "没来"}
    assert marks
    assert all(str(name) in str(told[called[str(state)]]) for name, state in marks)


def test_a_day_without_a_session_has_no_record(office: Office) -> None:
    answer = office.say("李卫民", "写一份昨天的会议纪要")
    assert not answer.answered


def test_the_record_is_written_for_the_file_without_reasons(office: Office, tmp_path: Path) -> None:
    db, file = office.app.db, tmp_path / "record.docx"
    key, title = office.rows(
        "SELECT session.id, title FROM session JOIN attendance ON session_id = session.id "
        "WHERE attendance.state = 'excused' ORDER BY starts_at DESC LIMIT 1"
    )[0]
    with writing(db):
        minutes.write(db, int(str(key)), "学习了条例。\n大家同意去参观。", 1, NOW)
        db.execute("UPDATE registration SET reason = '做手术' WHERE session_id = ?", [key])
    export_record(db, office.app.config.database, 1, int(str(key)), file, NOW, actor_id=1)
    paper = Document(str(file))
    words = [paragraph.text for paragraph in paper.paragraphs]
    facts = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
    assert words[0] == "会议记录"
    assert str(title) in words[1]
    assert {"学习了条例。", "大家同意去参观。", "记录人：李卫民"} <= set(words)
    excused = {str(row[0]) for row in office.rows(
        "SELECT name FROM attendance JOIN member ON member.id = member_id WHERE session_id = ? AND state = 'excused'",
        int(str(key)),
    )}  # fmt: skip
    assert excused
    assert all(name in facts["请假"] for name in excused)
    assert "做手术" not in "".join([*words, *facts.values()])
    assert log.tail(db, 1, 1)[0].kind == "exported"
    with pytest.raises(NoSuchSession):
        export_record(db, office.app.config.database, 2, int(str(key)), file, NOW)


def test_check_at_the_command_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[data]\nfolder = "{tmp_path / "data"}"\n', encoding="utf-8")
    told = CliRunner().invoke(app, ["check", "--json", "--config", str(tmp_path)])
    findings = json.loads(told.stdout)["findings"]
    assert {each["state"] for each in findings} == {"met", "unmet", "unknown"}
    assert all({"key", "document", "clause", "said", "remedy", "entries", "own"} <= set(each) for each in findings)
    assert log.tail(office.app.db, 1, 1)[0].kind == "read_check"
    table = CliRunner().invoke(app, ["check", "--profile", "jiayuguan", "--config", str(tmp_path)])
    assert table.exit_code == 0
    wrong = CliRunner().invoke(app, ["check", "--profile", "beijing", "--config", str(tmp_path)])
    assert wrong.exit_code != 0
    assert "weifang" in wrong.output


def test_a_record_at_the_command_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[data]\nfolder = "{tmp_path / "data"}"\n', encoding="utf-8")
    day = str(office.rows("SELECT max(starts_at) FROM session WHERE state = 'held'")[0][0])[:10]
    run = CliRunner()
    told = run.invoke(app, ["minutes", day, str(tmp_path / "it.docx"), "--as", "李卫民", "--config", str(tmp_path)])
    assert told.exit_code == 0, told.output
    assert Document(str(tmp_path / "it.docx")).paragraphs[0].text == "会议记录"
    for wrong in ([day, "it.pdf"], ["昨天", "it.docx"], ["2020-01-01", "it.docx"]):
        refused = run.invoke(app, ["minutes", wrong[0], str(tmp_path / wrong[1]), "--config", str(tmp_path)])
        assert refused.exit_code != 0
        assert "Traceback" not in refused.output
