"""What a member says is done, and what is answered was done. The recogniser is not needed for these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.skill import load_skills
from storage import log
from tests.bot.conftest import Office, open_office


def test_signing_up_for_next_wednesday(office: Office) -> None:
    answer = office.say("王桂兰", "下周三下午的学习，给我报个名")
    assert answer.intent == "session_register"
    assert "学习党支部工作条例" in answer.text
    assert "星期三" in answer.text, "a date is read back with its weekday"
    assert office.rows(
        "SELECT title, registration.state FROM registration JOIN session ON session.id = session_id"
    ) == [("学习党支部工作条例", "registered")]


def test_no_that_is_wrong_undoes_the_sign_up(office: Office) -> None:
    office.say("王桂兰", "下周三下午的学习，给我报个名")
    answer = office.say("王桂兰", "不对")
    assert "取消" in answer.text
    assert office.rows("SELECT state FROM registration") == [("cancelled",)]


def test_when_several_sessions_fit_it_asks_which(office: Office) -> None:
    asked = office.say("王桂兰", "我要报名")
    assert len(asked.buttons) == 3
    assert office.rows("SELECT * FROM registration") == []
    office.say("王桂兰", "第二个")
    assert office.rows("SELECT title FROM registration JOIN session ON session.id = session_id") == [
        ("参观革命纪念馆",)
    ]


def test_a_report_of_illness_is_on_its_way_before_the_answer(office: Office) -> None:
    answer = office.say("王桂兰", "刘德福昨天住院了")
    assert "李书记" in answer.text
    assert "还没有回话" in answer.text, "it says honestly that nobody has confirmed"
    assert office.rows("SELECT trigger, who, state FROM care_case WHERE who = '刘德福'") == [
        ("illness", "刘德福", "reported")
    ]
    alerts = office.rows("SELECT lane, text FROM outbox WHERE lane = 'alert'")
    assert len(alerts) == 1
    assert "刘德福昨天住院了" in str(alerts[0][1])


def test_the_same_message_twice_is_one_case_and_one_alert(office: Office) -> None:
    first = office.say("王桂兰", "刘德福昨天住院了", "update-7")
    again = office.say("王桂兰", "刘德福昨天住院了", "update-7")
    assert again.text == first.text
    assert office.rows("SELECT count(*) FROM care_case WHERE who = '刘德福'") == [(1,)]
    assert office.rows("SELECT count(*) FROM outbox WHERE lane = 'alert'") == [(1,)]


def test_the_reporter_hears_who_has_taken_the_case(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    case = office.rows("SELECT id FROM care_case WHERE who = '刘德福'")[0][0]
    office.say("李卫民", f"ack:{case}")
    assert office.rows("SELECT state FROM care_case WHERE id = ?", case) == [("acknowledged",)]  # type: ignore[arg-type]
    assert "李书记已经收到刘德福的事" in office.say("王桂兰", "你好").text
    assert "李书记已经收到" not in office.say("王桂兰", "你好").text, "news is told once"


def test_a_member_cannot_take_a_case(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    case = office.rows("SELECT id FROM care_case WHERE who = '刘德福'")[0][0]
    office.say("张建国", f"ack:{case}")
    assert office.rows("SELECT state FROM care_case WHERE id = ?", case) == [("reported",)]  # type: ignore[arg-type]


def test_a_fall_is_an_emergency_and_names_120_first(office: Office) -> None:
    answer = office.say("王桂兰", "我摔倒了，起不来")
    assert answer.text.startswith("情况危急，请先打120")
    assert office.rows("SELECT trigger, who FROM care_case ORDER BY id DESC LIMIT 1") == [("emergency", "王桂兰")]


def test_dues_are_read_back_before_they_are_written(office: Office) -> None:
    asked = office.say("王桂兰", "这个季度的党费我交了九十块")
    assert "90元" in asked.text
    assert "第四季度" in asked.text
    assert office.rows("SELECT * FROM dues WHERE state = 'claimed'") == []
    done = office.say("王桂兰", "对")
    assert "记下了" in done.text
    assert office.rows("SELECT quarter, paid_fen, state FROM dues WHERE state = 'claimed'") == [
        ("2026Q4", 9000, "claimed")
    ]


def test_a_no_to_the_read_back_writes_nothing(office: Office) -> None:
    office.say("王桂兰", "这个季度的党费我交了九十块")
    office.say("王桂兰", "不对")
    assert office.rows("SELECT * FROM dues WHERE state = 'claimed'") == []


def test_another_amount_in_answer_to_the_read_back_is_taken(office: Office) -> None:
    office.say("王桂兰", "这个季度的党费我交了九十块")
    assert "100元" in office.say("王桂兰", "不对，是一百块").text
    office.say("王桂兰", "对的")
    assert office.rows("SELECT paid_fen FROM dues WHERE state = 'claimed'") == [(10000,)]


def test_a_document_is_read_by_its_nickname(office: Office) -> None:
    answer = office.say("王桂兰", "六有一提升那个文件念给我听听")
    assert "六有一提升" in answer.text
    assert office.rows("SELECT part FROM listening") == [("summary",)]


def test_say_it_again_says_the_same_words(office: Office) -> None:
    first = office.say("王桂兰", "请书记给我回个电话")
    assert office.say("王桂兰", "再说一遍").text == first.text


def test_slower_is_remembered(office: Office) -> None:
    before = office.person("王桂兰").speed
    office.say("王桂兰", "说慢一点")
    assert office.person("王桂兰").speed < before


def test_a_fall_in_the_middle_of_a_question_is_taken_at_once(office: Office) -> None:
    office.say("王桂兰", "这个季度的党费我交了九十块")
    answer = office.say("王桂兰", "哎呀我摔倒了起不来了")
    assert answer.text.startswith("情况危急，请先打120")
    assert "党费" in answer.text, "the open question is asked again afterwards"
    office.say("王桂兰", "对")
    assert office.rows("SELECT count(*) FROM dues WHERE state = 'claimed'") == [(1,)]


def test_a_restart_continues_the_talk(tmp_path: Path) -> None:
    with open_office(tmp_path) as before:
        before.say("王桂兰", "这个季度的党费我交了九十块")
    with open_office(tmp_path) as after:
        after.numbers = iter(range(100, 200))
        after.say("王桂兰", "对")
        assert after.rows("SELECT count(*) FROM dues WHERE state = 'claimed'") == [(1,)]


def test_an_old_question_is_dropped_and_said_so(office: Office) -> None:
    office.say("王桂兰", "这个季度的党费我交了九十块")
    office.later(hours=5)
    answer = office.say("王桂兰", "对")
    assert answer.text.startswith("刚才问您的事隔得久了")
    assert office.rows("SELECT * FROM dues WHERE state = 'claimed'") == []


@pytest.fixture
def without_broadcasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office that understands a wish for which it has no skill, as with every new intent for a while."""
    skills = {name: skill for name, skill in load_skills().items() if name != "broadcast"}
    monkeypatch.setattr("bot.app.load_skills", lambda: skills)
    with open_office(tmp_path) as each:
        yield each


