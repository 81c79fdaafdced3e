"""Talks about dues: what is owed and paid, asking to pay less, having them collected."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialogs.listening import asks_for_sum
from dialogs.understanding.meaning import Said
from storage import dues, members, tasks
from storage.profiles import load_profile, profile_names
from tests.bot.conftest import NOW, Office


def _alerts(office: Office) -> list[str]:
    return [str(row[0]) for row in office.rows("SELECT text FROM outbox WHERE channel = 'desk' ORDER BY id")]


def _speak(office: Office, monkeypatch: pytest.MonkeyPatch, name: str, heard: str) -> None:
    """Said by voice: the recogniser's part is taken as given, the recording is kept as always."""

    async def hears(*_: object) -> Said:
        return Said(heard)

    monkeypatch.setattr(office.app.turn, "_recognise", hears)
    office.voice(name, f"sound of {heard}".encode())


def _verify(office: Office, name: str, quarter: str, fen: int) -> None:
    secretary = office.person("李卫民").id
    dues.verify_payment(office.app.db, office.person(name).id, quarter, fen, secretary, NOW)


def test_what_is_due_and_that_nothing_is_known_of_a_payment(office: Office) -> None:
    answer = office.say("王桂兰", "我的党费交了没有")
    assert answer.intent == "dues_status"
    assert "2026年第四季度" in answer.text
    assert "90元" in answer.text
    assert "还没有记到" in answer.text
    assert "不着急" in answer.text


def test_what_was_said_and_what_was_verified_are_told_apart(office: Office) -> None:
    office.say("王桂兰", "这个季度的党费我交了九十块")
    office.say("王桂兰", "对")
    claimed = office.say("王桂兰", "我的党费交了没有").text
    assert "您说交了90元" in claimed
    assert "李书记还没有核对" in claimed
    _verify(office, "王桂兰", "2026Q4", 9000)
    verified = office.say("王桂兰", "我的党费交了没有").text
    assert "李书记已经核对过了" in verified
    assert "您说" not in verified


def test_the_quarter_that_is_asked_for(office: Office) -> None:
    _verify(office, "王桂兰", "2026Q3", 9000)
    answer = office.say("王桂兰", "我上个季度的党费交了吗")
    assert "2026年第三季度" in answer.text
    assert "第四季度" not in answer.text
    assert "已经核对过了" in answer.text


def test_what_is_missing_is_said_kindly(office: Office) -> None:
    _verify(office, "王桂兰", "2026Q4", 5000)
    answer = office.say("王桂兰", "我的党费交了没有").text
    assert "还差40元，不着急" in answer


def test_an_earlier_quarter_is_mentioned_without_scolding(office: Office) -> None:
    office.later(days=60)
    answer = office.say("王桂兰", "我的党费交了没有").text
    assert answer.startswith("2027年第一季度")
    assert "另外2026年第四季度的还没有记到，不着急" in answer


def test_nothing_is_owed_for_the_time_before_the_roster(office: Office) -> None:
    answer = office.say("王桂兰", "我上个季度的党费交了吗").text
    assert "我这里没有记" in answer
    assert "另外" not in office.say("王桂兰", "我欠党费吗").text


def test_a_member_without_an_amount_is_told_that_the_secretary_will_say(office: Office) -> None:
    members_sql = "UPDATE member SET dues_fen = NULL WHERE name = '王桂兰'"
    office.app.db.execute(members_sql)
    answer = office.say("王桂兰", "这个季度我该交多少党费")
    assert "李书记" in answer.text
    assert "元" not in answer.text
    due = (NOW + timedelta(hours=24)).isoformat()
    assert office.rows("SELECT kind, said, due_at FROM task") == [("call_back", "这个季度我该交多少党费", due)]
    assert "王桂兰问党费该交多少" in _alerts(office)[-1]


