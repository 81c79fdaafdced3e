"""Sessions, dues and care cases as the branch's books hold them."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import care, dues, members, registrations, sessions, visits
from storage.care import Opened
from storage.sessions import Session
from tests.storage.conftest import NOW, Branch


def _session(branch: Branch, capacity: int | None = None, days: int = 3) -> Session:
    key = sessions.add_session(branch.db, branch.id, "集体学习", NOW + timedelta(days=days), capacity=capacity)
    found = sessions.session(branch.db, branch.id, key)
    assert found is not None
    return found


def test_signing_up_twice_is_one_place(branch: Branch) -> None:
    session = _session(branch)
    first = registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW)
    assert registrations.register(branch.db, session, branch.guilan, branch.defu, NOW) == first
    assert [place.name for place in registrations.listed(branch.db, session.id)] == ["王桂兰"]


def test_a_full_session_has_a_waiting_list(branch: Branch) -> None:
    session = _session(branch, capacity=1)
    assert registrations.register(branch.db, session, branch.guilan, branch.guilan, NOW).state == "registered"
    assert registrations.register(branch.db, session, branch.defu, branch.defu, NOW).state == "waiting"


def test_another_branch_does_not_see_the_session(branch: Branch) -> None:
    session = _session(branch)
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    assert sessions.session(branch.db, other, session.id) is None
    assert sessions.upcoming(branch.db, other, NOW) == []


def test_what_the_secretary_verified_a_member_cannot_change(branch: Branch) -> None:
    dues.verify_payment(branch.db, branch.guilan, "2026Q4", 9000, branch.secretary, NOW)
    standing = dues.claim(branch.db, branch.guilan, "2026Q4", 100, NOW)
    assert (standing.state, standing.paid_fen) == ("verified", 9000)


def test_quarters() -> None:
    assert [dues.quarter_of(datetime(2026, month, 1)) for month in (1, 3, 4, 9, 10, 12)] == [
        "2026Q1", "2026Q1", "2026Q2", "2026Q3", "2026Q4", "2026Q4",
    ]  # fmt: skip


def _ill(branch: Branch, said: str, member: int | None) -> Opened:
    return care.report(
        branch.db, branch_id=branch.id, trigger="illness", member_id=member, who="刘德福", reporter_id=branch.guilan,
        said=said, place="", recording_id=None, now=NOW, due_at=NOW + timedelta(hours=48),
    )  # fmt: skip


def test_a_second_report_joins_the_open_case(branch: Branch) -> None:
    first = _ill(branch, "住院了", branch.defu)
    second = _ill(branch, "还在住院", branch.defu)
    assert (first.new, second.new, second.case.id) == (True, False, first.case.id)
    assert len(care.open_cases(branch.db, branch.id, unvisited=True)) == 1


def test_strangers_are_cases_of_their_own(branch: Branch) -> None:
    assert _ill(branch, "楼下老人摔了", None).case.id != _ill(branch, "对门老人摔了", None).case.id


def test_only_one_takes_a_case(branch: Branch) -> None:
    case = _ill(branch, "住院了", branch.defu).case
    assert care.acknowledge(branch.db, case, branch.secretary, NOW)
    assert not care.acknowledge(branch.db, case, branch.secretary, NOW)


def test_naming_somebody_joins_their_open_case(branch: Branch) -> None:
    standing = _ill(branch, "住院了", branch.defu).case
    unnamed = _ill(branch, "老刘住院了", None).case
    assert care.assign(branch.db, unnamed, branch.defu, "刘德福").id == standing.id
    reports = branch.db.execute("SELECT count(*) FROM care_report WHERE case_id = ?", [standing.id]).fetchone()[0]
    assert reports == 2


def test_a_visited_case_needs_no_visit(branch: Branch) -> None:
    case = _ill(branch, "住院了", branch.defu).case
    visits.record(branch.db, case, branch.secretary, NOW, notes="恢复得不错", gift_fen=50000)
    assert care.open_cases(branch.db, branch.id, unvisited=True) == []
