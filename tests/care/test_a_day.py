"""A day in the life, by voice: a fall, two people silent, the third takes it, somebody goes, the log tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import care, deliveries, log, members, visits
from tests.bot.conftest import NOW, open_office
from tests.spoken import need_models, speak

pytestmark = pytest.mark.models


def test_a_fall_two_people_silent_the_third_takes_it(tmp_path: Path) -> None:
    need_models()
    with open_office(tmp_path) as office:
        db = office.app.db
        members.add_member(db, 1, "郑红", NOW, role="committee", title="委员", rung=3)
        for number, name in enumerate(("李卫民", "周敏", "郑红")):
            members.add_contact(db, office.person(name).id, "telegram", str(100 + number), NOW)

        fell = office.voice("王桂兰", speak("我摔倒了，起不来了。", "zf_xiaoyi"))
        assert fell.text.startswith("情况危急，请先打120")
        assert "李书记" in fell.text
        assert "还没有回话" in fell.text
        case = care.open_cases(db, 1)[0]

        for who in ("周敏", "郑红"):
            office.later(minutes=3)
            office.app.due.fire_due()
            called = deliveries.called(db, case.id, case.asked_at)
            assert called[-1] == office.person(who).id
        waiting = office.voice("王桂兰", speak("有没有人处理我的事？", "zf_xiaoyi"))
        assert "还没有人回" in waiting.text

        taken = office.voice("郑红", speak("收到，我来处理。", "zm_yunyang"))
        assert "由您处理" in taken.text, taken.heard
        assert "郑委员已经收到您的事" in office.say("王桂兰", "你好").text
        office.later(hours=1)
        office.app.due.fire_due()
        assert office.rows("SELECT count(*) FROM delivery WHERE at > ?", str(NOW.isoformat())) != [(0,)]
        assert office.rows("SELECT max(step) FROM delivery") == [(3,)], "nobody is called after it is taken"

        told = office.voice("郑红", speak("王桂兰看过了，没有大碍，送了五百慰问金。", "zm_yunyang"))
        assert "王桂兰" in told.text, told.heard
        assert "500元" in told.text, told.heard
        visited = office.voice("王桂兰", speak("有没有人处理我的事？", "zf_xiaoyi"))
        assert "郑委员来看过您" in visited.text, "she hears it before her question is answered"
        assert "已经有人去看过了" in visited.text

        kinds = [entry.kind for entry in log.entries(db, 1) if entry.kind.startswith(("care_", "visit_"))]
        assert kinds[-5:] == ["care_reported", "care_called", "care_called", "care_acknowledged", "visit_made"]
        assert log.verify(db, 1) is None
        [visit] = visits.of_case(db, case.id)
        assert (visit.outcome, visit.gift_fen, visit.recording_id is not None) == ("met", 50000, True)
        assert "看过了" in visit.notes, "the words as they were heard"
