"""How a talk goes on: corrected, put off, gone back in, two wishes at once, two messages as one."""

from __future__ import annotations

from pathlib import Path

from dialogs.handlers.denying import denied
from tests.bot.conftest import Office, open_office

REGISTERED = "SELECT title, registration.state FROM registration JOIN session ON session.id = session_id ORDER BY title"


def test_no_thursday_changes_the_day_and_reads_back_only_that(office: Office) -> None:
    office.say("王桂兰", "下周三下午的学习，给我报个名")
    answer = office.say("王桂兰", "不对，是星期五")
    assert "星期五" in answer.text
    assert "取消" not in answer.text, "what was taken back need not be heard too"
    assert office.rows(REGISTERED) == [("参观革命纪念馆", "registered"), ("学习党支部工作条例", "cancelled")]


def test_not_me_but_old_liu_changes_the_person(office: Office) -> None:
    office.say("林国栋", "下周三的学习给我报个名")
    office.say("林国栋", "不是我，是老刘")
    assert office.rows(
        "SELECT name, registration.state FROM registration JOIN member ON member.id = member_id ORDER BY name"
    ) == [("刘德福", "registered"), ("林国栋", "cancelled")]


def test_wait_a_moment_keeps_the_question_open(office: Office) -> None:
    office.say("王桂兰", "我要报名")
    waited = office.say("王桂兰", "等一下")
    assert len(waited.buttons) == 3
    office.say("王桂兰", "第二个")
    assert office.rows(REGISTERED) == [("参观革命纪念馆", "registered")]


def test_help_says_what_can_be_said_now(office: Office) -> None:
    asked = office.say("王桂兰", "我要报名")
    helped = office.say("王桂兰", "我该怎么说呀")
    assert "第几个" in helped.text
    assert asked.text in helped.text


def test_two_wishes_in_one_breath_are_both_done(office: Office) -> None:
    answer = office.say("王桂兰", "下周三下午的学习给我报个名，再请书记给我回个电话")
    assert office.rows(REGISTERED) == [("学习党支部工作条例", "registered")]
    assert office.rows("SELECT kind FROM task WHERE kind = 'call_back'") == [("call_back",)]
    assert "报" in answer.text
    assert "李书记" in answer.text


def test_a_second_wish_waits_for_the_answer_to_the_first(office: Office) -> None:
    asked = office.say("王桂兰", "这个季度的党费我交了九十块，再给我念念六有一提升的文件")
    assert asked.text.endswith("对吗？")
    answer = office.say("王桂兰", "对")
    assert "六有一提升" in answer.text
    assert office.rows("SELECT count(*) FROM listening") == [(1,)]


def test_danger_comes_before_the_other_wish_of_the_sentence(office: Office) -> None:
    answer = office.say("王桂兰", "下周三的学习给我报个名，我摔倒了起不来")
    assert answer.text.startswith("情况危急，请先打120")
    assert office.rows("SELECT count(*) FROM care_case WHERE trigger = 'emergency'") == [(1,)]
    assert office.rows(REGISTERED) == [("学习党支部工作条例", "registered")]


def test_a_report_beside_another_wish_knows_whom_it_concerns(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了，下周三的学习给我报个名")
    assert office.rows("SELECT who FROM care_case ORDER BY id DESC LIMIT 1") == [("刘德福",)]


def test_two_messages_within_a_few_seconds_are_one_sentence(office: Office) -> None:
    office.say("王桂兰", "那个下周三下午的")
    office.later(seconds=3)
    office.say("王桂兰", "学习给我报个名")
    assert office.rows(REGISTERED) == [("学习党支部工作条例", "registered")]


def test_a_fall_reported_while_a_question_is_open_and_the_question_comes_again(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.say("王桂兰", "我要报名")
    with open_office(tmp_path) as office:
        answer = office.say("王桂兰", "哎呀我摔倒了起不来了", "fall")
        assert answer.text.startswith("情况危急")
        assert len(answer.buttons) == 3, "the question is asked again"
    with open_office(tmp_path) as office:
        office.say("王桂兰", "第一个", "first")
        assert len(office.rows(REGISTERED)) == 1


def test_the_right_thing_said_with_a_misheard_is_and_numbers_that_sound_like_it() -> None:
    assert denied("不对，试星期五") == ("星期五", True)
    assert denied("不对，是星期五") == ("星期五", True)
    assert denied("不对，十一月五号") == ("，十一月五号", False)
    assert denied("不对，四号") == ("，四号", False)
