"""A secretary brings the roster she keeps in Excel: columns in her order, her spellings, and some slips."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlite_utils import Database
from typer.testing import CliRunner

from bot.cli import app
from storage import members
from storage.database import memory_database, open_database, writing
from storage.log import tail, verify
from storage.roster.reading import NoHeading, Roster, read_roster
from storage.roster.taking import Taken, check_roster, look_at_roster, take_roster
from storage.spreadsheet import Cell, Sheet, SpreadsheetError, read_table, write_xlsx

NOW = datetime(2026, 11, 25, 9, 30)
HEADING: list[Cell] = ["序号", "联系电话（手机）", "姓 名", "性别", "出生年月", "家庭住址", "月交党费", "备注"]
WANG: list[Cell] = [1, 13900000011, "王 桂兰", "女", date(1942, 3, 5), "幸福里3号", 30, "爱唱歌"]
LI: list[Cell] = [2, "0510-8270 1234", "李守业", "男", "1939.7", "", "", ""]


def xlsx(*lines: list[Cell]) -> bytes:
    book, kept = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(kept)
    return kept.getvalue()


def roster(*lines: list[Cell]) -> Roster:
    return read_roster(read_table(xlsx(*lines)), NOW.year)


@pytest.fixture
def db() -> Database:
    return memory_database()


@pytest.fixture
def branch(db: Database) -> int:
    return members.add_branch(db, "幸福里支部", "wuxi", NOW)


def take(db: Database, branch: int, read: Roster) -> Taken:
    assert check_roster(db, branch, read) == ()
    with writing(db):
        return take_roster(db, branch, read, NOW, None)


def test_columns_are_found_in_any_order_under_a_title(db: Database, branch: int) -> None:
    read = roster(["幸福里支部党员花名册"], [], HEADING, WANG, LI)
    assert read.heading.row == 3
    assert read.heading.names["phone"] == "联系电话（手机）"
    assert read.heading.left_out == ("序号", "备注")
    assert take(db, branch, read).added == ("王桂兰", "李守业")
    wang, li = members.members(db, branch)
    assert (wang.phone, wang.gender, wang.birth_year, wang.dues_fen) == ("13900000011", "女", 1942, 9000)
    assert (li.phone, li.birth_year, li.dues_fen) == ("051082701234", 1939, None)


def test_a_heading_of_merged_cells_in_two_rows_and_days_as_numbers() -> None:
    book, kept = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for cells in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        sheet.merge_cells(cells)
    for cell, called in {"A1": "花名册", "A2": "编号", "B2": "党员姓名", "C2": "基本情况", "E2": "手机号"}.items():
        sheet[cell] = called
    sheet["C3"], sheet["D3"] = "性别", "出生日期"
    sheet.append([1, "王桂兰", "女", 15405, 13900000011])
    sheet.append([2, "李守业", "男", "1939.7", ""])
    book.save(kept)
    read = read_roster(read_table(kept.getvalue()), NOW.year)
    assert read.heading.names == {"name": "党员姓名", "phone": "手机号", "gender": "性别", "birth": "出生日期"}
    assert [(each.name, each.gender, each.birth_year) for each in read.people] == [
        ("王桂兰", "女", 1942), ("李守业", "男", 1939),
    ]  # fmt: skip
    assert read.faults == ()


def test_a_csv_of_chinese_excel_is_read_too() -> None:
    content = "姓名,电话\n王桂兰,13900000011\n".encode("gb18030")
    assert read_roster(read_table(content), NOW.year).people[0].name == "王桂兰"


def test_a_second_import_changes_only_what_is_new(db: Database, branch: int) -> None:
    take(db, branch, roster(HEADING, WANG, LI))
    moved: list[Cell] = [1, 13900000011, "王桂兰", "女", 1942, "和平路8号", 30, ""]
    taken = take(db, branch, roster(HEADING, moved, LI))
    assert (taken.added, taken.changed, taken.unchanged) == ((), ("王桂兰",), 1)
    assert members.members(db, branch)[0].address == "和平路8号"


def test_an_empty_cell_takes_nothing_away(db: Database, branch: int) -> None:
    take(db, branch, roster(HEADING, WANG))
    take(db, branch, roster(["姓名", "电话"], ["王桂兰", ""]))
    assert members.members(db, branch)[0].phone == "13900000011"


def test_every_slip_is_named_with_its_row_and_nothing_is_written(db: Database, branch: int) -> None:
    read = roster(
        HEADING,
        WANG,
        [2, "1390000", "李守业", "公", "1039.7", "", "三十", ""],
        [],
        [3, "", "", "女", 1950, "", "", ""],
        WANG,
    )
    faults = [(fault.row, fault.kind, fault.value) for fault in check_roster(db, branch, read)]
    assert faults == [
        (3, "dues", "三十"),
        (3, "gender", "公"),
        (3, "birth", "1039.7"),
        (3, "phone", "1390000"),
        (5, "name", ""),
        (6, "twice", "2"),
    ]


def test_namesakes_whom_the_row_does_not_tell_apart_are_a_question(db: Database, branch: int) -> None:
    for year in (1940, 1950):
        members.add_member(db, branch, "王桂兰", NOW, birth_year=year)
    unclear = roster(["姓名", "电话"], ["王桂兰", "13900000011"])
    assert [fault.kind for fault in check_roster(db, branch, unclear)] == ["namesakes"]
    clear = roster(["姓名", "出生年月", "电话"], ["王桂兰", 1950, "13900000011"])
    take(db, branch, clear)
    assert [each.phone for each in members.members(db, branch)] == ["", "13900000011"]


def test_the_number_of_an_identity_card_is_used_and_not_kept(db: Database, branch: int) -> None:
    number = "32020219420305002X"
    take(db, branch, roster(["姓名", "身份证号"], ["王桂兰", number]))
    assert (members.members(db, branch)[0].birth_year, members.members(db, branch)[0].gender) == (1942, "女")
    wrong = roster(["姓名", "身份证号"], ["王桂兰", number[:-2]])
    assert number[:10] not in str(wrong.faults)
    assert number not in str(
        [list(db.query(f"SELECT * FROM {table}")) for table in db.table_names() if not table.startswith("entry_words")]
    )


def test_a_look_writes_nothing_and_an_import_is_one_line_of_the_log(db: Database, branch: int) -> None:
    read = roster(HEADING, WANG)
    assert look_at_roster(db, branch, read).added == ("王桂兰",)
    assert members.members(db, branch) == []
    take(db, branch, read)
    assert tail(db, branch, 1)[0].sentence == "导入花名册：新增1人，更新0人。"
    assert verify(db, branch) is None


def bomb() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (xlsx([None, ""]), "empty"),
        (b"PK\x03\x04 half a file", "unreadable"),
        (b"\xd0\xcf\x11\xe0 old", "old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unreadable"),
        (b"x" * 6_000_000, "too_big"),
        (bomb(), "too_big"),
    ],
    ids=["nothing", "empty cells", "cut", "old Excel", "a picture", "too big", "a bomb"],
)
def test_what_is_no_table_is_told_by_kind(content: bytes, kind: str) -> None:
    with pytest.raises(SpreadsheetError) as error:
        read_table(content)
    assert error.value.kind == kind


def test_without_a_column_of_names_nothing_is_guessed() -> None:
    with pytest.raises(NoHeading):
        roster(["电话", "地址"], ["13900000011", "幸福里"])


CELLS = st.one_of(st.none(), st.text(max_size=12), st.integers(-9, 10**18), st.floats(allow_nan=False), st.dates())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_any_table_is_read_or_refused_never_a_crash(lines: list[list[Cell]]) -> None:
    read = read_roster([list(HEADING), *lines], NOW.year)
    assert all(person.name and (person.birth_year or 1950) > 1900 for person in read.people)


def test_words_of_a_member_never_become_a_formula(tmp_path: Path) -> None:
    write_xlsx([Sheet("意见", ("内容",), (("=1+1",), ("王桂兰",)))], tmp_path / "a.xlsx")
    assert read_table((tmp_path / "a.xlsx").read_bytes()) == [["内容"], ["=1+1"], ["王桂兰"]]


def test_the_command_shows_what_it_took_each_column_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    run = CliRunner()
    assert run.invoke(app, ["init", "--name", "幸福里支部", str(tmp_path)]).exit_code == 0
    (tmp_path / "good.xlsx").write_bytes(xlsx(HEADING, WANG, LI))
    (tmp_path / "bad.xlsx").write_bytes(xlsx(HEADING, [*WANG[:3], "公", *WANG[4:]]))
    command = ["roster", "import", "--config", str(tmp_path)]
    bad = run.invoke(app, [*command, str(tmp_path / "bad.xlsx")])
    assert bad.exit_code == 1
    assert "第 2 行，性别：“公”，请写男或女" in bad.output
    look = run.invoke(app, [*command, str(tmp_path / "good.xlsx"), "--dry-run"])
    assert "电话 ← “联系电话（手机）”" in look.output
    assert "没有用上的列：序号、备注" in look.output
    assert open_database(tmp_path / "data" / "nuanyang.db").execute("SELECT count(*) FROM member").fetchone()[0] == 0
    done = run.invoke(app, [*command, str(tmp_path / "good.xlsx")])
    assert done.exit_code == 0
    assert "新增 2 人：王桂兰、李守业" in done.output
