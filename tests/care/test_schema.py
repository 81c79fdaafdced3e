"""The tables of care hold their promises, and cases written before are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pysqlite3
import pytest
from sqlite_utils import Database

from storage import care, deliveries, duty, members, visits
from storage.care import CareCase, NotVisited
from storage.database import memory_database
from storage.migrations import migrations

NOW = datetime(2026, 11, 22, 9, 30)


def _branch(db: Database) -> dict[str, int]:
    members.add_branch(db, "春晖支部", "wuxi", NOW)
    people = {"李卫民": ("secretary", "书记", 1), "周敏": ("liaison", "联络员", 2), "王桂兰": ("member", "", 0)}
    return {
        name: members.add_member(db, 1, name, NOW, role=role, title=title, rung=rung)
        for name, (role, title, rung) in people.items()
    }


def _ill(db: Database, people: dict[str, int], said: str = "住院了") -> CareCase:
    return care.report(
        db, branch_id=1, trigger="illness", member_id=people["王桂兰"], who="王桂兰", reporter_id=people["王桂兰"],
        said=said, place="", recording_id=None, now=NOW, due_at=NOW + timedelta(hours=48),
    ).case  # fmt: skip


def test_cases_written_before_are_kept_with_all_that_belongs_to_them() -> None:
    connection = pysqlite3.connect(":memory:")
    connection.isolation_level = None
    db = Database(connection)
    db.execute("PRAGMA foreign_keys = 1")
    migrations.apply(db, stop_before="m009_care_ladder")
    people = _branch(db)
    guilan, li = people["王桂兰"], people["李卫民"]
    for sql in (
        f"INSERT INTO care_case (id, branch_id, number, trigger, member_id, who, state, reported_at, due_at) "
        f"VALUES (7, 1, 1, 'emergency', {guilan}, '王桂兰', 'visited', '2026-01-01', '2026-01-02')",
        f"INSERT INTO care_report (id, case_id, reporter_id, said, at) VALUES (3, 7, {guilan}, '摔了', '2026-01-01')",
        f"INSERT INTO care_report (id, case_id, reporter_id, said, at) VALUES (4, 7, {li}, '摔了', '2026-01-01')",
        f"INSERT INTO visit (id, case_id, visitor_id, at, gift_fen) VALUES (5, 7, {li}, '2026-01-01', 50000)",
        "INSERT INTO outbox (dedupe_key, lane, channel, address, text, case_id, created_at, due_at) "
        "VALUES ('a', 'alert', 'desk', '1', '求助', 7, '2026-01-01', '2026-01-01')",
    ):
        db.execute(sql)
    migrations.apply(db)
    case = care.the_case(db, 1, 7)
    assert (case.state, case.urgency, case.asked_at, case.number) == ("visited", 3, "2026-01-01", 1)
    assert db.execute("SELECT reporter_kind FROM care_report ORDER BY id").fetchall() == [("self",), ("secretary",)]
    assert [(each.outcome, each.gift_fen) for each in visits.of_case(db, 7)] == [("met", 50000)]
    assert db.execute("SELECT case_id, state FROM outbox").fetchall() == [(7, "waiting")]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("care_report", "visit", "outbox", "delivery", "due"):
        referred = {row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
        assert "care_case" in referred, table
    with pytest.raises(pysqlite3.IntegrityError):
        db.execute("DELETE FROM care_case")


def test_a_case_cannot_be_closed_without_a_visit_or_a_reason() -> None:
    db = memory_database()
    people = _branch(db)
    case = _ill(db, people)
    with pytest.raises(NotVisited):
        care.close(db, case, people["李卫民"], NOW)
    with pytest.raises(pysqlite3.IntegrityError, match="visit or with a reason"):
        db.execute("UPDATE care_case SET state = 'closed' WHERE id = ?", [case.id])
    visits.record(db, case, people["李卫民"], NOW, outcome="not_met")
    with pytest.raises(NotVisited):
        care.close(db, case, people["李卫民"], NOW)
    visits.record(db, case, people["李卫民"], NOW, outcome="family", notes="女儿说好多了")
    care.close(db, case, people["李卫民"], NOW)
    assert care.the_case(db, 1, case.id).state == "closed"


def test_a_stated_reason_closes_a_case_without_a_visit() -> None:
    db = memory_database()
    people = _branch(db)
    case = _ill(db, people)
    care.close(db, case, people["李卫民"], NOW, reason="家属来电，说不用去")
    assert care.the_case(db, 1, case.id).close_reason == "家属来电，说不用去"
    assert care.open_cases(db, 1) == []


def test_a_plan_is_carried_out_by_its_visit() -> None:
    db = memory_database()
    people = _branch(db)
    case = _ill(db, people)
    tomorrow = NOW + timedelta(days=1)
    first = visits.plan(db, case, people["周敏"], tomorrow)
    assert care.the_case(db, 1, case.id).waits, "a plan alone takes nothing"
    assert care.acknowledge(db, case, people["周敏"], NOW)
    assert care.the_case(db, 1, case.id).state == "visit_planned"
    assert visits.plan(db, case, people["李卫民"], tomorrow + timedelta(hours=2)) == first
    assert [each.visitor_id for each in visits.planned_between(db, 1, tomorrow, tomorrow + timedelta(days=1))] == [
        people["李卫民"]
    ]
    assert visits.record(db, case, people["李卫民"], tomorrow, gift_fen=50000) == first
    assert care.the_case(db, 1, case.id).state == "visited"
    assert visits.planned(db, case.id) is None


def test_two_false_alarms_never_lower_a_members_priority() -> None:
    db = memory_database()
    people = _branch(db)

    def fall() -> CareCase:
        return care.report(
            db, branch_id=1, trigger="emergency", member_id=people["王桂兰"], who="王桂兰",
            reporter_id=people["王桂兰"], said="摔倒了", place="", recording_id=None, now=NOW, due_at=NOW,
        ).case  # fmt: skip

    for _ in range(2):
        care.close(db, fall(), people["李卫民"], NOW, reason="按错了", false_alarm=True)
    third = fall()
    assert (third.state, third.urgency, third.waits) == ("reported", care.MOST_URGENT, True)


def test_a_second_report_raises_the_urgency_and_nothing_lowers_it() -> None:
    db = memory_database()
    people = _branch(db)
    assert [_ill(db, people, said).urgency for said in ("住院了", "还在住院", "更重了", "还没人来")] == [1, 2, 3, 3]


def test_who_reported_it_is_kept() -> None:
    db = memory_database()
    people = _branch(db)
    _ill(db, people)
    assert db.execute("SELECT reporter_kind FROM care_report").fetchall() == [("self",)]


def test_a_report_after_the_visit_opens_the_case_anew() -> None:
    db = memory_database()
    people = _branch(db)
    case = _ill(db, people)
    care.acknowledge(db, case, people["李卫民"], NOW)
    visits.record(db, case, people["李卫民"], NOW)
    again = _ill(db, people, "又住院了")
    assert (again.id, again.waits, again.acknowledged_by) == (case.id, True, None)


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ("2026-11-22 09:30", "李卫民"),  # a Sunday: nobody stands on the list, so the officers by rung
        ("2026-11-23 09:30", "周敏"),
        ("2026-11-23 21:00", "王桂兰"),
        ("2026-11-24 06:59", "王桂兰"),
        ("2026-11-24 07:00", "李卫民"),
        ("2026-12-07 09:30", "李卫民"),
    ],
)
def test_the_duty_list_has_dates_weekdays_and_nights(moment: str, first: str) -> None:
    db = memory_database()
    people = _branch(db)
    db.execute("UPDATE role SET role = 'committee', title = '委员', rung = 3 WHERE member_id = ?", [people["王桂兰"]])
    until = datetime(2026, 12, 6)
    monday = {"weekdays": "1"}
    duty.put_on_duty(db, 1, people["周敏"], 1, NOW, until, from_clock="08:00", to_clock="18:00", **monday)
    duty.put_on_duty(db, 1, people["王桂兰"], 1, NOW, until, from_clock="20:00", to_clock="07:00", **monday)
    called = [officer.name for officer in duty.ladder(db, 1, datetime.fromisoformat(moment))]
    assert called[0] == first
    assert sorted(called) == sorted(people), "nobody falls off the ladder"


def test_tries_are_rows() -> None:
    db = memory_database()
    people = _branch(db)
    case = _ill(db, people)
    deliveries.note(db, case.id, people["李卫民"], "telegram", "refused", NOW, rung=1)
    assert [(each.officer_id, each.outcome) for each in deliveries.of_case(db, case.id)] == [
        (people["李卫民"], "refused")
    ]
