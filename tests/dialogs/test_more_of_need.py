"""After a report of need an alarm is an alarm, whatever is asked, asked for or played down in the same breath."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Office

REPORTS = ("我感冒了，咳了好几天", "老伴昨天走了", "家里揭不开锅了", "我摔了一跤，起不来了")
ALARMS = (
    "别跟别人讲，我不想活了",
    "要不要去医院啊，胸口疼得厉害，喘不上气",
    "好些了，就是胸口疼得喘不过气",
    "没事了，哎哟我又摔倒了起不来",
)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_beside_something_else_is_one(office: Office, report: str, alarm: str) -> None:
    office.say("王桂兰", report)
    answer = office.say("王桂兰", alarm)
    assert answer.intent == "care_emergency"
    assert "120" in answer.text
    assert office.rows("SELECT count(*) FROM care_case WHERE trigger = 'emergency' AND state = 'reported'") == [(1,)]
    assert office.rows(f"SELECT count(*) FROM outbox WHERE lane = 'alert' AND text LIKE '%{alarm}%'") != [(0,)]
