"""What a secretary does by saying it: a session, the roll, dues, an application."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage import applications, broadcasts, dues, log, members, roll, sessions
from tests.bot.conftest import NOW, Office

SECRETARY = "李卫民"


def says(office: Office, *lines: str) -> str:
    """The answer to the last of these lines of the secretary."""
    return [office.say(SECRETARY, line).text for line in lines][-1]


def kept_yesterday(office: Office) -> list[sessions.Session]:
    return sessions.between(office.app.db, 1, datetime(2026, 11, 21), datetime(2026, 11, 21, 23))


class TestASession:
    def test_one_breath_puts_it_on_the_calendar(self, office: Office) -> None:
        told = says(office, "下周三上午九点在活动室安排一次党课")
        made = sessions.between(office.app.db, 1, datetime(2026, 11, 25), datetime(2026, 11, 25, 12))[0]
        assert (made.title, made.place, made.starts_at) == ("党课", "活动室", "2026-11-25T09:00")
        assert "上午九点，党课" in told

    def test_the_hour_is_asked_and_stays_on_its_day(self, office: Office) -> None:
        assert "几点" in says(office, "下周四组织一次座谈会")
        told = says(office, "下午两点半")
        assert "十一月二十六号，星期四，下午两点半，座谈会" in told
        kinds = {each.title: each.kind for each in sessions.upcoming(office.app.db, 1, NOW)}
        assert kinds["座谈会"] == "activity"

    def test_a_no_takes_it_off_again_and_who_signed_up_hears_it(self, office: Office) -> None:
        says(office, "下周三上午九点在活动室安排一次党课")
        office.say("王桂兰", "下周三上午的党课我报名")
        assert "取消了" in says(office, "不对")
        assert sessions.between(office.app.db, 1, datetime(2026, 11, 25), datetime(2026, 11, 25, 12)) == []
        assert "您报名的活动取消了" in office.say("王桂兰", "你好").text

    def test_twice_is_once(self, office: Office) -> None:
        says(office, "下周三上午九点在活动室安排一次党课")
        assert "已经有了" in says(office, "下周三上午九点在活动室安排一次党课")

    def test_what_is_over_is_not_planned(self, office: Office) -> None:
        assert "已经过了" in says(office, "新建一次学习，昨天上午九点，地点会议室")
        assert kept_yesterday(office) == []
        assert "十一月二十三号，星期一，上午九点" in says(office, "不对，是明天上午九点")
        assert kept_yesterday(office) == []

    def test_what_was_held_is_entered_after_a_yes_and_the_log_says_that_it_was_late(self, office: Office) -> None:
        says(office, "新建一次学习，昨天上午九点，地点会议室")
        assert "补记好了" in says(office, "对")
        (made,) = kept_yesterday(office)
        assert (made.title, made.place) == ("集体学习", "会议室")
        entries = [entry for entry in log.entries(office.app.db, 1) if entry.kind == "session_made_late"]
        assert [entry.sentence for entry in entries] == ["李卫民补记了开过的活动：集体学习，2026-11-21 09:00，会议室"]

    def test_whom_one_names_after_that_were_at_it(self, office: Office) -> None:
        says(office, "补记11月10号下午三点的座谈会", "来了的有王桂兰、张建国")
        (made,) = sessions.between(office.app.db, 1, datetime(2026, 11, 10), datetime(2026, 11, 10, 23))
        assert {line.name for line in roll.roll(office.app.db, made) if line.state} == {"王桂兰", "张建国"}
        later = sessions.between(office.app.db, 1, datetime(2026, 11, 11), NOW)
        assert later, "there is a later one, whose roll it was not"

    def test_a_day_some_days_ago_is_not_taken_for_one_of_next_year(self, office: Office) -> None:
        said = "11月9号那次党课补一下，下午三点"
        assert says(office, said) == "十一月九号，星期一，下午三点已经过了。是补记这一次吗？"
        says(office, "对")
        found = sessions.between(office.app.db, 1, datetime(2026, 11, 9), datetime(2026, 11, 9, 23))
        assert [each.title for each in found] == ["党课"]
        assert "二零二七年" in says(office, "2027年11月9号下午三点安排一次党课")

    def test_what_is_long_over_is_not_entered(self, office: Office) -> None:
        assert says(office, "上个月五号开的会补记一下") == "过了14天的活动，不能补记了。"
        assert says(office, "新建一次学习，10月20号上午九点，补记一下") == "过了14天的活动，不能补记了。"
        found = sessions.between(office.app.db, 1, datetime(2026, 10, 20), datetime(2026, 10, 20, 23))
        assert found == []


class TestTheRoll:
    @pytest.fixture
    def study(self, office: Office) -> sessions.Session:
        key = sessions.add_session(office.app.db, 1, "周日学习", datetime(2026, 11, 22, 9), place="活动室")
        found = sessions.session(office.app.db, 1, key)
        if found is None:
            pytest.fail("the session was not written")
        return found

    def states(self, office: Office, study: sessions.Session) -> dict[str, str]:
        return {line.name: line.state for line in roll.roll(office.app.db, study) if line.state}

    def test_a_list_in_one_breath_and_who_is_missing_is_read_back(
        self, office: Office, study: sessions.Session
    ) -> None:
        told = says(office, "今天来了的有王桂兰、张建国、李秀英，刘德福没来，陈玉珍请假")
        assert self.states(office, study) == {
            "王桂兰": "attended",
            "张建国": "attended",
            "李秀英": "attended",
            "刘德福": "excused",  # of the frail nothing is required
            "陈玉珍": "excused",
        }
        assert "到会3人：王桂兰、张建国、李秀英" in told
        assert "还没点的" in told

    def test_everybody_but_one(self, office: Office, study: sessions.Session) -> None:
        told = says(office, "今天除了胡文斌没来，其他人都来了，记一下出勤")
        assert self.states(office, study)["胡文斌"] == "unexplained"
        assert list(self.states(office, study).values()).count("attended") == 11
        assert "人都点齐了" in told

    def test_a_name_misheard_by_sound(self, office: Office, study: sessions.Session) -> None:
        says(office, "给章建国签到")
        assert self.states(office, study) == {"张建国": "attended"}

    def test_a_no_takes_the_call_back(self, office: Office, study: sessions.Session) -> None:
        says(office, "给张建国签到", "给李秀英签到", "不对")
        assert self.states(office, study) == {"张建国": "attended"}


class TestTheRollOfASessionNobodyPlanned:
    def test_it_is_entered_after_a_yes_together_with_who_came(self, office: Office) -> None:
        asked = says(office, "昨天下午三点的党课，王桂兰、张建国来了，记一下出勤")
        assert asked == "昨天，十一月二十一号，星期六，下午三点没有记下活动。补记一次党课，好吗？"
        assert kept_yesterday(office) == []
        told = says(office, "好")
        assert "到会2人：王桂兰、张建国" in told
        (made,) = kept_yesterday(office)
        assert (made.title, made.starts_at, made.state) == ("党课", "2026-11-21T15:00", "held")
        assert {line.name for line in roll.roll(office.app.db, made) if line.state} == {"王桂兰", "张建国"}

    @pytest.mark.parametrize(("heard", "meant"), [("党客", "党课"), ("坐谈会", "座谈会"), ("茶花会", "茶话会")])
    def test_a_title_that_was_misheard_is_the_usual_one(self, office: Office, heard: str, meant: str) -> None:
        assert f"补记一次{meant}" in says(office, f"昨天下午三点的{heard}，王桂兰来了，记一下出勤")

    def test_the_hour_is_asked(self, office: Office) -> None:
        assert "几点开的" in says(office, "昨天的学习王桂兰来了，给她签到")
        assert "补记一次" in says(office, "下午三点")
        says(office, "对")
        assert [each.starts_at for each in kept_yesterday(office)] == ["2026-11-21T15:00"]

    def test_a_no_enters_nothing_and_one_afterwards_takes_all_of_it_back(self, office: Office) -> None:
        said = "昨天下午三点的党课，王桂兰来了，记一下出勤"
        says(office, said, "不用了")
        assert kept_yesterday(office) == []
        says(office, said, "对", "不对")
        assert kept_yesterday(office) == []
        assert office.rows("SELECT 1 FROM attendance WHERE session_id = (SELECT max(id) FROM session)") == []

    def test_of_a_day_long_over_one_hears_that_it_is_too_late(self, office: Office) -> None:
        assert says(office, "10月20号下午三点的党课王桂兰来了，记一下出勤") == "过了14天的活动，不能补记了。"


class TestDues:
    def test_they_are_read_back_and_the_member_hears_it(self, office: Office) -> None:
        assert says(office, "收到张建国党费一百零八块").startswith("2026年第四季度的党费，张建国108元，收到了，对吗？")
        assert dues.dues(office.app.db, office.person("张建国").id, "2026Q4") is None
        assert says(office, "对").startswith("记下了：张建国，2026年第四季度，108元")
        written = dues.dues(office.app.db, office.person("张建国").id, "2026Q4")
        assert written is not None
        assert (written.state, written.paid_fen) == ("verified", 10800)
        assert "支部收到了" in office.say("张建国", "你好").text

    def test_a_no_writes_nothing(self, office: Office) -> None:
        says(office, "收到张建国党费一百零八块", "不对")
        assert dues.dues(office.app.db, office.person("张建国").id, "2026Q4") is None

    def test_two_people_two_amounts(self, office: Office) -> None:
        told = says(office, "张建国交了一百零八块，陈玉珍九十块，党费都记上")
        assert "张建国108元，陈玉珍90元" in told
        says(office, "对")
        paid = [dues.dues(office.app.db, office.person(name).id, "2026Q4") for name in ("张建国", "陈玉珍")]
        assert [each.paid_fen if each else None for each in paid] == [10800, 9000]


class TestApplications:
    def test_a_new_telephone_is_read_back_and_written(self, office: Office) -> None:
        person = office.person("张建国")
        applications.submit(office.app.db, 1, person.id, "phone", NOW, said="我换了手机号", value="13900001234")
        assert "13900001234，对吗？" in says(office, "张建国的申请同意")
        assert "登记好了" in says(office, "对")
        found = members.member(office.app.db, person.id)
        assert found is not None
        assert found.phone == "13900001234"
        assert "您的新电话登记好了" in office.say("张建国", "你好").text

    def test_reduced_dues_go_step_by_step(self, office: Office) -> None:
        person = office.person("刘德福")
        applications.submit(office.app.db, 1, person.id, "dues_relief", NOW, said="药费太贵", reason="药费太贵")
        assert "支部研究，已经做好了，对吗？" in says(office, "同意刘德福的减免申请")
        assert "还差：上级批准" in says(office, "对")
        assert office.person("刘德福").dues_fen == 10800
        assert "上级批准" in says(office, "同意刘德福的减免申请")
        assert "每季度交多少钱" in says(office, "对")
        assert "以后每季度交30元，对吗？" in says(office, "三十块")
        assert office.person("刘德福").dues_fen == 10800
        says(office, "对")
        assert office.person("刘德福").dues_fen == 3000

    def test_a_refusal_has_a_reason_that_the_member_hears(self, office: Office) -> None:
        person = office.person("张建国")
        applications.submit(office.app.db, 1, person.id, "phone", NOW, said="换号", value="13900001234")
        assert "为什么" in says(office, "驳回张建国的申请")
        assert "这个号码打不通" in says(office, "这个号码打不通")
        says(office, "对")
        assert "因为：这个号码打不通" in office.say("张建国", "你好").text

    def test_nothing_waits(self, office: Office) -> None:
        assert "没有等着批的申请" in says(office, "同意张建国的申请")


class TestABroadcast:
    def test_it_is_read_back_and_everybody_hears_it_once(self, office: Office) -> None:
        assert "一共11位：明天停水" in says(office, "通知大家明天停水")
        assert office.rows("SELECT count(*) FROM broadcast") == [(0,)]
        assert "发了，一共11位" in says(office, "对")
        assert "李书记告诉大家：明天停水。" in office.say("王桂兰", "你好").text
        assert "停水" not in office.say("王桂兰", "你好").text
        states = {each.name: each.state for each in broadcasts.deliveries(office.app.db, 1, 1)}
        assert states["王桂兰"] == "heard"
        assert states["张建国"] == "waiting"
        assert SECRETARY not in states

    def test_a_no_tells_nobody(self, office: Office) -> None:
        says(office, "通知大家明天停水", "不对")
        assert "停水" not in office.say("王桂兰", "你好").text

    def test_a_group_that_was_named(self, office: Office) -> None:
        assert "还没交党费的" in says(office, "提醒没交党费的同志这个周五前交齐")
        says(office, "对")
        told = {each.name for each in broadcasts.deliveries(office.app.db, 1, 1)}
        assert "张建国" in told
        assert "周敏" not in told  # the branch asks no dues of her


def test_a_member_can_do_none_of_it(office: Office) -> None:
    counted = "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM dues WHERE state = 'verified')"
    before = office.rows(counted)
    for line in ("下周三上午九点在活动室安排一次党课", "给张建国签到", "收到张建国党费一百块", "同意张建国的申请"):
        office.say("王桂兰", line)
    assert office.rows(counted) == before
