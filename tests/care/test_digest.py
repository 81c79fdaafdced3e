"""The morning digest: one message, written and spoken, nothing empty in it, heard in under 40 seconds."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import voice_settings
from bot.config import Config
from dialogs.officers import digest
from dialogs.officers.digest import MOST_SPOKEN, Item
from speech.contracts import Manner
from speech.work import speak
from storage import care, members, own_days, tasks, visits
from tests.care.test_rounds import START, Branch

MORNING = datetime(2026, 11, 23, 7, 30)


@pytest.fixture
def branch() -> Branch:
    made = Branch()
    for task in tasks.open_tasks(made.db, made.id):
        tasks.finish(made.db, made.id, task.id, 1, START)
    return made


def digests(branch: Branch, column: str = "text") -> list[str]:
    found = branch.db.execute(
        f"SELECT {column} FROM outbox WHERE dedupe_key LIKE 'digest:%' AND channel = 'desk' ORDER BY id"
    )
    return [str(row[0]) for row in found.fetchall()]


def ill(branch: Branch, name: str, at: datetime, hours: int = 48) -> care.CareCase:
    return care.report(
        branch.db, branch_id=branch.id, trigger="illness", member_id=branch.person(name).id, who=name,
        reporter_id=branch.person("陈玉珍").id, said="病了", place="", recording_id=None, now=at,
        due_at=at + timedelta(hours=hours),
    ).case  # fmt: skip


def wake(branch: Branch, moment: datetime) -> None:
    branch.now = moment
    branch.worker.fire_due()


def test_one_message_in_the_morning_written_and_spoken(branch: Branch) -> None:
    wake(branch, MORNING - timedelta(minutes=1))
    assert digests(branch) == []
    wake(branch, MORNING)
    wake(branch, MORNING + timedelta(minutes=1))
    assert len(digests(branch)) == 1
    assert digests(branch)[0].startswith("李书记早上好")
    assert digests(branch, "spoken")[0].startswith("李书记早上好")
    wake(branch, MORNING + timedelta(days=1))
    assert len(digests(branch)) == 2


def test_what_is_empty_is_left_out(branch: Branch) -> None:
    wake(branch, MORNING)
    assert "没有等着办的事" in digests(branch)[0]
    for word in ("新报", "过了时间", "今天要去看", "没消息", "生日", "任期", "走访"):
        assert word not in digests(branch)[0]


def test_everything_that_the_day_asks_for_is_in_it(branch: Branch) -> None:
    wake(branch, START)
    late = ill(branch, "张建国", START + timedelta(hours=1), hours=10)
    ill(branch, "王桂兰", START + timedelta(hours=2))
    care.acknowledge(branch.db, late, 1, START)
    planned = ill(branch, "刘德福", START + timedelta(hours=3))
    visits.plan(branch.db, planned, branch.person("李卫民").id, datetime(2026, 11, 23, 9, 0))
    tasks.add_task(branch.db, branch.id, "silent_call", branch.person("陈玉珍").id, START, START)
    own_days.set_day(branch.db, branch.person("王桂兰").id, "birthday", 11, 23, year=1945)
    own_days.set_day(branch.db, branch.person("张建国").id, "party_birthday", 11, 23, year=1972)
    branch.db.execute("UPDATE role SET valid_to = '2027-01-31' WHERE role = 'secretary'")
    branch.db.execute("UPDATE member SET joined_at = '2026-11-01' WHERE name = '陈玉珍'")
    wake(branch, MORNING)
    text = digests(branch)[-1]
    for line in (
        "新报的3件：张建国生病、王桂兰生病、刘德福生病。", "过了时间还没看的1件：张建国生病。",
        "今天要去看的1位：上午九点刘德福。", "好些天没消息的1位：陈玉珍22天。", "今天过生日：王桂兰81岁。",
        "今天政治生日：张建国54年。", "任期快到的1位：李卫民书记到1月31号。",
    ):  # fmt: skip
        assert line in text.splitlines(), text
    assert len(digests(branch, "spoken")[-1]) <= MOST_SPOKEN


def test_what_was_told_yesterday_is_not_new_today(branch: Branch) -> None:
    ill(branch, "王桂兰", START + timedelta(hours=1))
    wake(branch, MORNING)
    wake(branch, MORNING + timedelta(days=1))
    first, second = digests(branch)
    assert "新报的1件" in first
    assert "新报" not in second


def test_a_round_that_is_on_says_how_many_are_left(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    branch.go_to(datetime(2026, 12, 21, 12, 0))
    assert "1月1号元旦，走访还剩4位。" in digests(branch)[-1]


def test_a_late_start_sends_the_days_digest_once_and_marks_it_late(branch: Branch) -> None:
    wake(branch, MORNING)
    branch.now = MORNING + timedelta(days=3, hours=3)
    branch.worker.fire_due()
    assert len(digests(branch)) == 2, "days that were missed are in today's"
    assert branch.db.execute(
        "SELECT count(*) FROM due WHERE kind = 'morning_digest' AND late = 1 AND subject = '2026-11-26'"
    ).fetchone() == (1,)


def test_a_start_in_the_evening_sends_none(branch: Branch) -> None:
    wake(branch, datetime(2026, 11, 23, 22, 0))
    assert digests(branch) == []
    wake(branch, datetime(2026, 11, 24, 7, 30))
    assert len(digests(branch)) == 1


def test_a_clock_set_back_sends_no_second_digest(branch: Branch) -> None:
    wake(branch, MORNING)
    wake(branch, MORNING + timedelta(days=5))
    count = len(digests(branch))
    wake(branch, MORNING)
    wake(branch, MORNING + timedelta(hours=1))
    assert len(digests(branch)) == count


def test_only_those_of_the_profile_get_it(branch: Branch) -> None:
    members.add_member(branch.db, branch.id, "周敏", START, role="liaison", title="联络员", rung=2)
    wake(branch, MORNING)
    assert len(digests(branch)) == 1


NAMES = st.lists(st.text("王李张刘陈桂兰建国德福玉珍", min_size=2, max_size=6), max_size=30).map(tuple)
KEYS = ("new", "overdue", "today", "silent", "birthday", "party_birthday", "cards", "terms")


@given(st.lists(NAMES, min_size=len(KEYS), max_size=len(KEYS)), st.integers(0, 60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_however_much_there_is_it_is_heard_in_time_and_nothing_is_left_out(
    names: list[tuple[str, ...]], left: int
) -> None:
    found = [Item(key, each) for key, each in zip(KEYS, names, strict=True) if each]
    if left:
        found.append(Item("round", ("",) * left, (("festival", "元旦"), ("day", "1月1号"))))
    said = digest.spoken("李书记", found)
    assert len(said) <= MOST_SPOKEN
    text = digest.written("李书记", found)
    assert len(text.splitlines()) == 1 + max(1, len(found))
    for item in found:
        assert str(len(item.names)) in text or item.key.endswith("birthday")
    assert said.count("。") >= 2 + max(0, len(found) - 1)


@pytest.mark.soak
@pytest.mark.models
def test_the_longest_digest_is_spoken_in_under_forty_seconds(tmp_path: Path) -> None:
    names = ("王桂兰生病", "刘德福紧急求助", "陈玉珍有困难", "李秀英生病")
    found = [Item(key, names) for key in KEYS]
    words = digest.spoken("李书记", found)
    assert len(words) > MOST_SPOKEN - 30
    voice = replace(voice_settings(Config()), cache=tmp_path)
    with av.open(io.BytesIO(speak(words, voice, Manner(speed=0.85, loudness=1.0)))) as note:
        assert note.duration is not None
        assert note.duration / 1_000_000 < 40
