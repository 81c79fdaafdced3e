"""收到: by the button, the word, the voice, the desk; and what the reporter hears then."""

from __future__ import annotations

import pytest

from bot.web.desk.waiting import mark_shown
from storage import care, deliveries
from tests.bot.conftest import Office


def _state(office: Office, who: str = "王桂兰") -> list[tuple[object, ...]]:
    return office.rows("SELECT state FROM care_case WHERE who = ? AND trigger <> 'illness'", who)


@pytest.mark.parametrize("said", ["收到", "收到了。", "嗯，收到", "受到", "收到，我来处理", "我去看"])
def test_the_word_takes_the_case(office: Office, said: str) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    answer = office.say("李卫民", said)
    assert "由您处理" in answer.text
    assert _state(office) == [("acknowledged",)]
    assert "李书记已经收到您的事" in office.say("王桂兰", "你好").text


def test_a_member_who_says_it_takes_nothing(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    office.say("张建国", "收到")
    assert _state(office) == [("reported",)]


def test_where_several_wait_one_is_not_taken_for_another(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    office.say("张建国", "我胸口疼得厉害")
    asked = office.say("李卫民", "收到")
    assert "您接哪一件" in asked.text
    assert len(asked.buttons) == 2
    assert _state(office) == [("reported",)]
    number = office.rows("SELECT number FROM care_case WHERE who = '张建国'")[0][0]
    assert "张建国" in office.say("李卫民", f"收到，{number}号").text
    assert (_state(office), _state(office, "张建国")) == ([("reported",)], [("acknowledged",)])
    assert "王桂兰" in office.say("李卫民", "收到").text, "the one that is left needs no number"
    assert _state(office) == [("acknowledged",)]


def test_a_number_that_is_taken_already_is_said_to_be(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    number = office.rows("SELECT number FROM care_case WHERE who = '王桂兰'")[0][0]
    office.say("李卫民", "收到")
    assert "已经有人接了" in office.say("李卫民", f"收到{number}号").text


def test_the_word_with_nothing_waiting_is_no_acknowledgement(office: Office) -> None:
    assert office.say("李卫民", "收到").intent != "acknowledge"


def test_a_report_in_the_same_breath_is_heard_as_a_report(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    office.say("李卫民", "收到，刘德福也昏倒了")
    assert len(office.rows("SELECT id FROM care_case WHERE trigger = 'emergency'")) == 2


def test_a_false_alarm_is_closed_with_its_reason_and_the_next_cry_counts_as_much(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    answer = office.say("李卫民", "收到")
    assert answer.buttons[0].label == "是误报"
    assert "误报" in office.say("李卫民", answer.buttons[0].value).text
    assert office.rows("SELECT state, close_reason FROM care_case WHERE trigger = 'emergency'") == [
        ("false_alarm", "李书记说是误报")
    ]
    assert office.rows("SELECT count(*) FROM due WHERE state = 'waiting' AND kind IN ('ladder_call', 'care_overdue') "
                       "AND case_id = (SELECT max(id) FROM care_case)") == [(0,)]  # fmt: skip
    office.later(minutes=5)
    assert office.say("王桂兰", "我又摔倒了，起不来").text.startswith("情况危急，请先打120")
    assert office.rows("SELECT urgency, state FROM care_case ORDER BY id DESC LIMIT 1") == [(3, "reported")]


def test_a_member_cannot_call_it_a_false_alarm(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    case = office.rows("SELECT max(id) FROM care_case")[0][0]
    office.say("张建国", f"false_alarm:{case}")
    assert _state(office) == [("reported",)]


def test_what_lies_on_the_desk_has_told_nobody_until_it_is_looked_at(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    assert "我正在找李书记" in office.say("王桂兰", "有没有人处理我的事").text
    mark_shown(office.app.db, office.person("李卫民"), office.clock[0])
    assert _state(office) == [("told",)]
    assert "我告诉了李书记，还没有人回" in office.say("王桂兰", "有没有人处理我的事").text
    case = care.open_cases(office.app.db, 1)[0]
    assert deliveries.reached(office.app.db, case.id, case.step)


def test_it_is_acknowledged_on_another_channel_and_the_row_says_where(office: Office) -> None:
    office.say("王桂兰", "我摔倒了，起不来")
    office.say("李卫民", "收到")
    assert office.rows("SELECT channel, step FROM delivery WHERE outcome = 'acknowledged'") == [("cli", 1)]
