"""Words are found as they are written, and as they sound."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import log, members
from storage.database import memory_database, open_database, writing
from storage.log import search, tally
from tests.storage.conftest import NOW, Branch

WRITTEN = (
    "王桂兰报名参加下周三的学习会",
    "刘德福说：家里漏水，请人来看看",
    "章建国反映活动室要加装扶手",
    "王桂兰请假：去医院复查",
    "胡文斌住院，李秀英报的",
    "发放7+5活动安排",
    "郑天福的党费108元，本人说已交",
)


@pytest.fixture
def written(branch: Branch) -> Branch:
    for day, sentence in enumerate(WRITTEN):
        member = branch.guilan if sentence.startswith("王桂兰") else None
        at = NOW + timedelta(days=day)
        log.append(branch.db, branch_id=branch.id, at=at, kind=f"kind{day % 2}", sentence=sentence, member_id=member)
    return branch


def found(branch: Branch, text: str, **limits: object) -> list[str]:
    return [each.sentence for each in search.find(branch.db, branch.id, text, **limits)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sought", "lines"),
    [
        ("漏水", [1]),
        ("水", [1]),
        ("加装扶手", [2]),
        ("王桂兰", [3, 0]),
        ("王桂兰 复查", [3]),
        ("住院", [4]),
        ("院住", []),
        ("7+5", [5]),
        ("108", [6]),
        ("，", []),
    ],
)
def test_what_is_written_is_found_newest_first(written: Branch, sought: str, lines: list[int]) -> None:
    assert found(written, sought) == [WRITTEN[line] for line in lines]


@pytest.mark.parametrize(
    ("misheard", "line"),
    [("张建国", 2), ("汪贵兰 医院", 3), ("漏睡", 1), ("胡问宾", 4), ("正天湖", 6), ("主院", 4), ("加庄扶手", 2)],
)
def test_a_misheard_name_still_finds_its_entries(written: Branch, misheard: str, line: int) -> None:
    hits = search.find(written.db, written.id, misheard)
    assert WRITTEN[line] in [each.sentence for each in hits]
    assert all(each.by_sound for each in hits)


def test_a_search_keeps_to_a_member_and_a_stretch(written: Branch) -> None:
    assert found(written, "学习", member_id=written.guilan) == [WRITTEN[0]]
    assert found(written, "漏水", member_id=written.guilan) == []
    assert found(written, "王桂兰", start=NOW + timedelta(days=2)) == [WRITTEN[3]]
    assert found(written, "王桂兰", end=NOW + timedelta(days=2)) == [WRITTEN[0]]
    assert found(written, "王桂兰", start=NOW + timedelta(days=30)) == []
    assert found(written, "王桂兰", limit=1) == [WRITTEN[3]]


def test_a_clock_that_was_wrong_hides_nothing(branch: Branch) -> None:
    """A machine whose battery is empty starts in another year, until the network tells it the day."""
    for days, sentence in ((3000, "刚开机"), (0, "家里漏水"), (-9000, "又刚开机"), (1, "还在漏水")):
        log.append(branch.db, branch_id=branch.id, at=NOW + timedelta(days=days), kind="said", sentence=sentence)
    assert found(branch, "漏水") == ["还在漏水", "家里漏水"]
    assert found(branch, "漏水", start=NOW) == ["还在漏水", "家里漏水"]
    assert found(branch, "漏水", end=NOW) == ["家里漏水"]
    assert found(branch, "漏水", start=NOW + timedelta(days=4000)) == []


def test_another_branch_is_not_searched(written: Branch) -> None:
    other = members.add_branch(written.db, "第二支部", "fuzhou", NOW)
    log.append(written.db, branch_id=other, at=NOW, kind="note", sentence="第二支部也漏水")
    assert found(written, "漏水") == [WRITTEN[1]]
    assert [each.sentence for each in search.find(written.db, other, "漏水")] == ["第二支部也漏水"]
    assert [each.sentence for each in search.find(written.db, other, "漏谁")] == ["第二支部也漏水"]


HAN = st.text(alphabet="王桂兰学习会报名漏水，。7a", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(sentences=st.lists(HAN, min_size=1, max_size=8), sought=HAN)
def test_search_finds_exactly_what_stands_there(sentences: list[str], sought: str) -> None:
    """As the plainest search would, wherever there is a character to look for."""
    db = memory_database()
    branch = members.add_branch(db, "支部", "wuxi", NOW)
    for sentence in sentences:
        log.append(db, branch_id=branch, at=NOW, kind="note", sentence=sentence)
    plain = [sentence for sentence in reversed(sentences) if sought in sentence]
    hits = [each.sentence for each in search.find(db, branch, sought, limit=99) if not each.by_sound]
    if any(char not in "，。" for char in sought):
        assert hits == plain


def test_days_are_counted_by_kind(written: Branch) -> None:
    assert tally.counts(written.db, written.id, NOW, NOW + timedelta(days=2)) == {"kind0": 2, "kind1": 1}


def test_what_was_written_before_the_index_was_there_is_found(tmp_path: Path) -> None:
    """A database of the version before is opened: its entries are taken in."""
    file = tmp_path / "branch.db"
    db = open_database(file)
    branch = members.add_branch(db, "支部", "wuxi", NOW)
    with writing(db):
        log.append(db, branch_id=branch, at=datetime(2026, 1, 5), kind="note", sentence="楼上漏水")
    db.execute("DROP TABLE entry_words")
    db.execute("DROP TABLE entry_tally")
    for index in ("entry_time", "entry_about", "care_reported"):
        db.execute(f"DROP INDEX {index}")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm012_questions'")
    db.close()
    again = open_database(file)
    assert [each.sentence for each in search.find(again, branch, "漏水")] == ["楼上漏水"]
    assert tally.counts(again, branch, datetime(2026, 1, 1), NOW) == {"note": 1}
