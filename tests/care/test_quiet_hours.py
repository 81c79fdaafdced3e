"""At night routine messages wait, and their sender hears so; alerts, answers and news of a case never wait."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialogs.quiet import not_before
from storage import members, outbox
from storage.profiles import load_profile
from tests.bot.conftest import Office
from tests.care.watch import Watch

NIGHT = datetime(2026, 11, 22, 23, 40)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-22 21:29", "2026-11-22 21:29"),
        ("2026-11-22 21:30", "2026-11-23 07:00"),
        ("2026-11-23 03:00", "2026-11-23 07:00"),
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-12-31 23:00", "2027-01-01 07:00"),
    ],
)
def test_when_a_routine_message_may_go_out(now: str, then: str) -> None:
    assert not_before(load_profile("wuxi"), datetime.fromisoformat(now)) == datetime.fromisoformat(then)


def test_a_suggestion_at_night_reaches_the_secretary_in_the_morning_and_its_sender_hears_so(office: Office) -> None:
    members.add_contact(office.app.db, office.person("李卫民").id, "telegram", "100", office.clock[0])
    office.clock[0] = NIGHT
    answer = office.say("王桂兰", "我提个意见，活动室的灯太暗了")
    assert "现在是休息时间" in answer.text
    assert "七点" in answer.text
    assert outbox.due(office.app.db, "telegram", NIGHT) == []
    morning = NIGHT.replace(day=23, hour=7, minute=0)
    assert [message.lane for message in outbox.due(office.app.db, "telegram", morning)] == ["routine"]


def test_by_day_nothing_is_said_of_it(office: Office) -> None:
    members.add_contact(office.app.db, office.person("李卫民").id, "telegram", "100", office.clock[0])
    assert "休息时间" not in office.say("王桂兰", "我提个意见，活动室的灯太暗了").text


@pytest.mark.parametrize("trigger", ["emergency", "illness", "hardship", "bereavement"])
def test_no_alert_waits_for_the_morning(trigger: str) -> None:
    watch = Watch()
    watch.now = NIGHT
    watch.report("王桂兰", "不好了", trigger)
    watch.work()
    assert [each.address for each in watch.chats.read] == ["100"]
    watch.take("李卫民")
    watch.work()
    assert "李书记已经收到" in watch.texts("王桂兰")[-1], "nor does the answer"
    watch.close()