def test_who_is_asked_how_much_is_listened_to_for_a_sum(office: Office) -> None:
    office.app.db.execute("UPDATE member SET dues_fen = NULL WHERE name = '王桂兰'")
    speaker = office.person("王桂兰")
    assert not asks_for_sum(office.app.db, speaker)
    office.say("王桂兰", "这个季度的党费我交了")
    assert asks_for_sum(office.app.db, speaker)
    assert "130元" in office.say("王桂兰", "一百三").text
    assert not asks_for_sum(office.app.db, speaker)


def test_a_quarter_for_which_nothing_is_asked(office: Office) -> None:
    office.app.db.execute("UPDATE member SET dues_fen = 0 WHERE name = '王桂兰'")
    assert "不用交" in office.say("王桂兰", "我的党费交了没有").text


def test_the_reason_for_relief_is_asked_read_back_and_kept_word_for_word(office: Office) -> None:
    asked = office.say("王桂兰", "我想申请减免党费")
    assert "难处" in asked.text
    read_back = office.say("王桂兰", "我退休金少，孙子又刚上大学，每个月剩不下几个钱")
    assert "我退休金少，孙子又刚上大学，每个月剩不下几个钱" in read_back.text
    assert office.rows("SELECT * FROM application") == [], "nothing is handed in before the yes"
    done = office.say("王桂兰", "对")
    assert "李书记" in done.text
    assert "还没有回" in done.text
    assert office.rows("SELECT kind, reason, said, state, decided_by FROM application") == [
        (
            "dues_relief",
            "我退休金少，孙子又刚上大学，每个月剩不下几个钱",
            "我想申请减免党费\n我退休金少，孙子又刚上大学，每个月剩不下几个钱",
            "pending",
            None,
        )
    ]
    alert = _alerts(office)[-1]
    assert "孙子又刚上大学，每个月剩不下几个钱" in alert
    assert "支部研究，上级批准（本支部自定）" in alert


def test_the_recording_of_the_reason_is_kept_not_that_of_the_yes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for heard in ("我想申请减免党费", "我退休金少，老伴又常年吃药", "对"):
        _speak(office, monkeypatch, "王桂兰", heard)
    kept = office.rows("SELECT recording_id FROM application")[0][0]
    assert office.app.recordings.load(int(str(kept))) == "sound of 我退休金少，老伴又常年吃药".encode()


def test_a_reason_given_at_once_is_read_back_whole(office: Office) -> None:
    read_back = office.say("王桂兰", "我退休金低，老伴又常年吃药，党费能不能减免")
    assert "我退休金低，老伴又常年吃药，党费能不能减免" in read_back.text
    office.say("王桂兰", "对的")
    assert office.rows("SELECT reason FROM application") == [("我退休金低，老伴又常年吃药，党费能不能减免",)]


def test_who_approves_comes_from_the_profile_with_its_source(office: Office) -> None:
    office.app.db.execute("UPDATE branch SET profile = 'jiayuguan'")
    office.say("王桂兰", "我退休金低，老伴又常年吃药，党费能不能减免")
    done = office.say("王桂兰", "对").text
    assert "文件规定：支部研究、上级批准" in done
    assert "嘉发〔2020〕25号），10）" in _alerts(office)[-1]


def test_a_no_drops_the_application(office: Office) -> None:
    office.say("王桂兰", "我退休金低，老伴又常年吃药，党费能不能减免")
    assert "先不记" in office.say("王桂兰", "不对").text, "what is right may be said yet"
    answer = office.say("王桂兰", "不对")
    assert "不记了" in answer.text
    office.say("王桂兰", "对")
    assert office.rows("SELECT * FROM application") == []
    assert _alerts(office) == []


def test_hardship_in_the_reason_tells_a_human_and_the_application_goes_on(office: Office) -> None:
    office.say("王桂兰", "我想申请减免党费")
    answer = office.say("王桂兰", "老伴住院花了三万多，实在拿不出来")
    assert office.rows("SELECT count(*) FROM care_case WHERE member_id = ?", office.person("王桂兰").id) != [(0,)]
    assert "减免党费，对吗" in answer.text
    office.say("王桂兰", "对")
    assert office.rows("SELECT reason FROM application") == [("老伴住院花了三万多，实在拿不出来",)]


