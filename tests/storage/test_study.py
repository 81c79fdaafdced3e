"""The waiting list, leave, tasks, themes and points, and the migration that made room for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest
from sqlite_utils import Database

from dialogs import words
from storage import attendances, leave, members, places, points, registrations, sessions, tasks, themes
from storage.database import open_database
from storage.migrations import migrations
from storage.sessions import Session
from tests.storage.conftest import NOW, Branch


def _session(branch: Branch, capacity: int | None = None, days: int = 3, state: str = "planned") -> Session:
    start = NOW + timedelta(days=days)
    key = sessions.add_session(branch.db, branch.id, "集体学习", start, capacity=capacity, state=state)
    found = sessions.session(branch.db, branch.id, key)
    assert found is not None
    return found


def test_a_guest_takes_a_place_of_their_own(branch: Branch) -> None:
    session = _session(branch, capacity=2)
    registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW)
    guest = registrations.register(
        branch.db, session, branch.guilan, branch.guilan, NOW, guest="老伴", said="给我老伴报一个"
    )
    assert (guest.guest, guest.said, guest.state) == ("老伴", "给我老伴报一个", "registered")
    assert registrations.register(branch.db, session, branch.defu, branch.defu, NOW).state == "waiting"
    assert [(place.name, place.guest) for place in registrations.listed(branch.db, session.id)] == [
        ("王桂兰", ""), ("王桂兰", "老伴"), ("刘德福", ""),
    ]  # fmt: skip


def test_who_waited_longest_moves_up(branch: Branch) -> None:
    session = _session(branch, capacity=1)
    registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW)
    later = NOW + timedelta(minutes=5)
    second = registrations.register(branch.db, session, branch.secretary, branch.secretary, later)
    first = registrations.register(branch.db, session, branch.defu, branch.defu, NOW + timedelta(minutes=1))
    assert (places.place_in_line(branch.db, first), places.place_in_line(branch.db, second)) == (1, 2)
    assert places.move_up(branch.db, session, later) is None, "no place is free yet"
    registrations.cancel(branch.db, session.id, branch.guilan, later)
    moved = places.move_up(branch.db, session, later)
    assert moved is not None
    assert (moved.member_id, moved.state) == (branch.defu, "registered")
    assert places.move_up(branch.db, session, later) is None, "one place, one who moves up"
    assert places.place_in_line(branch.db, second) == 1


def test_who_comes_back_to_the_old_place_is_first_in_line(branch: Branch) -> None:
    session = _session(branch, capacity=1)
    registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW)
    for minute, member in enumerate((branch.defu, branch.secretary), start=1):
        registrations.register(branch.db, session, member, member, NOW + timedelta(minutes=minute))
    registrations.cancel(branch.db, session.id, branch.guilan, NOW + timedelta(hours=1))
    places.move_up(branch.db, session, NOW + timedelta(hours=1))
    back = registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW)
    assert back.state == "waiting", "the place was promised to somebody else"
    assert places.place_in_line(branch.db, back) == 1


def test_a_place_of_another_branch_is_not_found(branch: Branch) -> None:
    place = registrations.register(branch.db, _session(branch), branch.guilan, branch.guilan, NOW)
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    assert places.place(branch.db, branch.id, place.id) == place
    assert places.place(branch.db, other, place.id) is None


def test_who_has_leave_is_never_written_down_as_unexplained(branch: Branch) -> None:
    session = _session(branch)
    leave.take(branch.db, session, branch.guilan, branch.guilan, NOW)
    attendances.record(branch.db, session.id, branch.guilan, "unexplained", NOW)
    attendances.record(branch.db, session.id, branch.defu, "unexplained", NOW)
    assert _attendance(branch) == [(branch.guilan, "excused"), (branch.defu, "unexplained")]


@pytest.mark.parametrize(("before", "after"), [("unexplained", "excused"), ("attended", "attended")])
def test_leave_afterwards_excuses_who_was_missing(
    branch: Branch, before: attendances.AttendanceState, after: str
) -> None:
    session = _session(branch, days=-1, state="held")
    attendances.record(branch.db, session.id, branch.guilan, before, NOW)
    noted = leave.take(branch.db, session, branch.guilan, branch.guilan, NOW)
    assert _attendance(branch) == [(branch.guilan, after)]
    leave.withdraw(branch.db, noted, NOW)
    assert _attendance(branch) == [(branch.guilan, before)]


def test_the_reason_comes_later_and_stays_word_for_word(branch: Branch) -> None:
    noted = leave.take(branch.db, _session(branch), branch.guilan, branch.guilan, NOW, said="我要请假")
    assert leave.without_reason(branch.db, branch.guilan, NOW) == noted
    leave.give_reason(branch.db, noted.id, "腿疼，下不了楼嘛")
    kept = places.place(branch.db, branch.id, noted.id)
    assert kept is not None
    assert (kept.said, kept.reason) == ("我要请假", "腿疼，下不了楼嘛")
    assert leave.without_reason(branch.db, branch.guilan, NOW) is None


def test_every_kind_of_task_can_be_written_and_has_its_words_at_the_desk(branch: Branch) -> None:
    for kind in tasks.KINDS:
        tasks.add_task(branch.db, branch.id, kind, branch.guilan, NOW, NOW)
    assert [task.kind for task in tasks.open_tasks(branch.db, branch.id)] == list(tasks.KINDS)
    assert set(words.load("officers/finishing", "words").places()) == set(tasks.KINDS)
    with pytest.raises(pysqlite3.IntegrityError):
        tasks.add_task(branch.db, branch.id, "dance", branch.guilan, NOW, NOW)


def test_an_open_task_is_found_by_its_subject_until_it_is_done(branch: Branch) -> None:
    key = tasks.add_task(branch.db, branch.id, "theme", branch.guilan, NOW, NOW, subject="2026-12")
    assert tasks.open_task(branch.db, branch.id, "theme", subject="2026-11") is None
    found = tasks.open_task(branch.db, branch.id, "theme", subject="2026-12")
    assert found is not None
    assert found.id == key
    tasks.finish(branch.db, branch.id, key, branch.secretary, NOW)
    assert tasks.open_task(branch.db, branch.id, "theme", subject="2026-12") is None


def test_a_month_has_one_theme_and_other_branches_their_own(branch: Branch) -> None:
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    themes.set_theme(branch.db, branch.id, "2026-11", "素质提升", "集体学习")
    themes.set_theme(branch.db, branch.id, "2026-11", "红色教育")
    themes.set_theme(branch.db, other, "2026-11", "志愿活动")
    assert [each.theme for each in themes.themes(branch.db, branch.id, "2026-11", "2026-11")] == ["红色教育"]
    assert themes.themes(branch.db, branch.id, "2026-12", "2027-12") == []


def test_points_only_where_the_branch_keeps_them(branch: Branch) -> None:
    year = (datetime(2026, 1, 1), NOW)
    assert points.points(branch.db, branch.guilan, *year) is None
    points.give(branch.db, branch.defu, NOW - timedelta(days=1), 2, "集体学习")
    points.give(branch.db, branch.defu, NOW - timedelta(days=400), 3, "志愿服务")
    kept, none_yet = points.points(branch.db, branch.defu, *year), points.points(branch.db, branch.guilan, *year)
    assert kept is not None
    assert none_yet is not None, "the branch keeps points, this member has none"
    assert (kept.total, none_yet.total) == (2, 0)


def test_a_database_with_rows_is_taken_over_whole(tmp_path: Path) -> None:
    old = _before_study(tmp_path / "a.db")
    old.execute("INSERT INTO branch VALUES (1, '春晖', 'wuxi', '2026-01-01')")
    old.execute("INSERT INTO member (id, branch_id, name, joined_at) VALUES (4, 1, '王桂兰', '2026-01-01')")
    old.execute("INSERT INTO recording VALUES (9, 'abc', 'abc.ogg', 5, '2026-01-01')")
    old.execute(
        "INSERT INTO task VALUES (7, 1, 'call_back', 4, '请回电话', 9, '2026-01-01', '2026-01-02', '2026-01-02', 4)"
    )
    old.execute("INSERT INTO task VALUES (12, 1, 'listen', NULL, '', 9, '2026-01-01', '2026-01-02', NULL, NULL)")
    old.execute(
        "INSERT INTO session (id, branch_id, title, kind, starts_at) VALUES (3, 1, '党课', 'study', '2026-12-01')"
    )
    old.execute("INSERT INTO registration VALUES (21, 3, 4, 4, 'waiting', '2026-01-01')")
    old.close()
    db = open_database(tmp_path / "a.db")
    assert db.execute(
        "SELECT id, branch_id, kind, member_id, said, recording_id, created_at, due_at, done_at, done_by FROM task"
    ).fetchall() == [
        (7, 1, "call_back", 4, "请回电话", 9, "2026-01-01", "2026-01-02", "2026-01-02", 4),
        (12, 1, "listen", None, "", 9, "2026-01-01", "2026-01-02", None, None),
    ]
    assert db.execute("SELECT id, member_id, guest, asked_by, state, at, changed_at FROM registration").fetchall() == [
        (21, 4, "", 4, "waiting", "2026-01-01", "2026-01-01")
    ]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(pysqlite3.IntegrityError):
        db.execute("INSERT INTO task (branch_id, kind, created_at, due_at) VALUES (99, 'theme', '', '')")
    assert tasks.add_task(db, 1, "home_study", 4, NOW, NOW) > 12, "no key is given twice"


def test_a_migration_that_is_cut_off_changes_nothing(tmp_path: Path) -> None:
    old = _before_study(tmp_path / "a.db")
    old.execute("CREATE TABLE point (id INTEGER)")  # stands in the way of the migration's last table
    with pytest.raises(pysqlite3.OperationalError):
        migrations.apply(old)
    columns = [row[1] for row in old.execute("PRAGMA table_info(task)").fetchall()]
    assert "subject" not in columns
    assert "m006_study" in [each.name for each in migrations.pending(old)]


def _before_study(path: Path) -> Database:
    connection = pysqlite3.connect(str(path))
    connection.isolation_level = None
    db = Database(connection)
    db.execute("PRAGMA foreign_keys = 1")
    migrations.apply(db, stop_before="m006_study")
    return db


def _attendance(branch: Branch) -> list[tuple[int, str]]:
    return [tuple(row) for row in branch.db.execute("SELECT member_id, state FROM attendance ORDER BY member_id")]
