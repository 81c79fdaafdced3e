"""`nuanyang serve` as a process of its own, with real hearing and a real voice, killed and cut off on purpose."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from bot.telegram.wording import words
from speech.audio import decode
from tests.spoken import need_models, speak
from tests.telegram.emulator import Emulated
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import GUILAN, SECRETARY, STRANGER, House
from tests.telegram.people import Person

pytestmark = pytest.mark.models
START = 60.0
"""Seconds until a busy machine has everything loaded."""


@pytest.fixture(autouse=True)
def _models() -> None:
    need_models()


def ill() -> bytes:
    """A voice that the product never uses reports an illness."""
    return speak("我生病住院了，请告诉书记。", "zm_yunyang")


async def killed(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def test_killed_in_the_middle_of_a_voice_turn(speaking_house: House, api: FakeBotApi, tmp_path: Path) -> None:
    house, log = speaking_house, tmp_path / "serve.log"
    async with house.serving(log) as first:
        await house.guilan_s_phone.speaks(ill())
        await api.wait("FILE", within=START)
        await killed(first)
    assert house.count("SELECT count(*) FROM care_case") == 0, "it was killed before the turn was done"
    assert not api.pending, "Telegram was told that the message had arrived"
    # The second run dies between the commit and the delivery of the alert.
    api.faults.append(Fault("sendMessage", delay=60, times=9))
    async with house.serving(log) as second:
        while not house.count("SELECT count(*) FROM outbox WHERE lane = 'alert' AND channel = 'telegram'"):
            await asyncio.sleep(0.05)
            assert second.returncode is None, log.read_text()
        await killed(second)
    api.faults.clear()
    assert not house.secretary_s_phone.texts
    async with house.serving(log):
        alert = await house.secretary_s_phone.reads("住院", within=START)
        assert "王桂兰" in alert
        await house.guilan_s_phone.reads("李书记")
        await api.wait("sendChatAction", lambda call: call.params["action"] == "record_voice")
        note = await house.guilan_s_phone.hears()
        assert len(decode(note).samples) > 16_000, "an answer of more than a second"
        await api.wait("sendVoice", lambda call: call.chat == SECRETARY and call.files["voice"] == ill())
    assert house.count("SELECT count(*) FROM care_case WHERE trigger = 'illness'") == 1
    assert house.count("SELECT count(*) FROM care_report") == 1
    assert len(house.secretary_s_phone.texts) == 1
    assert len(house.guilan_s_phone.texts) == 1
    assert api.token not in log.read_text(encoding="utf-8")


async def test_telegram_is_down_at_start_and_a_stop_is_clean(house: House, api: FakeBotApi, tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    await api.__aexit__()
    async with house.serving(log) as process:
        while "cannot be reached" not in (log.read_text(encoding="utf-8") if log.exists() else ""):
            await asyncio.sleep(0.1)
            assert process.returncode is None, log.read_text()
        await api.__aenter__()
        await house.guilan_s_phone.says("帮助")
        await house.guilan_s_phone.reads(within=START)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0, log.read_text()[-2000:]
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written
    assert api.token not in written


async def test_the_whole_way_on_an_emulator_that_is_not_ours(emulated: Emulated, tmp_path: Path) -> None:
    from speech.models import default_models_folder

    house = House(tmp_path / "data", emulated, models=default_models_folder())
    guilan, secretary = house.guilan_s_phone, house.secretary_s_phone
    log = tmp_path / "serve.log"
    async with house.serving(log) as process:
        await guilan.says("/help")
        await guilan.reads(within=START)
        assert process.returncode is None

        await guilan.speaks(ill())
        assert "住院" in await secretary.reads("王桂兰", within=START)
        await guilan.reads("李书记")
        assert len(decode(await guilan.hears()).samples) > 16_000
        await secretary.presses("")
        await guilan.reads("李书记", since=len(emulated.calls))

        guest = Person(emulated, STRANGER, "建国")
        await guest.says("我生病了")
        await guest.reads(words("says").say("stranger"))
        await guest.says(f"/start {house.code}")
        await guest.reads("张建国")
        await guest.says("我要报名党章学习会")
        await guest.reads("党章学习会", since=len(emulated.calls) - 1)

        group = {"id": -100200, "type": "group", "title": "老同志"}
        await emulated.send(message=emulated.message(group, guilan.account, text="我生病住院了"))
        await asyncio.sleep(0.5)
    assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 1
    assert house.count("SELECT count(*) FROM registration WHERE state = 'registered'") == 1
    assert {call.chat for call in emulated.of("sendMessage")} == {GUILAN, SECRETARY, STRANGER}
    refused = [call for call in emulated.journal.calls if call.status >= 400]
    assert refused == [], "the emulator refuses nothing that the bot asks"
    assert emulated.token not in log.read_text(encoding="utf-8")
