"""Keeping in touch: asked at their own rhythm, refused by a word, called by a human after two tries."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.care import rhythms
from dialogs.duty import DutyDesk, desk_of
from storage import check_ins, in_touch, members, news
from storage.database import memory_database
from storage.profiles import load_profile, profile_names
from tests.bot.conftest import NOW, Office, open_office
from tests.care.test_rounds import START, Branch

WEEK = timedelta(days=7)
NOWHERE = memory_database()
"""Hours are a matter of the profile; no table is read."""


def chat_with(office: Office, *names: str) -> None:
    """These members have a chat; the others are reached by nobody but a human."""
    for name in names:
        members.add_contact(office.app.db, office.person(name).id, "telegram", f"chat-{name}", NOW)


def at_the_office(office: Office, moment: datetime) -> None:
    """Let the days pass until then; the worker looks now, and each night and noon."""
    office.app.due.fire_due()
    while office.clock[0].date() < moment.date():
        office.clock[0] = (office.clock[0] + timedelta(days=1)).replace(hour=0, minute=1)
        office.app.due.fire_due()
        office.clock[0] = min(moment, office.clock[0].replace(hour=12))
        office.app.due.fire_due()
    office.clock[0] = moment
    office.app.due.fire_due()


def asked(office: Office, name: str) -> list[tuple[object, ...]]:
    return office.rows(
        "SELECT created_at, spoken <> '' FROM outbox WHERE dedupe_key LIKE 'check_in:%' AND member_id = ? ORDER BY id",
        office.person(name).id,
    )


def ask_now(office: Office, name: str = "王桂兰") -> None:
    """Bring the first question about."""
    chat_with(office, name)
    at_the_office(office, NOW + WEEK)
    assert len(asked(office, name)) == 1
    office.later(minutes=20)


def state(office: Office, name: str = "王桂兰") -> str:
    return check_ins.latest_of(office.app.db, office.person(name).id).state


# Asked


def test_a_member_is_asked_after_a_week_by_text_and_voice(office: Office) -> None:
    chat_with(office, "王桂兰")
    at_the_office(office, NOW + WEEK - timedelta(hours=12))
    assert asked(office, "王桂兰") == []
    at_the_office(office, NOW + WEEK)
    assert asked(office, "王桂兰") == [("2026-11-29T09:30:00", 1)]
    [text] = office.rows("SELECT text FROM outbox WHERE dedupe_key LIKE 'check_in:%'")[0]
    assert "桂兰阿姨" in str(text), "in the form of address that she likes"
    assert office.rows("SELECT DISTINCT lane FROM outbox WHERE dedupe_key LIKE 'check_in:%'") == [("routine",)]


def test_who_was_heard_of_yesterday_is_not_asked(office: Office) -> None:
    chat_with(office, "王桂兰")
    at_the_office(office, NOW + WEEK - timedelta(days=1))
    office.say("王桂兰", "这个月学什么")
    at_the_office(office, NOW + WEEK + timedelta(days=1))
    assert asked(office, "王桂兰") == []
    at_the_office(office, NOW + WEEK + timedelta(days=6))
    assert len(asked(office, "王桂兰")) == 1


def test_officers_are_not_asked(office: Office) -> None:
    chat_with(office, "李卫民", "周敏")
    at_the_office(office, NOW + 3 * WEEK)
    assert asked(office, "李卫民") == asked(office, "周敏") == []


def test_again_repeats_the_question(office: Office) -> None:
    ask_now(office)
    [text] = office.rows("SELECT text FROM outbox WHERE dedupe_key LIKE 'check_in:%'")[0]
    assert office.say("王桂兰", "再说一遍").text == text
    assert state(office) == "asked", "it is not answered by that"


# Answered


@pytest.mark.parametrize(
    "answer",
    ["挺好的", "我挺好的，谢谢你惦记", "身体还可以，吃得下睡得着", "还行吧，老样子", "没事", "都好着呢，放心吧"],
)
def test_who_is_well_is_answered_kindly_and_nobody_is_told(office: Office, answer: str) -> None:
    ask_now(office)
    reply = office.say("王桂兰", answer)
    assert "放心" in reply.text or "多保重" in reply.text
    assert state(office) == "well"
    assert office.rows("SELECT count(*) FROM care_case WHERE who = '王桂兰'") == [(0,)]
    assert office.rows("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'unwell%'") == [(0,)]


@pytest.mark.parametrize("answer", ["不太舒服", "睡不好觉，老是半夜醒", "老毛病，腿疼", "不好"])
def test_an_answer_that_sounds_unwell_is_passed_on_before_it_is_asked_about(office: Office, answer: str) -> None:
    ask_now(office)
    reply = office.say("王桂兰", answer)
    assert "李书记" in reply.text
    assert reply.text.endswith("？")
    told = office.rows("SELECT lane, text FROM outbox WHERE dedupe_key LIKE 'unwell%'")
    assert [row[0] for row in told] == ["routine"]
    assert answer in str(told[0][1])
    assert state(office) == "unwell"
    office.say("王桂兰", "对")
    assert office.rows("SELECT trigger FROM care_case WHERE who = '王桂兰'") == [("illness",)]
    assert answer in str(office.rows("SELECT said FROM care_report ORDER BY id DESC")[0][0])


def test_a_no_to_whether_somebody_shall_come_opens_no_case(office: Office) -> None:
    ask_now(office)
    office.say("王桂兰", "老毛病，腿疼")
    office.say("王桂兰", "不用")
    assert office.rows("SELECT count(*) FROM care_case WHERE who = '王桂兰'") == [(0,)]


def test_loneliness_is_a_hardship_and_goes_to_a_human(office: Office) -> None:
    ask_now(office)
    office.say("王桂兰", "儿女都不在身边，冷清")
    assert state(office) == "unwell"
    told = office.rows("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'unwell%' OR lane = 'alert'")
    assert int(str(told[0][0])) >= 1


def test_danger_in_the_answer_goes_the_way_of_all_danger(office: Office) -> None:
    ask_now(office)
    reply = office.say("王桂兰", "我摔倒了起不来")
    assert "120" in reply.text
    assert office.rows("SELECT trigger FROM care_case WHERE who = '王桂兰'") == [("emergency",)]
    assert state(office) == "unwell"


def test_i_am_well_but_my_husband_fell_is_danger(office: Office) -> None:
    ask_now(office)
    assert "120" in office.say("王桂兰", "我挺好的，就是老伴摔倒了起不来").text


def test_another_wish_is_done_and_ends_the_question(office: Office) -> None:
    ask_now(office)
    answer = office.say("王桂兰", "下周三下午的学习，给我报个名")
    assert answer.intent == "session_register"
    assert state(office) == "heard"
    assert len(asked(office, "王桂兰")) == 1


def test_small_news_is_listened_to(office: Office) -> None:
    ask_now(office)
    reply = office.say("王桂兰", "昨天包了饺子，孩子们都回来了")
    assert "没听明白" not in reply.text
    assert "帮不上" not in reply.text
    assert state(office) == "heard"


def test_well_is_no_answer_where_nothing_was_asked(office: Office) -> None:
    assert office.say("王桂兰", "挺好的").intent != "check_in"


# Refused, and other rhythms


def test_the_check_in_is_refused_by_a_word_and_the_secretary_knows(office: Office) -> None:
    ask_now(office)
    reply = office.say("王桂兰", "以后别问我了")
    assert "不问了" in reply.text
    told = office.rows("SELECT text FROM outbox WHERE dedupe_key LIKE 'rhythm:%'")
    assert "以后别问我了" in str(told[0][0])
    at_the_office(office, NOW + 8 * WEEK)
    assert len(asked(office, "王桂兰")) == 1, "never again"
    assert news.silent(office.app.db, office.person("王桂兰").branch_id)[0].name != "王桂兰"


def test_who_refused_can_ask_for_it_again(office: Office) -> None:
    ask_now(office)
    office.say("王桂兰", "以后别问我了")
    office.later(days=1)
    assert "接着问候" in office.say("王桂兰", "还是接着问我吧").text
    at_the_office(office, office.clock[0] + timedelta(days=7, hours=3))
    assert len(asked(office, "王桂兰")) == 2


@pytest.mark.parametrize(
    ("said", "days"), [("以后一个月问一次就行", 30), ("你天天问问我", 1), ("两个星期问一回吧", 14)]
)
def test_a_member_has_a_rhythm_of_their_own(office: Office, said: str, days: int) -> None:
    ask_now(office)
    assert f"每{days}天" in office.say("王桂兰", said).text
    at_the_office(office, office.clock[0] + timedelta(days=max(days, 2), hours=6))
    moments = [datetime.fromisoformat(str(row[0])) for row in asked(office, "王桂兰")]
    assert (moments[1].date() - moments[0].date()).days == max(days, 2)


# Silent


def test_two_questions_without_an_answer_put_the_member_on_the_list_with_the_days(office: Office) -> None:
    chat_with(office, "王桂兰")
    at_the_office(office, NOW + WEEK + timedelta(days=1))
    assert len(asked(office, "王桂兰")) == 2
    assert "silent" not in {row[0] for row in office.rows("SELECT kind FROM entry")}
    at_the_office(office, NOW + WEEK + timedelta(days=2))
    assert state(office) == "unanswered"
    told = office.rows("SELECT sentence FROM entry_content WHERE sentence LIKE '王桂兰问候两次%'")
    heard = in_touch.last_heard(office.app.db, office.person("王桂兰").id)
    assert heard is not None
    assert f"{heard.silent_days(office.clock[0])}天" in str(told[0][0])
    assert office.rows("SELECT count(*) FROM task WHERE kind = 'silent_call' AND member_id = ?", _id(office)) == [(1,)]
    at_the_office(office, NOW + 4 * WEEK)
    assert office.rows("SELECT count(*) FROM task WHERE kind = 'silent_call' AND member_id = ?", _id(office)) == [(1,)]


def test_who_speaks_again_leaves_the_list_by_themselves(office: Office) -> None:
    chat_with(office, "王桂兰")
    at_the_office(office, NOW + WEEK + timedelta(days=2))
    branch = office.person("王桂兰").branch_id
    assert "王桂兰" in [each.name for each in news.silent(office.app.db, branch)]
    office.later(minutes=5)
    office.say("王桂兰", "我从女儿家回来了")
    assert "王桂兰" not in [each.name for each in news.silent(office.app.db, branch)]


def test_who_has_no_chat_is_called_by_a_human_instead(office: Office) -> None:
    at_the_office(office, NOW + 2 * WEEK)
    told = office.rows("SELECT sentence FROM entry_content WHERE sentence LIKE '刘德福没有连上聊天%'")
    assert len(told) == 1
    assert office.rows("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'check_in:%'") == [(0,)]
    assert office.rows("SELECT count(*) FROM outbox WHERE text LIKE '%没有连上聊天%'") == [(0,)], (
        "the digest counts them"
    )
    assert office.rows("SELECT count(*) FROM outbox WHERE text LIKE '%没消息的10位%'") != [(0,)]


def test_a_visit_or_a_call_breaks_the_silence(office: Office) -> None:
    before = in_touch.last_heard(office.app.db, office.person("刘德福").id)
    office.later(days=3)
    office.say("李卫民", "刘德福走访过了")
    after = in_touch.last_heard(office.app.db, office.person("刘德福").id)
    assert before is not None
    assert after is not None
    assert after.last_at > before.last_at
    assert after.silent_days(office.clock[0]) == 0


# Hours, restarts, jumps


@pytest.mark.parametrize("key", profile_names())
@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), ahead=st.integers(0, 60 * 24 * 40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nobody_is_asked_outside_the_good_hours(key: str, moment: datetime, ahead: int) -> None:
    desk = DutyDesk(NOWHERE, 1, moment, load_profile(key), "check_in")
    at = rhythms.good_from(moment + timedelta(minutes=ahead), desk)
    assert at > moment
    assert rhythms.good_hour(at, desk)
    assert 7 <= at.hour < 21, "never in anybody's night"
    assert at - (moment + timedelta(minutes=ahead)) < timedelta(days=2)


def test_a_restart_asks_what_was_missed_once_and_marks_it_late(tmp_path: Path) -> None:
    clock = [NOW]
    with open_office(tmp_path, lambda: clock[0]) as office:
        chat_with(office, "王桂兰")
        office.app.due.fire_due()
    clock[0] = datetime(2026, 12, 3, 10, 0)
    for _ in range(2):
        with open_office(tmp_path, lambda: clock[0]) as office:
            office.app.due.fire_due()
            assert len(asked(office, "王桂兰")) == 1
            fired = office.rows(
                "SELECT late FROM due WHERE kind = 'check_in' AND state = 'fired' AND member_id = ?", _id(office)
            )
            assert fired == [(1,)]


def test_a_question_that_fires_late_at_night_waits_for_the_morning(office: Office) -> None:
    chat_with(office, "王桂兰")
    at_the_office(office, NOW)
    office.clock[0] = datetime(2026, 11, 29, 23, 30)  # the server slept since yesterday
    office.app.due.fire_due()
    assert asked(office, "王桂兰") == []
    office.clock[0] = datetime(2026, 11, 30, 9, 30)
    office.app.due.fire_due()
    assert len(asked(office, "王桂兰")) == 1


@given(st.lists(st.tuples(st.integers(-20, 40), st.integers(0, 23)), min_size=1, max_size=10))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_clock_does_everybody_has_one_row_to_come_and_is_asked_in_good_hours(
    jumps: list[tuple[int, int]],
) -> None:
    branch = Branch()
    for name in ("王桂兰", "张建国"):
        members.add_contact(branch.db, branch.person(name).id, "telegram", f"chat-{name}", START)
    for days, hour in jumps:
        branch.now = max(START, (branch.now + timedelta(days=days)).replace(hour=hour))
        branch.worker.fire_due()
        desk = desk_of(branch.db, branch.id, branch.now, "check_in")
        for person in members.members(branch.db, branch.id):
            waiting = branch.db.execute(
                "SELECT count(*) FROM due WHERE kind = 'check_in' AND state = 'waiting' AND member_id = ?", [person.id]
            ).fetchone()[0]
            assert waiting == int(rhythms.is_asked(person, desk))
    asked_at = branch.db.execute("SELECT created_at FROM outbox WHERE dedupe_key LIKE 'check_in:%'").fetchall()
    assert all(9 <= datetime.fromisoformat(row[0]).hour < 18 for row in asked_at)
    most = branch.db.execute("SELECT max(tries) FROM check_in").fetchone()[0]
    assert most is None or most <= 2


def _id(office: Office) -> int:
    return office.person("王桂兰").id