def test_what_no_skill_does_goes_to_the_secretary_word_for_word(without_broadcasts: Office) -> None:
    office = without_broadcasts
    answer = office.say("周敏", "通知大家，下周三下午的学习照常")
    assert answer.intent == "broadcast"
    assert "李书记" in answer.text
    assert office.rows("SELECT kind, said FROM task") == [("call_back", "通知大家，下周三下午的学习照常")]


def test_what_no_skill_does_for_the_secretary_is_passed_on_to_nobody_and_said_so(without_broadcasts: Office) -> None:
    office = without_broadcasts
    answer = office.say("李卫民", "通知大家，下周三下午的学习照常")
    assert "没有转给别人" in answer.text
    assert "周联络员" in answer.text, "who else may help"
    assert office.rows("SELECT count(*) FROM task") == [(0,)]
    assert office.rows("SELECT count(*) FROM outbox") == [(0,)], "nobody is told what he said himself"
    assert log.tail(office.app.db, 1, 1)[0].kind == "not_served"


def test_the_log_tells_the_day_and_verifies(office: Office) -> None:
    for said in ("下周三下午的学习，给我报个名", "刘德福昨天住院了", "请书记给我回个电话"):
        office.say("王桂兰", said)
    kinds = [entry.kind for entry in log.tail(office.app.db, 1, 3)]
    assert kinds == ["registered", "care_reported", "call_back"]
    assert log.verify(office.app.db, 1) is None


def test_the_secretary_asks(office: Office) -> None:
    office.say("王桂兰", "下周三下午的学习，给我报个名")
    ill = office.say("李卫民", "谁生病了还没有人去看望？")
    assert "胡文斌" in ill.text
    assert ill.table is not None
    assert ill.table.rows[0][1] == "胡文斌"
    unpaid = office.say("李卫民", "这个季度还有谁没交党费？")
    assert "王桂兰" in unpaid.text
    assert "李秀英" not in unpaid.text
    assert "王桂兰" in office.say("李卫民", "下次学习有谁报名了？").text
    often = office.say("李卫民", "刘德福今年来了几次？")
    assert often.table is not None
    assert "刘德福" in often.text


def test_a_member_cannot_ask_the_branchs_questions(office: Office) -> None:
    answer = office.say("王桂兰", "谁生病了还没有人去看望？")
    assert "胡文斌" not in answer.text
    assert answer.table is None
