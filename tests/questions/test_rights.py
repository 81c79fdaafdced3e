"""Who may know what: the asker's own branch, today's office, health for those who care; and reading writes an entry."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pysqlite3 import DatabaseError
from sqlite_utils import Database

from storage import care, members
from storage.database import insert
from storage.questions import Asker, attendance, dues, entries, people, reading
from storage.questions import care as cases
from tests.bot.conftest import NOW, Office
from tests.questions.grading import own_questions

YEAR = (datetime(2025, 1, 1), datetime(2026, 12, 31))
LOOKS: dict[str, Callable[[Database, Asker], object]] = {
    "roster": people.roster,
    "held": lambda db, asker: attendance.held(db, asker, *YEAR),
    "planned": attendance.planned,
    "titles": attendance.titles,
    "lines": lambda db, asker: attendance.lines(db, asker, *YEAR),
    "places": lambda db, asker: [each for key in range(1, 60) for each in attendance.places(db, asker, key)],
    "cases": cases.cases,
    "visits": lambda db, asker: cases.visits(db, asker, *YEAR),
    "of_quarters": lambda db, asker: dues.of_quarters(db, asker, ["2026Q3", "2026Q4"]),
    "reliefs": dues.reliefs,
    "find": lambda db, asker: entries.find(db, asker, "党费"),
    "latest": lambda db, asker: entries.latest(db, asker, *YEAR),
    "counted": lambda db, asker: entries.counted(db, asker, *YEAR),
    "behind": lambda db, asker: entries.behind(db, asker, "care_case", range(1, 40)),
    "about_health": lambda db, asker: entries.about_health(db, asker, range(1, 900)),
}
"""Every way of looking something up."""


def test_every_way_of_looking_up_is_listed() -> None:
    found = {
        name
        for module in (attendance, cases, dues, entries, people)
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == module.__name__ and not name.startswith("_")
    }
    assert found == set(LOOKS)


@pytest.mark.parametrize("look", LOOKS)
def test_only_the_askers_own_branch_is_looked_at(office: Office, look: str) -> None:
    db, secretary = office.app.db, office.person("李卫民")
    assert LOOKS[look](db, Asker(secretary.id, NOW))
    for name, role in (("别家书记", "secretary"), ("普通党员", "member"), ("上级", "party_committee")):
        branch = members.add_branch(db, f"{name}的支部", "fuzhou", NOW)
        stranger = members.add_member(db, branch, name, NOW, role=role)
        seen = LOOKS[look](db, Asker(stranger, NOW))
        assert not seen or (look == "roster" and [each.name for each in seen] == [name]), name  # type: ignore[attr-defined]


@pytest.mark.parametrize("look", LOOKS)
def test_an_office_that_is_over_shows_nothing(office: Office, look: str) -> None:
    db, secretary = office.app.db, office.person("李卫民")
    db.execute("UPDATE role SET valid_to = '2026-11-21' WHERE member_id = ?", [secretary.id])
    assert not LOOKS[look](db, Asker(secretary.id, NOW))
    assert LOOKS[look](db, Asker(secretary.id, NOW - timedelta(days=1)))


@pytest.mark.parametrize("look", ["cases", "visits"])
def test_health_is_for_those_who_care(office: Office, look: str) -> None:
    db = office.app.db
    above = members.add_member(db, 1, "秦志远", NOW, role="party_committee", title="党委", rung=4)
    committee = office.person("叶金水").id
    assert not LOOKS[look](db, Asker(above, NOW))
    assert LOOKS[look](db, Asker(committee, NOW))
    kinds = {each.kind for each in entries.latest(db, Asker(above, NOW), *YEAR, limit=500)}
    assert kinds
    assert not {kind for kind in kinds if kind.startswith("care")}
    assert entries.find(db, Asker(above, NOW), "看望") == []
    assert entries.find(db, Asker(committee, NOW), "看望")


def test_who_does_not_care_is_told_so_and_it_is_logged(office: Office) -> None:
    members.add_member(office.app.db, 1, "秦志远", NOW, role="party_committee", title="党委", rung=4)
    answer = office.say("秦志远", "现在谁住院了")
    assert "张建国" not in answer.text
    assert not answer.answered
    assert answer.table is None
    kinds = office.rows("SELECT kind FROM entry ORDER BY number DESC LIMIT 1")
    assert kinds == [("read_refused",)]


def test_reading_health_is_an_entry_of_its_own(office: Office) -> None:
    office.say("李卫民", "张建国的病有人去看吗")
    zhang = office.person("张建国").id
    assert office.rows("SELECT kind, member_id FROM entry ORDER BY number DESC LIMIT 2")[0] == ("read_health", zhang)
    before = office.rows("SELECT count(*) FROM entry WHERE kind = 'read_health'")
    office.say("李卫民", "这个季度谁没交党费")
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'read_health'") == before
    office.say("李卫民", "查一下日志里关于住院的记录")
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'read_health'") != before


def test_another_branchs_secretary_hears_nothing_of_this_one(office: Office) -> None:
    db = office.app.db
    other = members.add_branch(db, "第二支部", "fuzhou", NOW)
    members.add_member(db, other, "关振华", NOW, role="secretary", title="书记", rung=1)
    names = [row[0] for row in office.rows("SELECT name FROM member WHERE branch_id = 1")]
    for question in own_questions()[::4]:
        answer = office.say("关振华", question.say)
        shown = f"{answer.text} {answer.table.rows if answer.table else ''}"
        assert not [name for name in names if str(name) in shown and str(name) not in question.say], question.say
        assert not answer.entries


def test_the_connection_of_a_question_cannot_write(office: Office) -> None:
    with reading(office.app.db) as db, pytest.raises(DatabaseError, match="readonly"):
        db.execute("UPDATE member SET name = 'x'")


def test_whom_the_branch_asks_nothing_owes_nothing(office: Office) -> None:
    """Officers without an amount were once listed as not having paid."""
    answer = office.say("李卫民", "这个季度谁没交党费")
    assert answer.table is not None
    assert not {"李卫民", "周敏"} & {row[0] for row in answer.table.rows}
    assert "不用催" in office.say("李卫民", "周敏的党费交了没有").text


def test_a_visit_in_vain_is_no_visit(office: Office) -> None:
    case = care.open_cases(office.app.db, 1)[0]
    before = office.say("李卫民", "这个月走访了几个人").table
    insert(office.app.db, "visit", case_id=case.id, at="2026-11-21T10:00:00", outcome="not_met")
    insert(office.app.db, "visit", case_id=case.id, planned_at="2026-11-23T10:00:00")
    assert office.say("李卫民", "这个月走访了几个人").table == before
