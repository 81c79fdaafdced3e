"""The four-knows card: each part with who confirmed it when; health for those who care; old ones on a call list."""

from __future__ import annotations

from datetime import datetime, timedelta

import pysqlite3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from dialogs.care import knowing
from dialogs.duty import DutyDesk, desk_of
from storage import cards, members, tasks
from storage.cards import PARTS, UnknownPart
from storage.members import Officer
from storage.migrations import migrations
from tests.care.test_rounds import START, Branch


@pytest.fixture
def branch() -> Branch:
    return Branch()


def desk(branch: Branch) -> DutyDesk:
    return desk_of(branch.db, branch.id, branch.now, "card_calls")


def officer(branch: Branch, role: str = "secretary") -> Officer:
    return Officer(branch.person("李卫民").id, "李卫民", role, "书记", 1)


def fill(branch: Branch, name: str, *parts: str) -> None:
    for part in parts or PARTS:
        cards.write(branch.db, branch.person(name).id, part, f"{part}…", officer(branch).id, branch.now)


def test_each_part_says_when_it_was_last_confirmed_and_by_whom(branch: Branch) -> None:
    person = branch.person("王桂兰")
    knowing.write(person, "where", "春晖里3幢201，跟女儿住", officer(branch), desk(branch))
    branch.now += timedelta(days=40)
    [part] = cards.own(branch.db, person.id)
    assert (part.text, part.confirmed_at, part.confirmed_by) == (
        "春晖里3幢201，跟女儿住", START.isoformat(), officer(branch).id,
    )  # fmt: skip
    assert knowing.confirm(person, PARTS, officer(branch), desk(branch)) == ("where",)
    assert cards.own(branch.db, person.id)[0].confirmed_at == branch.now.isoformat()


def test_the_four_parts_are_the_documents_four_in_its_order(branch: Branch) -> None:
    fill(branch, "王桂兰", *reversed(PARTS))
    assert [part.part for part in cards.own(branch.db, branch.person("王桂兰").id)] == list(PARTS)
    with pytest.raises(UnknownPart, match="family_health"):
        cards.write(branch.db, 1, "religion", "…", 1, START)


@pytest.mark.parametrize(
    ("role", "sees"), [("secretary", True), ("committee", True), ("liaison", True), ("party_committee", False)]
)
def test_health_is_read_by_care_roles_only_and_reading_is_logged(branch: Branch, role: str, sees: bool) -> None:
    person = branch.person("王桂兰")
    knowing.write(person, "family_health", "心脏搭过桥", officer(branch), desk(branch))
    knowing.write(person, "daily", "打太极拳", officer(branch), desk(branch))
    shown = {part.part for part in knowing.read(person, officer(branch, role), desk(branch))}
    assert shown == ({"daily", "family_health"} if sees else {"daily"})
    assert len(branch.logged("card_read")) == 1
    everything = " ".join(sentence for kind in ("card_written", "card_read") for sentence in branch.logged(kind))
    assert "搭过桥" not in everything, "the log is read by more people than may read of health"


def test_a_member_with_no_role_reads_no_health(branch: Branch) -> None:
    fill(branch, "王桂兰")
    assert "family_health" not in {part.part for part in cards.read(branch.db, branch.person("王桂兰").id, ("member",))}


def test_old_cards_are_on_the_call_list_some_a_week_the_frail_first(branch: Branch) -> None:
    branch.go_to(datetime(2026, 11, 22, 12, 0))
    waiting = [task.name for task in tasks.open_tasks(branch.db, branch.id) if task.kind == "card_call"]
    assert waiting == ["刘德福", "王桂兰", "张建国"], "nobody was ever confirmed; three a week"
    branch.go_to(datetime(2026, 11, 30, 12, 0))
    assert len([task for task in tasks.open_tasks(branch.db, branch.id) if task.kind == "card_call"]) == 3
    for name in ("刘德福", "王桂兰"):
        for part in PARTS:
            knowing.write(branch.person(name), part, "…", officer(branch), desk(branch))
    waiting = [task.name for task in tasks.open_tasks(branch.db, branch.id) if task.kind == "card_call"]
    assert waiting == ["张建国"], "a card that is gone through is a call that is done"
    branch.go_to(datetime(2026, 12, 7, 12, 0))
    waiting = [task.name for task in tasks.open_tasks(branch.db, branch.id) if task.kind == "card_call"]
    assert waiting == ["张建国", "陈玉珍"]


def test_a_card_is_old_after_half_a_year(branch: Branch) -> None:
    for name in ("李卫民", "王桂兰", "张建国", "刘德福", "陈玉珍"):
        fill(branch, name)
    assert cards.stale(branch.db, branch.id, START + timedelta(days=180), 180) == []
    branch.now = START + timedelta(days=90)
    fill(branch, "王桂兰", "where", "daily", "needs")
    old = cards.stale(branch.db, branch.id, START + timedelta(days=181), 180)
    assert [each.name for each in old] == ["刘德福", "李卫民", "王桂兰", "张建国", "陈玉珍"]
    assert old[2].confirmed_at == START.isoformat(), "王桂兰's family and health are as old as ever"


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.integers(0, 400)), max_size=8), st.integers(0, 500))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_card_is_old_exactly_when_one_of_its_parts_is(written: list[tuple[str, int]], today: int) -> None:
    branch = SHARED
    branch.db.execute("DELETE FROM card")
    person = branch.person("王桂兰")
    last: dict[str, int] = {}
    for part, day in sorted(written, key=lambda each: each[1]):
        cards.write(branch.db, person.id, part, "…", 1, START + timedelta(days=day))
        last[part] = day
    fresh = set(last) == set(PARTS) and min(last.values()) >= today - 180
    old = cards.stale(branch.db, branch.id, START + timedelta(days=today), 180)
    assert (person.id in {each.member_id for each in old}) == (not fresh)


SHARED = Branch()


def test_who_left_is_called_no_more(branch: Branch) -> None:
    branch.db.execute("UPDATE member SET left_at = '2026-11-20' WHERE name = '刘德福'")
    assert "刘德福" not in [each.name for each in cards.stale(branch.db, branch.id, START, 180)]
    assert members.named(branch.db, branch.id, "刘德福") == []


def test_tasks_written_before_are_kept_and_there_are_two_more_kinds() -> None:
    connection = pysqlite3.connect(":memory:")
    connection.isolation_level = None
    db = Database(connection)
    db.execute("PRAGMA foreign_keys = 1")
    migrations.apply(db, stop_before="m010_keeping_in_touch")
    members.add_branch(db, "春晖支部", "wuxi", START)
    person = members.add_member(db, 1, "王桂兰", START)
    kept = tasks.add_task(db, 1, "home_study", person, START, START, said="送学上门", subject="2026-11")
    with pytest.raises(pysqlite3.IntegrityError):
        tasks.add_task(db, 1, "card_call", person, START, START)
    migrations.apply(db)
    [task] = tasks.open_tasks(db, 1)
    assert (task.id, task.kind, task.said, task.subject) == (kept, "home_study", "送学上门", "2026-11")
    tasks.add_task(db, 1, "card_call", person, START, START)
    tasks.add_task(db, 1, "silent_call", person, START, START)
