"""The work book goes to the office upstairs: right figures, readable files, and a line in the log."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlite_utils import Database
from typer.testing import CliRunner

from bot.cli import app
from storage import attendances, care, dues, members, sessions, suggestions, talents, visits
from storage.export.book import make_book
from storage.export.exporting import export, steps
from storage.export.period import NoPeriod, Period, parse_period
from storage.log import tail
from storage.spreadsheet import Sheet, read_table
from tests.prepared import new_database

NOW = datetime(2026, 11, 25, 9, 30)
QUARTER = Period("quarter", 2026, 4)


def branch(db: Database, name: str) -> int:
    """A branch with one held session, a visit, dues, a suggestion and a talent."""
    key = members.add_branch(db, name, "wuxi", NOW)
    joined = NOW - timedelta(days=40)
    officer = members.add_member(db, key, f"{name}书记", joined, role="secretary", title="书记")
    wang = members.add_member(db, key, f"{name}王桂兰", joined, dues_fen=9000, birth_year=1942)
    li = members.add_member(db, key, f"{name}李守业", joined, dues_fen=9050, frail=1)
    held = sessions.add_session(db, key, f"{name}党课", NOW - timedelta(days=7), state="held", place="活动室")
    attendances.record(db, held, officer, "attended", NOW)
    attendances.record(db, held, wang, "attended", NOW)
    attendances.record(db, held, li, "home_study", NOW)
    opened = care.report(
        db, branch_id=key, trigger="illness", member_id=wang, who=f"{name}王桂兰", reporter_id=li, said="住院了",
        place="", recording_id=None, now=NOW - timedelta(days=3), due_at=NOW,
    )  # fmt: skip
    visits.record(db, opened.case, officer, NOW, notes="恢复得不错", gift_fen=50000)
    dues.claim(db, wang, "2026Q4", 9000, NOW)
    suggestions.add(db, key, li, "=活动室的灯换亮一点", NOW)
    talents.offer(db, wang, "书法", "我会写毛笔字", NOW)
    return key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nuanyang.db"


@pytest.fixture
def db(file: Path) -> Database:
    return new_database(file)


def made(db: Database, key: int, period: Period = QUARTER, kind: str = "book") -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in make_book(db, key, kind, period, NOW).sheets}


def test_the_first_sheet_has_the_figures_beside_those_before(db: Database) -> None:
    cover = made(db, branch(db, "甲"))["概况"]
    assert cover.header == ("项目", "2026年第4季度", "2026年第3季度")
    assert {row[0]: row[1:] for row in cover.rows} == {
        "党员人数": (3, 0),
        "学习和活动（次）": (1, 0),
        "到会（人次）": (2, 0),
        "在家学习（人次）": (1, 0),
        "到会率": ("67%", ""),
        "收到的求助和困难": (1, 0),
        "走访（次）": (1, 0),
        "慰问金（元）": (500, 0),
        "还没有看望的": (0, 0),
        "应交党费（元）": (180.5, 0),
        "已交党费（元）": (90, 0),
        "意见建议（条）": (1, 0),
        "其中已答复": (0, 0),
    }


def test_every_sheet_says_what_the_books_say(db: Database) -> None:
    book = made(db, branch(db, "甲"))
    assert book["党员名册"].rows[1][:4] == (2, "甲王桂兰", "", 1942)
    assert book["学习和活动"].rows == (("2026-11-18 09:30", "甲党课", "学习", "活动室", 2, 0, 1, 0, 0),)
    assert book["考勤"].rows[2] == ("甲李守业", "学")
    assert book["走访慰问"].rows[0][1:3] == ("甲王桂兰", "生病住院")
    assert book["走访慰问"].rows[0][6:] == ("甲书记", 500, "恢复得不错")
    assert book["党费"].rows[-1] == ("合计", "", 180.5, 90, "")
    assert book["意见建议"].rows[0][2] == "=活动室的灯换亮一点"
    assert book["银色人才"].rows[0][:2] == ("甲王桂兰", "书法")


def test_another_branch_stands_in_no_sheet(db: Database) -> None:
    here, there = branch(db, "甲"), branch(db, "乙")
    for key, other in ((here, "乙"), (there, "甲")):
        for sheet in make_book(db, key, "book", QUARTER, NOW).sheets:
            assert other not in str(sheet.rows), sheet.name


def test_nobody_owes_for_a_time_before_the_roster_or_still_to_come(db: Database) -> None:
    lines = made(db, branch(db, "甲"), Period("year", 2026, 1))["党费"].rows
    assert {row[1] for row in lines[:-1]} == {"2026Q4"}
    assert made(db, 1, Period("quarter", 2027, 1))["党费"].rows == (("合计", "", 0, 0, ""),)


def test_an_export_stands_in_the_log(db: Database, file: Path, tmp_path: Path) -> None:
    key = branch(db, "甲")
    done: list[int] = []
    export(db, file, key, "report", QUARTER, tmp_path / "r.xlsx", NOW, actor_id=1, step=lambda: done.append(1))
    assert len(done) == steps("report")
    entry = tail(db, key, 1)[0]
    assert (entry.kind, entry.actor_id, entry.sentence) == (
        "exported", 1, "导出支部工作报告（2026年第4季度），r.xlsx。",
    )  # fmt: skip


def test_every_form_says_the_same(db: Database, file: Path, tmp_path: Path) -> None:
    key = branch(db, "甲")
    books = [export(db, file, key, "book", QUARTER, tmp_path / name, NOW) for name in ("b.xlsx", "b.docx", "csv")]
    assert books[0] == books[1] == books[2]
    first = read_table((tmp_path / "b.xlsx").read_bytes())
    assert first[1] == ["党员人数", 3, 0]
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(tmp_path / "b.docx")).tables
    ]
    assert [line[0] for line in tables] == [list(sheet.header) for sheet in books[0].sheets]
    csv_file = tmp_path / "csv" / "07-意见建议.csv"
    assert csv_file.read_bytes().startswith(b"\xef\xbb\xbf")
    with csv_file.open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines))[1][2] == "'=活动室的灯换亮一点"  # no formula when Excel opens it


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (.ci/debian-packages)")
def test_libreoffice_opens_each(db: Database, file: Path, tmp_path: Path) -> None:
    key = branch(db, "甲")
    for name in ("sheet.xlsx", "paper.docx"):
        export(db, file, key, "book", QUARTER, tmp_path / name, NOW)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "sheet.xlsx"), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in ("sheet.pdf", "paper.pdf"):
        text = "".join(page.extract_text() for page in PdfReader(tmp_path / name).pages)
        for words in ("甲王桂兰", "生病住院", "恢复得不错", "=活动室的灯换亮一点", "180.5"):
            assert words in text, (name, words)


@pytest.mark.parametrize(
    ("text", "start", "end", "before"),
    [
        ("2026", "2026-01-01", "2027-01-01", "2025"),
        ("2026Q1", "2026-01-01", "2026-04-01", "2025Q4"),
        ("2026q4", "2026-10-01", "2027-01-01", "2026Q3"),
        ("2026-12", "2026-12-01", "2027-01-01", "2026-11"),
        ("2026-1", "2026-01-01", "2026-02-01", "2025-12"),
    ],
)
def test_a_period_has_a_beginning_and_an_end(text: str, start: str, end: str, before: str) -> None:
    period = parse_period(text)
    assert (period.start.date().isoformat(), period.end.date().isoformat()) == (start, end)
    assert str(period.before) == before


@given(st.text(max_size=8))
def test_what_is_no_period_is_refused(text: str) -> None:
    try:
        assert parse_period(text).start < parse_period(text).end
    except NoPeriod:
        return


@pytest.mark.parametrize(("period", "name", "remedy"), [("2026Q5", "a.xlsx", "2026Q4"), ("2026", "a.pdf", ".docx")])
def test_the_command_names_what_it_cannot_do(tmp_path: Path, period: str, name: str, remedy: str) -> None:
    run = CliRunner()
    run.invoke(app, ["init", "--demo", str(tmp_path)])
    refused = run.invoke(app, ["export", "book", period, str(tmp_path / name), "--config", str(tmp_path)])
    assert refused.exit_code == 1
    assert remedy in refused.output
    made_it = run.invoke(app, ["export", "book", "2026", str(tmp_path / "a.docx"), "--config", str(tmp_path)])
    assert made_it.exit_code == 0, made_it.output
