"""Who is called when, until somebody takes a case."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from storage import care, deliveries, due, members, visits
from storage.database import open_database
from storage.profiles import load_profile, profile_names
from tests.care.watch import NOW, Watch

LI, ZHOU, CHEN, ZHENG = "100", "200", "300", "400"


def test_an_emergency_climbs_the_ladder(watch: Watch) -> None:
    """At once, every three minutes the next, everybody at ten, then everybody every ten."""
    answer = watch.report("王桂兰", "我摔倒了，起不来")
    assert answer.startswith("情况危急，请先打120")
    assert "李书记" in answer
    assert "还没有回话" in answer
    watch.later(minutes=21)
    assert watch.called() == [
        (0, LI), (3, ZHOU), (6, CHEN), (9, ZHENG),
        (19, LI), (19, ZHOU), (19, CHEN), (19, ZHENG),
    ]  # fmt: skip


def test_with_a_long_list_everybody_is_called_at_ten_minutes() -> None:
    watch = Watch()
    for rung in range(5, 9):
        key = members.add_member(watch.db, 1, f"委{rung}", NOW, role="committee", title="委员", rung=rung)
        members.add_contact(watch.db, key, "telegram", str(rung * 100), NOW)
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=21)
    called = watch.called()
    assert [at for at, _ in called[:4]] == [0, 3, 6, 9]
    assert [at for at, _ in called[4:12]] == [10] * 8
    assert [at for at, _ in called[12:]] == [20] * 8
    watch.close()


@pytest.mark.parametrize("minutes", [1, 4, 12, 55])
def test_whoever_takes_it_ends_the_calls(watch: Watch, minutes: int) -> None:
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=minutes)
    calls = len(watch.called())
    assert watch.take("陈强") == "taken"
    watch.later(hours=1)
    assert len(watch.called()) == calls
    assert (watch.case().state, watch.case().acknowledged_by) == ("acknowledged", watch.person("陈强").id)
    assert watch.texts("王桂兰")[-1] == "陈联络员已经收到您的事，由他来照应。"
    assert due.waiting(watch.db, kind="ladder_call", case_id=watch.case().id) is None


def test_an_alert_that_is_not_out_yet_is_kept_back_once_somebody_has_it(watch: Watch) -> None:
    watch.chats.dead = {LI}
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=1)
    watch.take("周敏")
    watch.chats.dead = set()
    watch.later(minutes=5)
    assert watch.texts("李卫民") == []


def test_news_that_is_no_longer_so_is_not_told(watch: Watch) -> None:
    """张建国 has no chat and would hear it at his next turn; meanwhile the case is open again."""
    watch.report("张建国", "王桂兰摔倒了", who="王桂兰")
    watch.take("李卫民")
    waiting = "SELECT text FROM outbox WHERE channel = 'next_turn' AND state = 'waiting'"
    assert watch.rows(waiting) == [("李书记已经收到王桂兰的事，由他来照应。",)]
    watch.later(hours=2)
    watch.report("王桂兰", "我又摔倒了")
    assert watch.rows(waiting) == []


def test_the_others_who_were_called_hear_that_it_is_taken(watch: Watch) -> None:
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=4)
    watch.take("周敏")
    watch.later(minutes=1)
    assert watch.texts("李卫民")[-1] == "1号王桂兰已由周委员接了，您不用再找。"
    assert "已由" not in "".join(watch.texts("陈强")), "who was never called hears nothing"


def test_only_one_takes_it(watch: Watch) -> None:
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=4)
    assert [watch.take("周敏"), watch.take("李卫民")] == ["taken", "already_taken"]
    assert [each.outcome for each in deliveries.of_case(watch.db, 1)].count("acknowledged") == 1


def test_the_member_hears_how_it_stands_while_nobody_has_answered(watch: Watch) -> None:
    watch.report("王桂兰", "我摔倒了，起不来")
    watch.later(minutes=10)
    told = watch.texts("王桂兰")
    assert told[0] == "危急请先打120！还没有人回话，我又通知了周委员，接着找人。"
    assert "支部能找的人我都通知了" in told[-1]
    assert not any("已经收到" in text for text in told)


def test_the_number_of_the_case_stays_the_same_and_a_later_call_says_that_nobody_has_it(watch: Watch) -> None:
    watch.report("刘德福", "老伴晕倒了")
    watch.later(minutes=10)
    calls = [each.text for each in watch.chats.read if "求助" in each.text]
    assert {number for text in calls for number in re.findall(r"(\d+)号求助", text)} == {"1"}
    assert [text.startswith("【还没有人接】") for text in calls] == [False, True, True, True]


@pytest.mark.parametrize(("trigger", "words"), [("illness", "生病"), ("hardship", "困难"), ("bereavement", "弥留去世")])
def test_the_others_climb_by_profile(watch: Watch, trigger: str, words: str) -> None:
    profile = load_profile("wuxi")
    following = profile.minutes(f"ladder.{trigger}.next_minutes") / timedelta(minutes=1)
    watch.report("王桂兰", "这几天不好过", trigger)
    watch.later(minutes=following * 2 + 1)
    assert watch.called(words)[:3] == [(0, LI), (following, ZHOU), (2 * following, CHEN)]
    assert watch.texts("王桂兰") == [], "what is no emergency is told when somebody takes it, not step by step"


@pytest.mark.parametrize("key", profile_names())
def test_every_profile_has_its_ladder_marked_as_the_branchs_own(key: str) -> None:
    profile = load_profile(key)
    for trigger in ("emergency", "illness", "hardship", "bereavement"):
        waits = [profile.minutes(f"ladder.{trigger}.{which}_minutes") for which in ("next", "everybody", "again")]
        assert timedelta(0) < waits[0] < waits[1]
        assert waits[2] > timedelta(0)
    assert [profile.minutes(f"ladder.emergency.{which}_minutes").seconds // 60 for which in
            ("next", "everybody", "again")] == [3, 10, 10]  # fmt: skip
    assert all(rule.own for name, rule in profile.rules.items() if name.startswith(("ladder.", "quiet.")))


class TestChats:
    """Chats that refuse, do not answer, or are not there."""

    def test_a_blocked_chat_moves_to_the_next_person_at_once(self, watch: Watch) -> None:
        watch.chats.refusing = {LI}
        watch.report("王桂兰", "我摔倒了，起不来")
        watch.work()
        assert watch.called() == [(0, ZHOU)]
        outcomes = [(each.channel, each.outcome) for each in deliveries.of_case(watch.db, 1)]
        assert outcomes.count(("telegram", "refused")) == 1
        assert ("telegram", "delivered") in outcomes

    def test_a_dead_chat_moves_to_the_next_person_within_a_minute(self, watch: Watch) -> None:
        watch.chats.dead = {LI, ZHOU}
        watch.report("王桂兰", "我摔倒了，起不来")
        watch.later(minutes=3)
        assert watch.called()[0][1] == CHEN
        first_after_first = watch.rows("SELECT min(at) FROM delivery WHERE step = 2")[0][0]
        assert str(first_after_first) <= (NOW + timedelta(seconds=60)).isoformat()
        assert watch.called()[0][0] <= 2
        assert ("failed",) in watch.rows("SELECT outcome FROM delivery")

    def test_a_dead_chat_that_comes_back_gets_its_alert(self, watch: Watch) -> None:
        watch.chats.dead = {LI, ZHOU, CHEN, ZHENG}
        watch.report("王桂兰", "我摔倒了，起不来")
        watch.later(minutes=30)
        assert watch.called() == []
        watch.chats.dead = set()
        watch.later(seconds=21)
        assert {address for _, address in watch.called()} == {LI, ZHOU, CHEN, ZHENG}

    def test_when_no_chat_takes_it_the_member_hears_the_truth(self, watch: Watch) -> None:
        watch.chats.refusing = {LI, ZHOU, CHEN, ZHENG}
        watch.report("王桂兰", "我摔倒了，起不来")
        watch.later(minutes=1)
        assert watch.texts("王桂兰")[-1].startswith("危急请先打120，再喊身边的人！支部的人我一个也没联系上")
        assert watch.rows("SELECT count(*) FROM entry WHERE kind = 'care_unreached'") != [(0,)]
        assert due.waiting(watch.db, kind="ladder_call", case_id=1) is not None

    def test_illness_that_reaches_nobody_is_told_once(self, watch: Watch) -> None:
        watch.chats.refusing = {LI, ZHOU, CHEN, ZHENG}
        watch.report("王桂兰", "发烧两天了", "illness")
        watch.later(hours=20)
        assert watch.texts("王桂兰") == ["支部的人我现在一个也没联系上，我接着找。急的话，请直接打电话。"]

    def test_a_branch_without_chats_says_so_and_writes_to_the_desk(self) -> None:
        watch = Watch(chats=False)
        assert "我写给了李书记" in watch.report("王桂兰", "我摔倒了，起不来")
        assert watch.rows("SELECT count(*) FROM outbox WHERE channel = 'desk'") == [(1,)]
        watch.close()

    def test_a_branch_without_officers_does_not_pretend(self) -> None:
        watch = Watch(officers=0)
        assert "还没有联系上" in watch.report("王桂兰", "我摔倒了，起不来")
        assert due.waiting(watch.db, kind="ladder_call", case_id=1) is not None, "somebody may be entered in time"
        watch.close()

    def test_an_alert_whose_line_breaks_after_delivery_comes_again_with_its_number(self, watch: Watch) -> None:
        watch.chats.doubtful = [LI]
        watch.report("王桂兰", "我摔倒了，起不来")
        watch.later(seconds=30)
        texts = watch.texts("李卫民")
        assert len(texts) == 2
        assert len(set(texts)) == 1


class TestWhoIsCalled:
    """Never the one who lies on the floor, nor the one who has just told us."""

    def test_the_secretary_who_fell_is_not_called_for_himself(self, watch: Watch) -> None:
        answer = watch.report("李卫民", "我摔倒了，起不来")
        assert "周委员" in answer
        watch.work()
        assert watch.called() == [(0, ZHOU)]

    def test_an_officer_who_reports_somebody_is_not_called_first(self, watch: Watch) -> None:
        watch.report("周敏", "王桂兰摔倒了", who="王桂兰")
        watch.later(minutes=4)
        assert watch.called() == [(0, LI), (3, CHEN)]
        assert watch.rows("SELECT reporter_kind FROM care_report") == [("secretary",)]

    def test_the_only_officer_is_called_whatever_he_knows(self) -> None:
        watch = Watch(officers=1)
        watch.report("李卫民", "王桂兰摔倒了", who="王桂兰")
        watch.work()
        assert watch.called() == [(0, LI)]
        watch.close()

    def test_the_family_on_the_members_phone(self, watch: Watch) -> None:
        watch.report("王桂兰", "我是王桂兰的女儿，她住院了", "illness", "王桂兰")
        assert watch.rows("SELECT reporter_kind FROM care_report") == [("family",)]


class TestReportedAgain:
    """A second report raises the urgency."""

    def test_an_emergency_calls_the_next_person_at_once(self, watch: Watch) -> None:
        watch.report("王桂兰", "我摔倒了")
        watch.later(minutes=1)
        watch.report("刘德福", "王桂兰摔倒了", who="王桂兰")
        watch.work()
        assert watch.called() == [(0, LI), (1, LI), (1, ZHOU)]
        assert len(watch.rows("SELECT id FROM care_case")) == 1

    def test_an_illness_waits_half_as_long_and_the_third_time_as_an_emergency(self, watch: Watch) -> None:
        watch.report("王桂兰", "发烧了", "illness")
        watch.later(minutes=1)
        watch.report("刘德福", "王桂兰发烧了", "illness", "王桂兰")
        following = due.waiting(watch.db, kind="ladder_call", case_id=1)
        assert following is not None
        assert following.due_at == (NOW + timedelta(minutes=31)).isoformat()
        watch.report("张建国", "王桂兰烧得厉害", "illness", "王桂兰")
        following = due.waiting(watch.db, kind="ladder_call", case_id=1)
        assert following is not None
        assert following.due_at == (NOW + timedelta(minutes=4)).isoformat()

    def test_what_is_added_goes_to_whoever_has_it(self, watch: Watch) -> None:
        watch.report("王桂兰", "发烧了", "illness")
        watch.later(minutes=1)
        watch.take("周敏")
        assert watch.report("刘德福", "王桂兰烧到四十度", "illness", "王桂兰").startswith("周委员已经接了")
        watch.work()
        assert "【补充】" in watch.texts("周敏")[-1]
        assert "四十度" in watch.texts("周敏")[-1]
        assert not any("四十度" in text for text in watch.texts("李卫民"))

    def test_a_new_cry_long_after_it_was_taken_needs_a_new_answer(self, watch: Watch) -> None:
        watch.report("王桂兰", "我摔倒了")
        watch.take("李卫民")
        watch.later(hours=5)
        answer = watch.report("王桂兰", "我又摔倒了")
        assert "还没有回话" in answer
        assert watch.case().waits
        watch.later(minutes=4)
        assert [address for _, address in watch.called()][-2:] == [LI, ZHOU]

    def test_two_false_alarms_do_not_slow_the_third_call(self, watch: Watch) -> None:
        for number in (1, 2):
            watch.report("王桂兰", "我摔倒了")
            case = watch.case(number)
            care.close(watch.db, case, watch.person("李卫民").id, watch.now, reason="按错了", false_alarm=True)
        watch.later(minutes=30)
        before = len(watch.called())
        watch.report("王桂兰", "我摔倒了")
        watch.later(minutes=4)
        assert [address for _, address in watch.called()[before:]] == [LI, ZHOU]


class TestLate:
    """Missed calls."""

    def test_a_call_that_was_missed_is_made_once_and_marked_late(self, tmp_path: Path) -> None:
        watch = Watch(open_database(tmp_path / "a.db"))
        watch.report("王桂兰", "我摔倒了")
        watch.work()
        watch.now += timedelta(hours=9)
        watch.restart()
        watch.work()
        assert watch.called()[1:] == [(540, LI), (540, ZHOU), (540, CHEN), (540, ZHENG)]
        assert watch.rows("SELECT late FROM due WHERE kind = 'ladder_call' AND state = 'fired'") == [(1,)]
        watch.db.close()
        watch.close()

    def test_a_clock_set_back_two_days_does_not_stop_the_calls(self, watch: Watch) -> None:
        watch.report("王桂兰", "我摔倒了")
        watch.work()
        watch.now -= timedelta(days=2)
        watch.later(minutes=4)
        assert [address for _, address in watch.called()] == [LI, ZHOU]

    def test_a_clock_set_back_does_not_call_the_same_person_for_ever(self, watch: Watch) -> None:
        """Calls made after the jump once counted as made before the report: the second officer was called for hours."""
        watch.chats.dead = {LI, ZHOU}
        watch.report("王桂兰", "我摔倒了")
        watch.work()
        watch.now -= timedelta(hours=30)
        watch.later(minutes=2)
        assert next(address for _, address in watch.called()) == CHEN

    def test_a_clock_that_woke_up_in_a_wrong_year_still_calls_somebody(self, watch: Watch) -> None:
        watch.now = NOW.replace(year=2000)
        watch.report("王桂兰", "我摔倒了")
        watch.later(minutes=4)
        assert {each.address for each in watch.chats.read if "求助" in each.text} == {LI, ZHOU}

    def test_an_alert_written_before_the_clock_was_set_back_goes_out(self, watch: Watch) -> None:
        watch.report("王桂兰", "我摔倒了")
        watch.now -= timedelta(days=2)
        watch.work()
        assert watch.texts("李卫民") != []


class TestOverdue:
    """Taken, and nobody has been there."""

    def test_whoever_took_it_is_reminded_until_it_is_recorded(self, watch: Watch) -> None:
        watch.report("王桂兰", "发烧了", "illness")
        watch.take("周敏")
        watch.later(hours=73)
        urged = [text for text in watch.texts("周敏") if text.startswith("【催】")]
        assert len(urged) == 2
        visits.record(watch.db, watch.case(), watch.person("周敏").id, watch.now)
        watch.later(hours=50)
        assert len([text for text in watch.texts("周敏") if text.startswith("【催】")]) == 2

    def test_a_visit_that_is_planned_later_is_not_urged_before(self, watch: Watch) -> None:
        watch.report("王桂兰", "发烧了", "illness")
        watch.take("周敏")
        visits.plan(watch.db, watch.case(), watch.person("周敏").id, watch.now + timedelta(hours=60))
        watch.later(hours=70)
        assert not any(text.startswith("【催】") for text in watch.texts("周敏"))

    def test_it_is_not_urged_at_night_unless_it_is_an_emergency(self, watch: Watch) -> None:
        watch.now = NOW.replace(hour=2)
        watch.report("王桂兰", "发烧了", "illness")
        watch.take("周敏")
        watch.later(hours=54)
        urged = [each.at.hour for each in watch.chats.read if each.text.startswith("【催】")]
        assert urged
        assert all(7 <= hour < 22 for hour in urged)
