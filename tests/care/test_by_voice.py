"""The secretary tells of a visit, and a member answers how they are, by voice: real recording, real recogniser."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Office
from tests.care.test_keeping_in_touch import ask_now, state
from tests.spoken import need_models, speak

pytestmark = pytest.mark.models


@pytest.fixture(autouse=True)
def _models() -> None:
    need_models()


def test_a_visit_is_recorded_by_voice_with_the_gift_and_the_recording(office: Office) -> None:
    answer = office.voice("李卫民", speak("胡文斌看过了，送了五百慰问金，恢复得不错", "zm_yunyang"))
    assert "胡文斌" in answer.text
    assert "500元" in answer.text
    [(outcome, gift, notes, recording)] = office.rows("SELECT outcome, gift_fen, notes, recording_id FROM visit")
    assert (outcome, gift) == ("met", 50000)
    assert "恢复" in str(notes)
    assert recording is not None


@pytest.mark.parametrize(
    ("said", "ends"),
    [("我挺好的，谢谢你惦记", "well"), ("这几天不太舒服，睡不好觉", "unwell"), ("以后别问我了", "heard")],
)
def test_a_check_in_is_answered_by_voice(office: Office, said: str, ends: str) -> None:
    ask_now(office)
    office.voice("王桂兰", speak(said))
    assert state(office) == ends
    refused = office.rows("SELECT refused FROM rhythm WHERE member_id = ?", office.person("王桂兰").id)
    assert refused == ([(1,)] if ends == "heard" else [])
