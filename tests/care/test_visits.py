"""Visits: told, planned, reminded, taken back, and cases that close only with a visit or a reason."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.care import taking_back, visit_words, visiting
from dialogs.care.visiting import Told
from dialogs.duty import desk_of
from storage import care, members, news, visits
from storage.care import NotVisited
from tests.bot.conftest import NOW, Office
from tests.care.test_rounds import Branch

TOLD = tomllib.loads(Path(__file__).with_name("visits_told.toml").read_text(encoding="utf-8"))["told"]


def desk_text(office: Office, name: str, like: str) -> list[str]:
    found = office.rows(
        "SELECT text FROM outbox WHERE member_id = ? AND channel = 'desk' AND text LIKE ? ORDER BY id",
        office.person(name).id, like,
    )  # fmt: skip
    return [str(row[0]) for row in found]


def test_a_visit_is_told_in_a_breath_and_read_back(office: Office) -> None:
    office.say("陈玉珍", "王桂兰生病住院了")
    answer = office.say("李卫民", "王桂兰看过了，送了五百慰问金，恢复得不错")
    assert "王桂兰" in answer.text
    assert "见到本人" in answer.text
    assert "500元" in answer.text
    assert "恢复得不错" in answer.text
    assert office.rows(
        "SELECT outcome, gift_fen, notes, state FROM visit JOIN care_case ON care_case.id = case_id"
    ) == [("met", 50000, "王桂兰看过了，送了五百慰问金，恢复得不错", "visited")]
    logged = office.rows("SELECT sentence FROM entry_content WHERE sentence LIKE '%看望王桂兰%'")
    assert "恢复得不错" in str(logged[0][0])


def test_who_reported_hears_that_somebody_went_but_not_what_was_found_or_given(office: Office) -> None:
    office.say("陈玉珍", "王桂兰生病住院了")
    office.say("李卫民", "王桂兰看过了，送了五百慰问金，恢复得不错")
    news = office.say("陈玉珍", "谢谢").text
    assert "李书记" in news
    assert "看过" in news
    assert "500" not in news
    assert "恢复" not in news


def test_the_member_who_reported_for_themselves_hears_it_as_you(office: Office) -> None:
    office.say("王桂兰", "我生病住院了")
    office.say("李卫民", "王桂兰看过了")
    assert "来看过您" in office.say("王桂兰", "谢谢").text


def test_nobody_at_home_leaves_the_case_on_the_list(office: Office) -> None:
    answer = office.say("李卫民", "去了胡文斌家，没人在家")
    assert "没有见到" in answer.text
    assert office.rows("SELECT outcome, state FROM visit JOIN care_case ON care_case.id = case_id") == [
        ("not_met", "acknowledged")
    ]
    assert "胡文斌" in office.say("李卫民", "还有谁没走访").text


def test_no_that_is_wrong_takes_the_visit_back_and_says_so_to_who_was_told(office: Office) -> None:
    office.say("李卫民", "胡文斌看过了")
    assert "看过" in office.say("林国栋", "谢谢").text, "林国栋 had reported it"
    answer = office.say("李卫民", "不对")
    assert "收回" in answer.text
    assert office.rows("SELECT count(*) FROM visit") == [(0,)]
    assert office.rows("SELECT state FROM care_case") == [("acknowledged",)]
    assert "记错了" in office.say("林国栋", "谢谢").text


def test_news_of_a_visit_that_was_taken_back_at_once_reaches_nobody(office: Office) -> None:
    office.say("李卫民", "胡文斌看过了")
    office.say("李卫民", "不对")
    heard = office.say("林国栋", "谢谢").text
    assert "看过" not in heard
    assert "记错了" not in heard


def test_who_was_called_and_who_goes_are_not_called_again(office: Office) -> None:
    office.say("陈玉珍", "王桂兰生病住院了")
    assert office.rows("SELECT count(*) FROM due WHERE kind = 'ladder_call' AND state = 'waiting'") == [(1,)]
    office.say("周敏", "明天上午九点去看王桂兰")
    assert office.rows("SELECT count(*) FROM due WHERE kind LIKE 'ladder%' AND state = 'waiting'") == [(0,)]
    assert office.rows("SELECT state FROM care_case WHERE who = '王桂兰'") == [("visit_planned",)]


def test_one_thing_is_put_right_and_the_first_words_are_kept(office: Office) -> None:
    office.say("李卫民", "胡文斌看过了，送了五百慰问金，恢复得不错")
    office.later(minutes=1)
    assert "300元" in office.say("李卫民", "不对，是三百").text
    notes = office.rows("SELECT notes, gift_fen FROM visit")
    assert notes == [("胡文斌看过了，送了五百慰问金，恢复得不错；不对，是三百", 30000)]


def test_two_people_at_once_are_two_visits_and_a_sum_is_asked_for_each(office: Office) -> None:
    asked = office.say("李卫民", "登记一下，刘德福和孙守业都看过了，送了三百")
    assert "每位" in asked.text
    office.say("李卫民", "三百")
    assert office.rows("SELECT outcome, gift_fen FROM contact_made") == [("met", 30000), ("met", 30000)]


def test_a_visit_without_a_case_is_a_contact_and_can_be_taken_back(office: Office) -> None:
    office.say("李卫民", "刘德福走访过了，给了两百块")
    assert office.rows("SELECT gift_fen FROM contact_made") == [(20000,)]
    office.say("李卫民", "不对")
    assert office.rows("SELECT * FROM contact_made") == []


def test_a_member_cannot_record_a_visit(office: Office) -> None:
    office.say("王桂兰", "胡文斌看过了")
    assert office.rows("SELECT * FROM visit") == []


def test_an_illness_that_is_known_is_no_new_report_when_a_visit_is_told(office: Office) -> None:
    office.say("李卫民", "我昨天去医院看了胡文斌，人瘦了一圈，要再住一个星期")
    assert office.rows("SELECT count(*) FROM care_case") == [(1,)]
    assert office.rows("SELECT count(*) FROM visit WHERE outcome = 'met'") == [(1,)]
    assert office.rows("SELECT count(*) FROM outbox WHERE lane = 'alert'") == [(0,)]


def test_a_death_is_never_taken_for_a_visit(office: Office) -> None:
    office.say("李卫民", "胡文斌去世了")
    assert office.rows("SELECT trigger FROM care_case WHERE who = '胡文斌' ORDER BY id") == [
        ("illness",),
        ("bereavement",),
    ]
    assert office.rows("SELECT count(*) FROM visit") == [(0,)]


def test_an_illness_that_nobody_knew_is_a_report_and_the_visit_is_its_visit(office: Office) -> None:
    office.say("李卫民", "今天去看了孙守业，他病了，发烧三天了")
    assert office.rows("SELECT trigger, outcome FROM care_case JOIN visit ON case_id = care_case.id") == [
        ("illness", "met")
    ]


def test_words_that_speak_of_no_visit_are_asked_about(office: Office) -> None:
    asked = office.say("李卫民", "胡文斌精神好多了")
    assert asked.text.endswith("对吗？")
    assert office.rows("SELECT count(*) FROM visit") == [(0,)]
    office.say("李卫民", "对")
    assert office.rows("SELECT outcome, notes FROM visit") == [("met", "胡文斌精神好多了")]


def test_danger_to_life_is_heard_even_while_a_visit_is_told(office: Office) -> None:
    office.say("李卫民", "刚才看过胡文斌，他摔倒了起不来，快来人")
    assert office.rows("SELECT count(*) FROM care_case WHERE trigger = 'emergency'") == [(1,)]


# Planned and reminded


def test_a_planned_visit_is_reminded_the_evening_before_and_on_the_morning(office: Office) -> None:
    answer = office.say("李卫民", "我打算后天下午三点去看望胡文斌")
    assert "下午三点" in answer.text
    assert "星期二" in answer.text
    office.clock[0] = datetime(2026, 11, 23, 18, 0)
    office.app.due.fire_due()
    assert len(desk_text(office, "李卫民", "提醒您：明天%胡文斌%")) == 1
    office.clock[0] = datetime(2026, 11, 24, 8, 0)
    office.app.due.fire_due()
    assert len(desk_text(office, "李卫民", "提醒您：今天%胡文斌%")) == 1
    office.later(minutes=5)
    office.app.due.fire_due()
    assert len(desk_text(office, "李卫民", "提醒您%")) == 2, "each reminder fires once"


def test_who_reported_hears_when_somebody_means_to_come(office: Office) -> None:
    office.say("李卫民", "明天上午九点去看胡文斌")
    news = office.say("林国栋", "谢谢").text
    assert "打算" in news
    assert "上午九点" in news


def test_a_visit_that_is_moved_is_reminded_at_its_new_time_only(office: Office) -> None:
    office.say("李卫民", "明天上午九点去看胡文斌")
    office.later(minutes=1)
    office.say("李卫民", "我改到大后天上午十点去看胡文斌")
    office.clock[0] = datetime(2026, 11, 26, 0, 0)
    office.app.due.fire_due()
    texts = desk_text(office, "李卫民", "提醒您%") + desk_text(office, "李卫民", "%您打算去看%没去成%")
    assert len(texts) == 1
    assert "十一月二十五号" in texts[0] or "昨天" in texts[0]


def test_a_visit_that_was_made_early_is_not_reminded(office: Office) -> None:
    office.say("李卫民", "我打算后天下午三点去看望胡文斌")
    office.later(hours=2)
    office.say("李卫民", "胡文斌看过了")
    assert office.rows("SELECT planned_at IS NOT NULL, outcome FROM visit") == [(1, "met")], "it is the planned visit"
    office.later(days=4)
    office.app.due.fire_due()
    assert desk_text(office, "李卫民", "提醒您%") == []


def test_a_reminder_that_was_missed_fires_once_late_and_says_so(office: Office) -> None:
    office.say("李卫民", "明天上午九点去看胡文斌")
    office.clock[0] = datetime(2026, 11, 23, 20, 0)  # the server slept until the evening of the day itself
    office.app.due.fire_due()
    office.app.due.fire_due()
    assert len(desk_text(office, "李卫民", "%胡文斌%没去成%")) == 1
    assert office.rows("SELECT state, late FROM due WHERE kind = 'visit_reminder' ORDER BY id") == [
        ("fired", 1),
        ("fired", 1),
    ]


def test_a_reminder_that_fires_in_the_night_reaches_the_chat_in_the_morning(office: Office) -> None:
    members.add_contact(office.app.db, office.person("李卫民").id, "telegram", "100", NOW)
    office.say("李卫民", "我打算后天下午三点去看望胡文斌")
    office.clock[0] = datetime(2026, 11, 23, 23, 0)
    office.app.due.fire_due()
    assert office.rows("SELECT due_at FROM outbox WHERE channel = 'telegram' AND text LIKE '提醒您%'") == [
        ("2026-11-24T07:00:00",)
    ]


def test_planning_asks_for_the_time_where_none_was_said(office: Office) -> None:
    assert "什么时候" in office.say("李卫民", "我打算去看望胡文斌").text
    office.say("李卫民", "明天上午十点")
    assert office.rows("SELECT planned_at FROM visit") == [("2026-11-23T10:00:00",)]


# Overdue and closing


def test_the_overdue_list_has_what_nobody_visited_in_time_and_what_was_planned_and_not_recorded(office: Office) -> None:

    branch = office.person("李卫民").branch_id
    assert news.overdue(office.app.db, branch, NOW) == []
    assert news.overdue(office.app.db, branch, NOW + timedelta(hours=29)) == [1], "48 hours from the report"
    office.say("李卫民", "明天上午九点去看胡文斌")
    assert news.overdue(office.app.db, branch, datetime(2026, 11, 23, 9, 0)) == []
    assert news.overdue(office.app.db, branch, datetime(2026, 11, 24, 0, 1)) == [1], "planned for yesterday"
    office.say("李卫民", "胡文斌看过了")
    assert news.overdue(office.app.db, branch, NOW + timedelta(days=9)) == []


def test_a_case_is_closed_with_its_visit(office: Office) -> None:
    office.say("李卫民", "胡文斌看过了")
    office.later(days=1)
    assert "结了" in office.say("李卫民", "胡文斌的事办结").text
    assert office.rows("SELECT state, close_reason FROM care_case") == [("closed", "")]


def test_without_a_visit_a_case_closes_only_with_a_reason(office: Office) -> None:
    asked = office.say("李卫民", "胡文斌的事办结")
    assert "为什么" in asked.text
    assert office.rows("SELECT state FROM care_case") == [("reported",)]
    office.say("李卫民", "他自己说不用看")
    state, reason = office.rows("SELECT state, close_reason FROM care_case")[0]
    assert state == "closed"
    assert "他自己说不用看" in str(reason)


def test_storage_refuses_to_close_without_either(office: Office) -> None:
    branch = office.person("李卫民").branch_id
    case = care.open_cases(office.app.db, branch)[0]
    with pytest.raises(NotVisited):
        care.close(office.app.db, case, office.person("李卫民").id, NOW)
    visits.record(office.app.db, case, office.person("李卫民").id, NOW, outcome="not_met")
    with pytest.raises(NotVisited):
        care.close(office.app.db, case, office.person("李卫民").id, NOW)


def test_the_visitor_is_whoever_tells_it(office: Office) -> None:
    office.say("周敏", "胡文斌看过了")
    assert office.rows("SELECT visitor_id, recorded_by FROM visit") == [(office.person("周敏").id,) * 2]


# Whatever is told in whatever order

ACTS = st.lists(
    st.tuples(st.sampled_from(["plan", "met", "not_met", "by_phone", "withdraw", "close", "reason", "night"]),
              st.integers(1, 500)),
    max_size=14,
)  # fmt: skip


@given(ACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_case_is_closed_only_with_a_visit_or_a_reason_and_reminders_are_for_planned_visits(
    acts: list[tuple[str, int]],
) -> None:
    branch = Branch()
    case = _reported(branch)
    officer = members.officers(branch.db, branch.id, branch.now)[0]
    for act, number in acts:
        branch.now += timedelta(hours=1)
        desk = desk_of(branch.db, branch.id, branch.now, "visit_reminder")
        now = care.the_case(branch.db, branch.id, case.id)
        if act == "night":
            branch.now += timedelta(hours=number % 48)
            branch.worker.fire_due()
        elif act == "withdraw":
            for visit in visits.of_case(branch.db, case.id)[-1:]:
                taking_back.withdraw(visit.id, officer, desk)
        elif not now.open:
            continue
        elif act == "plan":
            visiting.plan(now, officer, branch.now + timedelta(hours=number), desk)
        elif act in ("met", "not_met", "by_phone"):
            told = Told(visit_words.outcome_of(SAID[act]), branch.now, SAID[act], number * 100)
            visiting.record_case(now, officer, told, desk)
        else:
            with suppress(NotVisited):
                visiting.close(now, officer, "搬走了" if act == "reason" else "", desk)
        _holds(branch, case.id)


SAID = {"met": "看过了", "not_met": "没见到人", "by_phone": "打过电话了"}


def _holds(branch: Branch, case_id: int) -> None:
    case = care.the_case(branch.db, branch.id, case_id)
    told = visits.of_case(branch.db, case_id)
    if not case.open:
        assert case.close_reason or any(visit.outcome not in (None, "not_met") for visit in told)
    if case.state == "visited":
        assert any(visit.outcome not in (None, "not_met") for visit in told)
    to_come = [visit for visit in told if visit.at is None]
    assert len(to_come) <= 1
    waiting = branch.db.execute(
        "SELECT subject FROM due WHERE kind = 'visit_reminder' AND state = 'waiting'"
    ).fetchall()
    for (subject,) in waiting:
        assert case.open
        assert str(subject).startswith(f"{to_come[0].id}|{(to_come[0].planned_at or '')[:16]}|")


def _reported(branch: Branch) -> care.CareCase:
    return care.report(
        branch.db, branch_id=branch.id, trigger="illness", member_id=branch.person("王桂兰").id, who="王桂兰",
        reporter_id=branch.person("陈玉珍").id, said="病了", place="", recording_id=None, now=branch.now,
        due_at=branch.now + timedelta(hours=48),
    ).case  # fmt: skip


# The words


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told["say"])
def test_how_a_visit_was_told(told: dict[str, str]) -> None:
    assert visit_words.matter_of(told["say"]) == told.get("matter", "made")
    if told.get("matter", "made") == "made":
        assert visit_words.outcome_of(told["say"]) == told["outcome"]


@pytest.mark.parametrize(
    ("say", "at"),
    [
        ("明天上午九点去看胡文斌", datetime(2026, 11, 23, 9, 0)),
        ("我打算后天去看刘德福", datetime(2026, 11, 24, 9, 0)),
        ("安排星期五下午走访刘德福", datetime(2026, 11, 27, 15, 0)),
        ("昨天去看了刘德福", None),
        ("打算去看刘德福", None),
    ],
)
def test_when_a_visit_is_planned_for(say: str, at: datetime | None) -> None:
    found = visit_words.planned_for(say, NOW, 9)
    assert (found.at if found else None) == at


@pytest.mark.parametrize(("say", "number"), [("12号那件办结", 12), ("三号求助看过了", 3), ("12号看过了", None)])
def test_a_case_is_named_by_its_number(say: str, number: int | None) -> None:
    assert visit_words.case_number(say) == number
