"""Leave is noted at once; why is asked once, kindly, and need not be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.conftest import Office, open_office

LEAVE = "SELECT title, registration.state, reason FROM registration JOIN session ON session.id = session_id " \
    "WHERE registration.state <> 'cancelled' ORDER BY registration.id"  # fmt: skip


def test_leave_is_noted_before_it_is_asked_why(office: Office) -> None:
    answer = office.say("张建国", "下周三的学习我请个假")
    assert answer.intent == "leave_request"
    assert "学习党支部工作条例" in answer.text
    assert answer.text.endswith("不说也行。")
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", "")]
    assert office.rows("SELECT said FROM registration") == [("下周三的学习我请个假",)]


def test_the_reason_is_kept_word_for_word(office: Office) -> None:
    office.say("张建国", "下周三的学习我请个假")
    assert "记下了" in office.say("张建国", "去北京喝喜酒，孙子结婚嘛").text
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", "去北京喝喜酒，孙子结婚嘛")]
    told = office.rows("SELECT lane, text FROM outbox WHERE text LIKE '%原因%'")
    assert told == [("routine", "张建国请假的原因：去北京喝喜酒，孙子结婚嘛")]


@pytest.mark.parametrize("said", ["不想说", "不方便说", "没什么原因", "不好说", "别问了", "算了"])
def test_not_saying_why_is_accepted(office: Office, said: str) -> None:
    office.say("张建国", "下周三的学习我请个假")
    answer = office.say("张建国", said)
    assert "没关系" in answer.text
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", "")]


@pytest.mark.parametrize("said", ["腿脚不方便", "没什么大事，就是去医院复查", "不是很舒服，想歇歇"])
def test_a_reason_that_sounds_like_a_no_is_a_reason(office: Office, said: str) -> None:
    office.say("张建国", "下周三的学习我请个假")
    office.say("张建国", said)
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", said)]


def test_a_restart_before_the_answer_loses_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path) as before:
        before.say("张建国", "下周三的学习我请个假")
    with open_office(tmp_path) as after:
        after.numbers = iter(range(100, 200))
        after.say("张建国", "孙子结婚")
        assert after.rows(LEAVE) == [("学习党支部工作条例", "leave", "孙子结婚")]


def test_why_is_asked_only_once(office: Office) -> None:
    office.say("张建国", "下周三的学习我请个假")
    answer = office.say("张建国", "这个月的主题是什么")
    assert "什么事" not in answer.text


def test_a_reason_already_given_is_not_asked_for(office: Office) -> None:
    answer = office.say("李秀英", "下周三的学习我去不了，腿疼")
    assert "什么事" not in answer.text
    assert "您说不对" in answer.text
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", "腿疼")]


def test_the_frail_are_never_asked_why(office: Office) -> None:
    answer = office.say("刘德福", "下周三的学习我请个假")
    assert "什么事" not in answer.text
    assert "您说不对" in answer.text
    assert office.rows(LEAVE) == [("学习党支部工作条例", "leave", "")]


def test_a_report_of_need_in_answer_is_told_and_is_the_reason_too(office: Office) -> None:
    office.say("张建国", "参观我请个假")
    answer = office.say("张建国", "老伴住院了，我要陪床")
    assert "李书记" in answer.text
    assert office.rows("SELECT count(*) FROM outbox WHERE lane = 'alert'") == [(1,)]
    assert office.rows(LEAVE) == [("参观革命纪念馆", "leave", "老伴住院了，我要陪床")]


def test_the_session_is_found_by_its_topic(office: Office) -> None:
    office.say("张建国", "党课我请个假")
    assert office.rows(LEAVE)[0][0] == "十二月党课"


def test_when_several_fit_it_asks_which(office: Office) -> None:
    answer = office.say("张建国", "我要请假")
    assert len(answer.buttons) == 3
    assert office.rows(LEAVE) == []
    office.say("张建国", "第二个")
    assert office.rows(LEAVE) == [("参观革命纪念馆", "leave", "")]


def test_the_one_session_somebody_is_signed_up_for_is_meant(office: Office) -> None:
    office.say("张建国", "参观给我报个名")
    office.say("张建国", "我要请假")
    assert office.rows(LEAVE) == [("参观革命纪念馆", "leave", "")]


def test_a_day_without_a_session_is_said(office: Office) -> None:
    answer = office.say("张建国", "下周二我请假")
    assert "那天没有安排" in answer.text
    assert office.rows(LEAVE) == []


def test_every_session_of_the_time_that_was_said(office: Office) -> None:
    office.say("张建国", "下周我都来不了，去儿子家")
    assert [(title, state) for title, state, _ in office.rows(LEAVE)] == [
        ("学习党支部工作条例", "leave"), ("参观革命纪念馆", "leave"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["不对", "取消"])
def test_no_takes_the_leave_back_and_the_place_is_kept(office: Office, said: str) -> None:
    office.say("张建国", "参观给我报个名")
    office.say("张建国", "参观我请个假")
    answer = office.say("张建国", said)
    assert "您还在名单上" in answer.text
    assert office.rows(LEAVE) == [("参观革命纪念馆", "registered", "")]


def test_no_after_the_reason_takes_it_back_too(office: Office) -> None:
    office.say("张建国", "参观我请个假")
    office.say("张建国", "孙子结婚")
    office.say("张建国", "不对")
    assert office.rows(LEAVE) == []
    assert office.rows("SELECT text FROM outbox ORDER BY id DESC LIMIT 1") == [
        ("张建国不请假了：2026-11-27，参观革命纪念馆",)
    ]


def test_another_session_in_answer_is_taken_instead(office: Office) -> None:
    office.say("张建国", "党课我请个假")
    office.say("张建国", "不对，是参观")
    assert office.rows(LEAVE) == [("参观革命纪念馆", "leave", "")]


def test_who_can_come_after_all_takes_it_back(office: Office) -> None:
    office.say("张建国", "参观我请个假")
    office.say("张建国", "不想说")
    office.say("张建国", "这个月的主题是什么")
    office.say("张建国", "我的假取消吧，我又能去了")
    assert office.rows(LEAVE) == [("参观革命纪念馆", "registered", "")]


def test_leave_gives_the_place_to_who_waits(office: Office) -> None:
    office.app.db.execute("UPDATE session SET capacity = 1 WHERE title = '参观革命纪念馆'")
    office.say("王桂兰", "参观给我报个名")
    office.say("张建国", "参观给我报个名")
    office.say("王桂兰", "参观我请个假")
    assert "有空位了" in office.say("张建国", "你好").text


def test_leave_for_a_session_that_was_held_excuses(office: Office) -> None:
    office.app.db.execute("UPDATE session SET starts_at = '2026-11-18T15:00' WHERE starts_at LIKE '2026-11-11%'")
    before = office.rows("SELECT state FROM attendance WHERE member_id = 7 AND session_id = 4")
    assert before == [("unexplained",)]
    office.say("刘德福", "十一月十八号的学习我没去，补个假")
    assert office.rows("SELECT state FROM attendance WHERE member_id = 7 AND session_id = 4") == [("excused",)]


def test_every_leave_is_in_the_log(office: Office) -> None:
    office.say("李秀英", "下周三的学习我去不了，腿疼")
    assert office.rows("SELECT sentence FROM entry_content ORDER BY entry_id DESC LIMIT 1") == [
        ("李秀英请假：2026-11-25，学习党支部工作条例。原因：腿疼",)
    ]
