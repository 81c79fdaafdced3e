"""Study brought home, the month's theme, and one's own record."""

from __future__ import annotations

from datetime import timedelta

from storage import attendances, particulars, sessions
from storage.profiles import load_profile
from tests.bot.conftest import NOW, Office
from tests.shared_data import shared


def test_study_at_home_becomes_a_task_of_the_liaison(office: Office) -> None:
    answer = office.say("陈玉珍", "我腿脚不便，想申请送学上门")
    assert answer.intent == "home_study_request"
    assert "周联络员" in answer.text
    assert "十一月二十九号" in answer.text, "it says by when at the latest"
    liaison = office.person("周敏").id
    assert office.rows("SELECT kind, said, officer_id, due_at FROM task") == [
        ("home_study", "我腿脚不便，想申请送学上门", liaison, "2026-11-29T09:30:00")
    ]
    alert = office.rows("SELECT member_id, text FROM outbox WHERE lane = 'alert'")
    assert [row[0] for row in alert] == [liaison]
    assert "腿脚不便" in str(alert[0][1])


def test_the_officer_who_keeps_in_touch_with_her_comes_first(office: Office) -> None:
    particulars.write(office.app.db, office.person("刘德福").id, "liaison_id", office.person("李卫民").id)
    office.say("刘德福", "我腿脚不便，想申请送学上门")
    assert office.rows("SELECT officer_id FROM task WHERE kind = 'home_study'") == [(office.person("李卫民").id,)]


def test_without_a_liaison_the_secretary_comes(office: Office) -> None:
    office.app.db.execute("UPDATE role SET valid_to = '2026-01-01' WHERE role = 'liaison'")
    assert "李书记会上门" in office.say("陈玉珍", "我想申请送学上门").text


def test_what_can_be_heard_now_is_offered(office: Office) -> None:
    button = office.say("陈玉珍", "我想申请送学上门").buttons[0]
    assert office.say("陈玉珍", button.value).intent == "document_listen"
    assert office.rows("SELECT count(*) FROM listening") == [(1,)]


def test_without_a_document_nothing_is_offered(office: Office) -> None:
    for table in ("chapter", "document"):
        office.app.db.execute(f"DELETE FROM {table}")
    answer = office.say("陈玉珍", "我想申请送学上门")
    assert answer.buttons == ()
    assert "念文件" not in answer.text


def test_asked_twice_it_is_one_visit(office: Office) -> None:
    office.say("陈玉珍", "我想申请送学上门")
    office.later(days=1)
    assert "十一月二十九号" in office.say("陈玉珍", "我想申请送学上门").text
    assert office.rows("SELECT count(*) FROM task") == [(1,)]


def test_no_that_is_wrong_takes_the_visit_back(office: Office) -> None:
    office.say("陈玉珍", "我想申请送学上门")
    assert "不送了" in office.say("陈玉珍", "不对").text
    assert office.rows("SELECT count(*) FROM task WHERE done_at IS NULL") == [(0,)]


def test_this_months_theme_and_activity(office: Office) -> None:
    answer = office.say("陈玉珍", "这个月的主题是什么")
    assert answer.intent == "theme_query"
    assert "学习条例" in answer.text
    assert "参观革命纪念馆" in answer.text
    assert "党员评议" in office.say("陈玉珍", "下个月是什么主题").text


def test_a_month_without_a_theme_is_said_and_put_before_the_secretary_once(office: Office) -> None:
    for name in ("陈玉珍", "王桂兰"):
        answer = office.say(name, "一月份的主题是什么")
        assert "还没有定" in answer.text
        assert "李书记" in answer.text
    assert office.rows("SELECT kind, subject FROM task") == [("theme", "2027-01")]
    told = office.rows("SELECT text FROM outbox WHERE channel = 'desk'")
    assert len(told) == 1
    assert "2027年1月" in str(told[0][0])


def test_seven_plus_five_with_its_source_where_a_document_gives_it(office: Office) -> None:
    assert "没有写" in office.say("陈玉珍", "七加五是什么").text
    office.app.db.execute("UPDATE branch SET profile = 'jiayuguan'")
    answer = office.say("陈玉珍", "七加五是什么")
    assert "嘉发〔2020〕25号" in answer.text
    assert "素质提升月、红色教育月、志愿活动月、慰问关怀月、民主议事月、激励表彰月、党员评议月" in answer.text
    assert "5个月" in answer.text


def test_the_fixed_months_stand_in_the_document() -> None:
    text = shared("documents", "jiayuguan-7plus5.txt").read_text(encoding="utf-8")
    months = load_profile("jiayuguan").rules["theme.fixed_months"]
    assert isinstance(months.value, tuple)
    assert "、".join(months.value) in text
    assert "其余5个月" in text


def test_no_month_is_given_one_of_the_seven_that_the_branch_did_not_set(office: Office) -> None:
    office.app.db.execute("UPDATE branch SET profile = 'jiayuguan'")
    answer = office.say("陈玉珍", "一月份的主题是什么")
    assert "还没有定" in answer.text
    assert "素质提升月" not in answer.text, "the document names themes, not their months"


def test_how_often_i_came_this_year(office: Office) -> None:
    answer = office.say("陈玉珍", "我今年来了几次")
    assert answer.intent == "my_record"
    assert answer.text.startswith("今年，您参加学习活动5次")
    assert "没来" in answer.text


def test_the_frail_hear_nothing_of_what_they_missed(office: Office) -> None:
    assert "没来" not in office.say("刘德福", "我今年来了几次").text


def test_only_the_period_that_was_said(office: Office) -> None:
    key = sessions.add_session(office.app.db, 1, "党课", NOW - timedelta(days=2), state="held")
    attendances.record(office.app.db, key, office.person("陈玉珍").id, "home_study", NOW)
    answer = office.say("陈玉珍", "我这个月来了几次")
    assert "十一月，您参加学习活动1次，在家学习1次" in answer.text
    assert "还没有" in office.say("陈玉珍", "去年我来了几次").text


def test_points_where_the_branch_keeps_them(office: Office) -> None:
    assert "积分10分" in office.say("陈玉珍", "查一下我的积分").text


def test_where_it_keeps_none_that_is_said_honestly(office: Office) -> None:
    office.app.db.execute("DELETE FROM point")
    answer = office.say("陈玉珍", "查一下我的积分")
    assert "没有记在我这里" in answer.text
    assert "李书记" in answer.text
    assert "积分" not in office.say("陈玉珍", "我今年来了几次").text, "who did not ask need not hear of it"


def test_no_rank_is_told(office: Office) -> None:
    assert "名次我这里不排" in office.say("陈玉珍", "我的积分排第几").text


def test_what_i_listened_to(office: Office) -> None:
    for _ in range(2):
        office.say("陈玉珍", "六有一提升那个文件念给我听听")
    assert "听过1份文件" in office.say("陈玉珍", "我今年来了几次").text
    assert "听过" not in office.say("王桂兰", "我今年来了几次").text


def test_only_ones_own(office: Office) -> None:
    answer = office.say("陈玉珍", "刘德福今年来了几次")
    assert "只说您自己的" in answer.text
    assert "参加学习活动5次" in answer.text
