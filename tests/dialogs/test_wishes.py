"""What members would like: suggestions, offers of help, new particulars, and how their reports stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.web.desk.waiting import lay_out
from dialogs.officers import suggesting
from dialogs.skill import Desk
from dialogs.understanding.meaning import Said
from storage import care, members, suggestions, visits
from storage.profiles import load_profile
from tests.bot.conftest import NOW, Office

LAMP = "我建议活动室的灯换亮一点，老花眼看不清"


def _told_officers(office: Office) -> list[str]:
    return [str(row[0]) for row in office.rows("SELECT text FROM outbox WHERE channel = 'desk' ORDER BY id")]


def _secretarys_desk(office: Office) -> Desk:
    secretary = office.person("李卫民")
    return Desk(office.app.db, secretary, office.clock[0], "desk", 999, None, load_profile("wuxi"), "suggestion")


# Suggestions


def test_a_suggestion_is_kept_word_for_word(office: Office) -> None:
    answer = office.say("王桂兰", LAMP)
    assert answer.intent == "suggestion"
    assert "李书记" in answer.text
    assert office.rows("SELECT said, state, recording_id FROM suggestion") == [(LAMP, "new", None)]
    assert LAMP in _told_officers(office)[-1]
    assert office.rows("SELECT kind FROM entry ORDER BY number DESC LIMIT 1") == [("suggested",)]


def test_a_spoken_suggestion_is_kept_with_its_recording(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hears(*_: object) -> Said:
        return Said(LAMP)

    monkeypatch.setattr(office.app.turn, "_recognise", hears)
    office.voice("王桂兰", b"the lamp")
    said, recording = office.rows("SELECT said, recording_id FROM suggestion")[0]
    assert said == LAMP
    assert office.app.recordings.load(int(str(recording))) == b"the lamp"
    assert office.rows("SELECT recording_id FROM outbox WHERE channel = 'desk'") == [(recording,)]


def test_a_suggestion_without_words_is_asked_for(office: Office) -> None:
    office.say("王桂兰", "我有个意见")
    assert office.rows("SELECT * FROM suggestion") == []
    office.say("王桂兰", "活动室的椅子太硬了，坐久了腰疼")
    assert [row[0] for row in office.rows("SELECT said FROM suggestion")] == ["活动室的椅子太硬了，坐久了腰疼"]


def test_the_member_hears_that_it_was_passed_on(office: Office) -> None:
    office.say("王桂兰", LAMP)
    messages = lay_out(office.app.db, office.person("李卫民")).messages
    buttons = [button.fields["choice"] for card in messages for button in card.buttons]
    assert buttons == ["passed:1"], "the secretary's page offers it"
    assert "我告诉王桂兰" in office.say("李卫民", "passed:1").text
    assert office.rows("SELECT state FROM suggestion") == [("passed_on",)]
    assert "李书记已经往上转了" in office.say("王桂兰", "你好").text
    assert "往上转了" not in office.say("王桂兰", "你好").text, "news is told once"
    assert "已经转过" in office.say("李卫民", "passed:1").text


def test_a_member_cannot_pass_it_on(office: Office) -> None:
    office.say("王桂兰", LAMP)
    office.say("张建国", "passed:1")
    assert office.rows("SELECT state FROM suggestion") == [("new",)]


def test_the_member_hears_the_answer(office: Office) -> None:
    office.say("王桂兰", LAMP)
    desk = _secretarys_desk(office)
    assert suggesting.answer(1, "灯下周就换", desk.officers[0], desk).key == "answered"
    assert "灯下周就换" in office.say("王桂兰", "你好").text
    assert suggesting.answer(1, "再说", desk.officers[0], desk).key == "answered_already"
    assert office.rows("SELECT state, answer FROM suggestion") == [("answered", "灯下周就换")]


# Offers of help


def test_an_offer_is_read_back_and_entered(office: Office) -> None:
    read_back = office.say("张建国", "我会修电器，可以帮大家")
    assert "修电器，对吗" in read_back.text
    assert office.rows("SELECT * FROM talent") == []
    done = office.say("张建国", "对")
    assert "修电器" in done.text
    assert office.rows("SELECT member_id, skill, said, since FROM talent") == [
        (office.person("张建国").id, "修电器", "我会修电器，可以帮大家", NOW.isoformat())
    ]
    assert "张建国愿意出力：修电器" in _told_officers(office)[-1]


def test_a_volunteer_who_named_no_skill_is_asked(office: Office) -> None:
    office.say("张建国", "我想当志愿者")
    assert "书法，对吗" in office.say("张建国", "教书法").text
    assert office.rows("SELECT * FROM talent") == []
    office.say("张建国", "对")
    assert len(office.rows("SELECT * FROM talent")) == 1


def test_a_no_enters_nothing(office: Office) -> None:
    office.say("张建国", "我会修电器，可以帮大家")
    office.say("张建国", "不对")
    assert office.rows("SELECT * FROM talent") == []


def test_the_same_offer_twice_is_one_line(office: Office) -> None:
    for said in ("我会修电器，可以帮大家", "对"):
        office.say("张建国", said)
    assert "已经记着" in office.say("张建国", "我会修电器，可以帮大家").text
    assert len(office.rows("SELECT * FROM talent")) == 1


# New particulars


def test_ones_own_new_number_is_written_after_the_yes(office: Office) -> None:
    read_back = office.say("王桂兰", "我换了手机号，新号码是13812345678")
    assert "13812345678，对吗" in read_back.text
    assert office.person("王桂兰").phone == ""
    assert "13812345678" in office.say("王桂兰", "对").text
    assert office.person("王桂兰").phone == "13812345678"
    assert office.rows("SELECT * FROM application") == []
    assert "王桂兰的电话改为13812345678" in _told_officers(office)[-1]


def test_a_number_misheard_is_put_right_before_it_is_written(office: Office) -> None:
    office.say("王桂兰", "我换了手机号，新号码是13812345678")
    assert "13812345679，对吗" in office.say("王桂兰", "不对，是13812345679").text
    office.say("王桂兰", "对")
    assert office.person("王桂兰").phone == "13812345679"


def test_a_no_writes_no_number(office: Office) -> None:
    office.say("王桂兰", "我换了手机号，新号码是13812345678")
    office.say("王桂兰", "不对")
    assert office.person("王桂兰").phone == ""


def test_the_familys_number_is_the_secretarys_to_enter(office: Office) -> None:
    office.say("王桂兰", "我女儿的电话改成13912345678")
    answer = office.say("王桂兰", "对")
    assert "李书记登记" in answer.text
    assert office.person("王桂兰").phone == "", "it is not her own number"
    assert office.rows("SELECT kind, value, state FROM application") == [("phone", "13912345678", "pending")]


def test_a_wish_without_a_new_number_asks_for_it(office: Office) -> None:
    assert "新电话" in office.say("王桂兰", "我要改一下电话").text
    office.say("王桂兰", "幺三八幺二三四五六七八")
    office.say("王桂兰", "对")
    assert office.person("王桂兰").phone == "13812345678"


def test_a_wish_that_does_not_say_what_is_to_be_changed_asks(office: Office) -> None:
    asked = office.say("王桂兰", "我要改一下我的资料")
    assert [button.label for button in asked.buttons] == ["电话", "住址", "别的"]
    assert "新住址" in office.say("王桂兰", "住址").text
    assert "幸福小区3栋201，对吗" in office.say("王桂兰", "幸福小区3栋201").text


def test_a_new_address_waits_for_the_secretary(office: Office) -> None:
    members.set_address(office.app.db, office.person("王桂兰").id, "春晖里1号")
    read_back = office.say("王桂兰", "我搬家了，现在住幸福小区3栋201")
    assert "幸福小区3栋201，对吗" in read_back.text, "to the number of the flat"
    answer = office.say("王桂兰", "对")
    assert "还记着原来的" in answer.text
    assert office.person("王桂兰").address == "春晖里1号"
    assert office.rows("SELECT kind, value, said, state FROM application") == [
        ("address", "幸福小区3栋201", "我搬家了，现在住幸福小区3栋201", "pending")
    ]
    assert office.rows("SELECT * FROM task") == [], "nobody has moved away"


@pytest.mark.parametrize(
    ("profile", "here", "there"),
    [("lishui", "办好组织关系接转", "及时接收"), ("wuxi", "跟那边双向共管", "把您纳入管理")],
)
def test_moved_to_the_children_both_branches_have_something_to_do(
    office: Office, profile: str, here: str, there: str
) -> None:
    office.app.db.execute("UPDATE branch SET profile = ?", [profile])
    assert "新住址" in office.say("王桂兰", "我搬到北京儿子家去住了").text
    office.say("王桂兰", "北京海淀区学院路8号")
    answer = office.say("王桂兰", "对").text
    assert f"我们支部{here}，那边支部{there}" in answer
    kind, said, due = office.rows("SELECT kind, said, due_at FROM task")[0]
    hours = load_profile(profile).hours("task.profile_update.hours")
    assert (kind, due) == ("profile_update", (NOW + timedelta(hours=hours)).isoformat())
    assert "我搬到北京儿子家去住了" in str(said)
    assert there in str(said), "the task says what is to be done"
    assert load_profile(profile).rules["away.home_branch"].document in _told_officers(office)[-1]
    assert office.rows("SELECT kind, value FROM application") == [("address", "北京海淀区学院路8号")]


def test_anything_else_goes_to_the_secretary_in_its_own_words(office: Office) -> None:
    said = "我的入党时间登记错了，是六五年不是六八年"
    assert said in office.say("王桂兰", said).text
    office.say("王桂兰", "对")
    assert office.rows("SELECT kind, said, value FROM application") == [("particulars", said, said)]


# How reports stand


def test_nobody_has_answered_is_said_so(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    answer = office.say("王桂兰", "我反映的事怎么样了").text
    assert "您报的刘德福生病的事" in answer
    assert "我正在找李书记，还没有人回" in answer, "the alert lies on the desk, where nobody has looked"
    assert "还没有人回" in answer
    assert "星期二" in answer, "when the visit is due"


def test_who_has_taken_it_is_said(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    case = office.rows("SELECT id FROM care_case WHERE who = '刘德福'")[0][0]
    office.say("李卫民", f"ack:{case}")
    answer = office.say("王桂兰", "我反映的事怎么样了").text
    assert "李书记已经收到，最晚" in answer
    assert "还没有人回" not in answer


def test_a_visit_is_said(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    case = next(each for each in care.open_cases(office.app.db, 1) if each.who == "刘德福")
    visits.record(office.app.db, case, office.person("李卫民").id, NOW, notes="肺部有阴影，要复查")
    answer = office.say("王桂兰", "刘德福的事有人管了吗").text
    assert "已经有人去看过了" in answer
    assert "阴影" not in answer, "what was found there is not hers to hear"


def test_what_others_reported_is_not_told(office: Office) -> None:
    office.say("张建国", "刘德福昨天中风住院了")
    answer = office.say("王桂兰", "刘德福的事有人管了吗").text
    assert "刘德福" not in answer
    assert "胡文斌" not in answer
    assert "没有等着办的事" in answer


def test_ones_own_illness_reported_by_somebody_else(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    answer = office.say("刘德福", "你们什么时候来看我").text
    assert "您生病的事" in answer
    assert "王桂兰" not in answer


def test_a_visit_that_is_late_is_urged_once_a_day(office: Office) -> None:
    office.say("王桂兰", "刘德福昨天住院了")
    office.later(hours=60)
    answer = office.say("王桂兰", "我反映的事怎么样了").text
    assert "还没有记到" in answer
    assert "又告诉了李书记" in answer
    office.say("王桂兰", "我反映的事怎么样了")
    assert len([text for text in _told_officers(office) if text.startswith("【催】")]) == 1


def test_with_no_report_open_the_last_suggestion_is_told(office: Office) -> None:
    office.say("王桂兰", LAMP)
    assert "还没有往上转" in office.say("王桂兰", "我反映的事怎么样了").text
    suggestions.pass_on(office.app.db, 1, 1, office.person("李卫民").id, NOW)
    assert "已经往上转了" in office.say("王桂兰", "我反映的事怎么样了").text