def test_one_application_is_enough_and_more_words_are_passed_on(office: Office) -> None:
    for said in ("我退休金低，老伴又常年吃药，党费能不能减免", "对"):
        office.say("王桂兰", said)
    again = office.say("王桂兰", "党费能不能少交一点")
    assert "还在办" in again.text
    assert office.rows("SELECT count(*) FROM application") == [(1,)]
    assert "党费能不能少交一点" in _alerts(office)[-1]


def test_somebody_comes_to_collect_by_the_time_of_the_profile(office: Office) -> None:
    answer = office.say("刘德福", "能不能派人上门收党费")
    hours = load_profile("wuxi").hours("task.dues_collect.hours")
    due = NOW + timedelta(hours=hours)
    assert office.rows("SELECT kind, member_id, due_at, said FROM task") == [
        ("dues_collect", office.person("刘德福").id, due.isoformat(), "能不能派人上门收党费")
    ]
    assert "李书记" in answer.text
    assert "还没有回" in answer.text
    assert "星期三" in answer.text, "it says by when somebody comes"
    assert "请人上门收党费" in _alerts(office)[-1]


def test_the_day_that_was_said_is_kept(office: Office) -> None:
    answer = office.say("刘德福", "下周三下午请来家里收一下党费")
    assert "星期三" in answer.text
    assert office.rows("SELECT due_at FROM task") == [(datetime(2026, 11, 25, 18).isoformat(),)]


@pytest.mark.parametrize(
    ("said", "bringer"),
    [
        ("我的党费让女儿代交行吗", "女儿"),
        ("我的党费由儿子代交", "儿子"),
        ("党费让张建国帮我带去", "张建国"),
    ],
)
def test_somebody_else_brings_it(office: Office, said: str, bringer: str) -> None:
    answer = office.say("刘德福", said)
    assert f"党费请{bringer}带来" in answer.text
    assert "支部同意" in answer.text
    assert "上门" not in answer.text
    alert = _alerts(office)[-1]
    assert bringer in alert
    assert "六有一提升" in alert, "the rule of the locality is named with its document"


def test_no_that_is_wrong_withdraws_the_visit(office: Office) -> None:
    office.say("刘德福", "能不能派人上门收党费")
    answer = office.say("刘德福", "不对")
    assert "先不办" in answer.text
    assert tasks.open_tasks(office.app.db, 1) == []
    assert "刘德福说党费先不用人收" in _alerts(office)[-1]


def test_asked_twice_is_one_visit_and_a_new_day_replaces_the_old(office: Office) -> None:
    office.say("刘德福", "能不能派人上门收党费")
    assert "已经告诉" in office.say("刘德福", "党费可以上门收吗").text
    office.say("刘德福", "下周五请来家里收一下党费")
    waiting = tasks.open_tasks(office.app.db, 1)
    assert [task.said for task in waiting] == ["下周五请来家里收一下党费"]


@pytest.mark.parametrize("profile", profile_names())
def test_every_locality_has_the_rules_that_the_talks_need(profile: str) -> None:
    rules = load_profile(profile)
    for key in ("task.dues_collect.hours", "task.profile_update.hours"):
        assert rules.hours(key) > 0
        assert rules.rules[key].own, "no document gives a limit in hours"
    for key in ("dues.relief_chain", "dues.flexible_way", "away.home_branch", "away.host_branch"):
        assert rules.rules[key].value


def test_what_happened_stands_in_the_log(office: Office) -> None:
    for said in ("我退休金低，老伴又常年吃药，党费能不能减免", "对", "能不能派人上门收党费"):
        office.say("刘德福", said)
    kinds = [row[0] for row in office.rows("SELECT kind FROM entry ORDER BY number DESC LIMIT 2")]
    assert kinds == ["collect", "relief"]
    assert members.member(office.app.db, office.person("刘德福").id) is not None
