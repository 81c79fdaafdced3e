"""Applications, suggestions, talents, and a member's own dues, as the branch's books hold them."""

from __future__ import annotations

from datetime import timedelta

import pysqlite3
import pytest
from sqlite_utils import Database

from storage import applications, dues, members, outbox, suggestions, talents, tasks
from storage.migrations import migrations
from tests.storage.conftest import NOW, Branch


def _relief(branch: Branch) -> int:
    return applications.submit(
        branch.db, branch.id, branch.guilan, "dues_relief", NOW, said="我想少交一点，药费太贵", reason="药费太贵"
    )


def test_an_application_waits_until_it_is_decided_once(branch: Branch) -> None:
    key = _relief(branch)
    assert [each.id for each in applications.pending(branch.db, branch.id)] == [key]
    assert applications.decide(branch.db, branch.id, key, "approved", branch.secretary, NOW)
    assert not applications.decide(branch.db, branch.id, key, "rejected", branch.secretary, NOW)
    decided = applications.application(branch.db, branch.id, key)
    assert decided is not None
    assert (decided.state, decided.decided_by, decided.reason) == ("approved", branch.secretary, "药费太贵")
    assert applications.waiting(branch.db, branch.guilan, "dues_relief") is None


def test_another_branch_neither_sees_nor_decides_it(branch: Branch) -> None:
    key = _relief(branch)
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    assert applications.application(branch.db, other, key) is None
    assert applications.pending(branch.db, other) == []
    assert not applications.decide(branch.db, other, key, "approved", branch.secretary, NOW)


def test_an_application_is_never_decided_by_nobody(branch: Branch) -> None:
    key = _relief(branch)
    with pytest.raises(pysqlite3.IntegrityError):
        branch.db.execute("UPDATE application SET state = 'approved' WHERE id = ?", [key])


def test_a_suggestion_is_passed_on_once_and_answered_once(branch: Branch) -> None:
    key = suggestions.add(branch.db, branch.id, branch.guilan, "椅子太硬", NOW)
    assert suggestions.pass_on(branch.db, branch.id, key, branch.secretary, NOW)
    assert not suggestions.pass_on(branch.db, branch.id, key, branch.secretary, NOW)
    assert [each.state for each in suggestions.unanswered(branch.db, branch.id)] == ["passed_on"]
    assert suggestions.answer(branch.db, branch.id, key, "换软的", branch.secretary, NOW)
    assert not suggestions.answer(branch.db, branch.id, key, "不换", branch.secretary, NOW)
    assert not suggestions.pass_on(branch.db, branch.id, key, branch.secretary, NOW)
    last = suggestions.latest(branch.db, branch.guilan)
    assert last is not None
    assert (last.state, last.answer, last.said) == ("answered", "换软的", "椅子太硬")
    assert suggestions.unanswered(branch.db, branch.id) == []


def test_another_branch_does_not_answer_it(branch: Branch) -> None:
    key = suggestions.add(branch.db, branch.id, branch.guilan, "椅子太硬", NOW)
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    assert not suggestions.pass_on(branch.db, other, key, branch.secretary, NOW)
    assert not suggestions.answer(branch.db, other, key, "换软的", branch.secretary, NOW)


def test_the_register_is_asked_by_skill(branch: Branch) -> None:
    first = talents.offer(branch.db, branch.guilan, "修电器", "我会修电器", NOW)
    assert talents.offer(branch.db, branch.guilan, "修电器", "又说一遍", NOW + timedelta(days=1)) == first
    talents.offer(branch.db, branch.defu, "剪纸", "我会剪纸", NOW)
    assert [each.name for each in talents.register(branch.db, branch.id, "电器")] == ["王桂兰"]
    assert len(talents.register(branch.db, branch.id)) == 2
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    assert talents.register(branch.db, other) == []


def test_quarters_run_over_the_new_year() -> None:
    assert dues.quarters("2026Q3", "2027Q2") == ["2026Q3", "2026Q4", "2027Q1", "2027Q2"]
    assert dues.quarters("2027Q1", "2026Q4") == []


def test_what_is_behind_begins_with_the_roster_and_leaves_out_what_was_said_to_be_paid(branch: Branch) -> None:
    assert dues.behind(branch.db, branch.guilan, "2026Q4") == []
    dues.claim(branch.db, branch.guilan, "2027Q1", 9000, NOW)
    assert [each.quarter for each in dues.behind(branch.db, branch.guilan, "2027Q3")] == ["2026Q4", "2027Q2"]
    assert dues.behind(branch.db, branch.defu, "2027Q3") == [], "nothing is asked of him"


def test_a_quarter_of_which_nothing_is_written_stands_open(branch: Branch) -> None:
    standing = dues.standing(branch.db, branch.guilan, "2026Q4")
    assert (standing.id, standing.state, standing.due_fen, standing.paid_fen) == (0, "open", 9000, None)


def test_what_a_member_waits_for(branch: Branch) -> None:
    first = tasks.add_task(branch.db, branch.id, "dues_collect", branch.guilan, NOW, NOW, said="来收一下")
    tasks.add_task(branch.db, branch.id, "call_back", branch.guilan, NOW, NOW)
    tasks.add_task(branch.db, branch.id, "dues_collect", branch.defu, NOW, NOW)
    assert [task.id for task in tasks.waiting_for(branch.db, branch.guilan, "dues_collect")] == [first]
    tasks.finish(branch.db, branch.id, first, branch.secretary, NOW)
    assert tasks.waiting_for(branch.db, branch.guilan, "dues_collect") == []


def test_nobody_was_alerted_of_a_case_without_alerts(branch: Branch) -> None:
    assert outbox.alerted(branch.db, 1) == []


def test_tasks_written_before_are_kept_when_new_kinds_come() -> None:
    db = Database(pysqlite3.connect(":memory:"))
    migrations.apply(db, stop_before="m008_wishes")
    branch_id = members.add_branch(db, "春晖支部", "wuxi", NOW)
    guilan = members.add_member(db, branch_id, "王桂兰", NOW)
    tasks.add_task(db, branch_id, "call_back", guilan, NOW, NOW, said="请回电话")
    migrations.apply(db)
    assert [task.said for task in tasks.open_tasks(db, branch_id)] == ["请回电话"]
    for kind in ("listen", "home_study", "dues_collect", "profile_update", "theme"):
        tasks.add_task(db, branch_id, kind, guilan, NOW, NOW)
    with pytest.raises(pysqlite3.IntegrityError):
        tasks.add_task(db, branch_id, "anything", guilan, NOW, NOW)
