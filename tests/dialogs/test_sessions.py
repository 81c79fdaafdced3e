"""What is coming, signing up, waiting, and withdrawing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import sessions
from tests.bot.conftest import NOW, Office

SIGNED_UP = "SELECT title, name, guest, registration.state FROM registration JOIN session ON session.id = session_id " \
    "JOIN member ON member.id = member_id WHERE registration.state <> 'cancelled' ORDER BY registration.id"  # fmt: skip


def _only_one_place(office: Office) -> None:
    office.app.db.execute("UPDATE session SET capacity = 1 WHERE title = '参观革命纪念馆'")


def test_what_is_coming_is_read_out_with_a_button_for_each(office: Office) -> None:
    answer = office.say("王桂兰", "最近有什么活动")
    assert answer.intent == "session_list"
    assert (
        answer.text.index("学习党支部工作条例") < answer.text.index("参观革命纪念馆") < answer.text.index("十二月党课")
    )
    assert len(answer.buttons) == 3


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_button_signs_up_for_its_own_session(office: Office, number: int) -> None:
    sessions.add_session(office.app.db, 1, "学习党支部工作条例", NOW + timedelta(days=10))
    button = office.say("王桂兰", "最近有什么活动").buttons[number]
    office.say("王桂兰", button.value)
    expected = ["学习党支部工作条例", "参观革命纪念馆", "学习党支部工作条例"]
    rows = office.rows("SELECT title, starts_at FROM registration JOIN session ON session.id = session_id")
    assert [title for title, _ in rows] == [expected[number]]
    assert str(rows[0][1])[:10] == ["2026-11-25", "2026-11-27", "2026-12-02"][number]


def test_at_most_three_are_read_out_and_the_rest_is_counted(office: Office) -> None:
    for days in (20, 30):
        sessions.add_session(office.app.db, 1, "合唱队排练", NOW + timedelta(days=days))
    answer = office.say("王桂兰", "最近有什么活动")
    assert len(answer.buttons) == 3
    assert "后面还有2个" in answer.text
    assert "合唱队" not in answer.text


def test_only_the_time_or_topic_that_was_said(office: Office) -> None:
    week = office.say("王桂兰", "下周有什么活动")
    assert "参观革命纪念馆" in week.text
    assert "十二月党课" not in week.text
    topic = office.say("王桂兰", "最近有没有党课")
    assert "十二月党课" in topic.text
    assert "社区活动室" in topic.text, "one session is told with its place"
    assert "参观" not in topic.text


def test_where_there_is_none_it_says_so_and_names_the_next(office: Office) -> None:
    assert "书法班" in office.say("王桂兰", "有没有书法班").text
    answer = office.say("王桂兰", "明天有什么活动")
    assert "那天没有安排" in answer.text
    assert "学习党支部工作条例" in answer.text


def test_who_is_signed_up_hears_so_and_needs_no_button(office: Office) -> None:
    office.say("王桂兰", "参观给我报个名")
    answer = office.say("王桂兰", "参观是哪天来着")
    assert "您已经报名了" in answer.text
    assert answer.buttons == ()


def test_an_empty_calendar_is_said(office: Office) -> None:
    office.app.db.execute("UPDATE session SET state = 'cancelled'")
    assert "还没有安排" in office.say("王桂兰", "最近有什么活动").text


def test_my_spouse_too_is_a_guest_of_mine_for_the_same_session(office: Office) -> None:
    office.say("王桂兰", "参观给我报个名")
    answer = office.say("王桂兰", "给我老伴也报一个")
    assert "您老伴" in answer.text
    assert "参观革命纪念馆" in answer.text
    assert office.rows(SIGNED_UP) == [
        ("参观革命纪念馆", "王桂兰", "", "registered"),
        ("参观革命纪念馆", "王桂兰", "老伴", "registered"),
    ]
    assert office.rows("SELECT said FROM registration WHERE guest <> ''") == [("给我老伴也报一个",)]
    assert office.rows("SELECT sentence FROM entry_content ORDER BY entry_id DESC LIMIT 1") == [
        ("王桂兰给王桂兰带的老伴报名：2026-11-27，参观革命纪念馆",)
    ]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("我和老伴一起报名参观", [("王桂兰", ""), ("王桂兰", "老伴")]),
        ("帮楼下邻居老孙报个名参加参观", [("王桂兰", "楼下邻居老孙")]),
        ("帮隔壁王大爷报名参观", [("王桂兰", "隔壁王大爷")]),
        ("给孙大明报个名参加参观", [("王桂兰", "孙大明")]),
        ("给刘德福报名参观", [("刘德福", "")]),
        ("给刘德福和李秀英报名参观", [("刘德福", ""), ("李秀英", "")]),
        ("给老张报个名参加参观", [("张建国", "")]),
        ("给参观报个名", [("王桂兰", "")]),
        ("我女儿同意了，参观给我报个名", [("王桂兰", "")]),
    ],
)
def test_for_whom(office: Office, said: str, places: list[tuple[str, str]]) -> None:
    office.say("王桂兰", said)
    assert [row[1:3] for row in office.rows(SIGNED_UP)] == places


def test_two_who_could_be_meant_are_asked_about(office: Office) -> None:
    answer = office.say("张建国", "给老李报个名参加参观")
    assert "1951年生的李卫民，还是1941年生的李秀英？" in answer.text
    assert [button.label for button in answer.buttons] == ["李卫民，1951年生", "李秀英，1941年生"]
    office.say("张建国", "李秀英")  # a bare name was once heard as the news of a death
    assert office.rows("SELECT count(*) FROM outbox WHERE lane = 'alert'") == [(0,)]
    assert [row[1] for row in office.rows(SIGNED_UP)] == ["李秀英"]


def test_no_that_is_wrong_takes_back_the_guest_only(office: Office) -> None:
    office.say("王桂兰", "参观给我报个名")
    office.say("王桂兰", "给我老伴也报一个")
    assert "您老伴的报名取消了" in office.say("王桂兰", "不对").text
    assert [row[2] for row in office.rows(SIGNED_UP)] == [""]


def test_a_full_session_tells_the_place_in_the_line(office: Office) -> None:
    _only_one_place(office)
    office.say("王桂兰", "参观给我报个名")
    assert "候补，第1位" in office.say("张建国", "参观给我报个名").text
    assert "候补，第2位" in office.say("李秀英", "参观给我报个名").text
    assert "候补，第2位" in office.say("李秀英", "参观给我报个名").text, "asked twice it is the same place"


def test_who_waits_moves_up_when_somebody_cancels_and_is_told(office: Office) -> None:
    _only_one_place(office)
    for name in ("王桂兰", "张建国", "李秀英"):
        office.say(name, "参观给我报个名")
    answer = office.say("王桂兰", "参观我不去了")
    assert "参观革命纪念馆，您的报名取消了" in answer.text, "it names what was cancelled"
    assert [(row[1], row[3]) for row in office.rows(SIGNED_UP)] == [("张建国", "registered"), ("李秀英", "waiting")]
    told = office.rows("SELECT name, text FROM outbox JOIN member ON member.id = member_id WHERE text LIKE '%空位%'")
    assert [row[0] for row in told] == ["张建国"]
    assert "参观革命纪念馆" in str(told[0][1])
    assert "有空位了" in office.say("张建国", "你好").text
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'moved_up'") == [(1,)]


def test_a_waiting_guest_is_told_of_through_the_member(office: Office) -> None:
    _only_one_place(office)
    office.say("张建国", "参观给我报个名")
    office.say("王桂兰", "给我老伴报名参观")
    office.say("张建国", "参观我不去了")
    assert "您老伴从候补转为报上名了" in office.say("王桂兰", "你好").text


def test_leaving_the_waiting_list_moves_nobody(office: Office) -> None:
    _only_one_place(office)
    for name in ("王桂兰", "张建国", "李秀英"):
        office.say(name, "参观给我报个名")
    office.say("张建国", "参观我不去了")
    assert [(row[1], row[3]) for row in office.rows(SIGNED_UP)] == [("王桂兰", "registered"), ("李秀英", "waiting")]


def test_no_after_cancelling_gives_the_old_place_back(office: Office) -> None:
    office.say("王桂兰", "参观给我报个名")
    office.say("王桂兰", "参观我不去了")
    office.say("王桂兰", "不对")
    assert office.rows(SIGNED_UP) == [("参观革命纪念馆", "王桂兰", "", "registered")]


def test_a_place_that_was_promised_on_is_not_taken_away_again(office: Office) -> None:
    _only_one_place(office)
    for name in ("王桂兰", "张建国", "李秀英"):
        office.say(name, "参观给我报个名")
    office.say("王桂兰", "参观我不去了")
    assert "候补，第1位" in office.say("王桂兰", "不对").text
    assert [(row[1], row[3]) for row in office.rows(SIGNED_UP)] == [
        ("王桂兰", "waiting"), ("张建国", "registered"), ("李秀英", "waiting"),
    ]  # fmt: skip


def test_a_guests_place_is_given_up_by_itself(office: Office) -> None:
    office.say("王桂兰", "我和老伴一起报名参观")
    assert "您的还在" in office.say("王桂兰", "取消老伴的报名").text
    assert [row[2] for row in office.rows(SIGNED_UP)] == [""]


def test_nobody_takes_another_member_off_a_list(office: Office) -> None:
    office.say("张建国", "参观给我报个名")
    office.say("王桂兰", "把张建国的参观报名取消")
    assert [row[1] for row in office.rows(SIGNED_UP)] == ["张建国"]


def test_whom_one_signed_up_one_can_take_off_again(office: Office) -> None:
    office.say("王桂兰", "给刘德福报名参观")
    assert "刘德福的报名取消了" in office.say("王桂兰", "把刘德福的报名取消").text
    assert office.rows(SIGNED_UP) == []


def test_the_secretary_sees_a_guest_as_a_guest(office: Office) -> None:
    office.say("王桂兰", "我和老伴一起报名下周三的学习")
    assert "王桂兰、王桂兰带的老伴" in office.say("李卫民", "下次学习有谁报名了？").text
