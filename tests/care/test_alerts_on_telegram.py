"""Alerts on a Bot API that blocks, floods, breaks and falls silent: each reaches somebody, under the same number."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from dialogs.care import ladder
from storage import members, outbox
from storage.database import writing
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import SECRETARY, House
from tests.telegram.people import Person

FALL = "我摔倒了，起不来"
DEPUTY = 7003


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
def house(api: FakeBotApi, tmp_path: Path) -> House:
    return House(tmp_path / "data", api)


def _deputy(house: House, app: App | None = None) -> Person:
    """Another officer with a phone."""
    now = datetime.now()  # noqa: DTZ005
    db = app.db if app else None
    assert db is not None
    key = members.add_member(db, house.branch, "周敏", now - timedelta(days=1), role="liaison", title="联络员", rung=2)
    members.add_contact(db, key, "telegram", str(DEPUTY), now)
    return Person(house.api, DEPUTY, "敏")


def _numbers(*people: Person) -> set[str]:
    return {found for person in people for text in person.texts for found in re.findall(r"(\d+)号求助", text)}


async def test_an_alert_overtakes_a_broadcast_to_five_hundred_that_is_told_to_pause(
    house: House, api: FakeBotApi
) -> None:
    async with house.open() as app:
        with writing(app.db):
            for number in range(500):
                outbox.put(
                    app.db, dedupe_key=f"news:{number}", lane="routine", channel="telegram",
                    address=str(5000 + number), text="明天学习", now=app.clock(),
                )  # fmt: skip
        api.faults.append(Fault("sendMessage", status=429, parameters={"retry_after": 30}, chat=5020))
        await api.wait("sendMessage", status=429)
        started = asyncio.get_running_loop().time()
        await house.guilan_s_phone.says(FALL)
        await house.secretary_s_phone.reads("求助", within=20)
        assert asyncio.get_running_loop().time() - started < 20
    assert len([call for call in api.of("sendMessage") if call.text == "明天学习"]) < 30, (
        "the broadcast keeps its pause"
    )


async def test_an_alert_survives_server_errors(house: House, api: FakeBotApi) -> None:
    api.faults.append(Fault("sendMessage", status=502, times=2, chat=SECRETARY))
    async with house.open():
        await house.guilan_s_phone.says(FALL)
        await house.secretary_s_phone.reads("求助", within=20)
    assert house.count("SELECT count(*) FROM delivery WHERE outcome = 'failed'") == 1
    assert house.count("SELECT count(*) FROM delivery WHERE outcome = 'delivered'") >= 1


async def test_a_time_out_after_delivery_repeats_the_alert_under_its_number(house: House, api: FakeBotApi) -> None:
    api.faults.append(Fault("sendMessage", drop="after", chat=SECRETARY))
    async with house.open():
        await house.guilan_s_phone.says(FALL)
        await api.wait("sendMessage", lambda call: call.chat == SECRETARY and "求助" in call.text, within=20)
        assert _numbers(house.secretary_s_phone) == {"1"}
    assert house.count("SELECT count(*) FROM care_case") == 1


async def test_a_chat_that_does_not_answer_passes_the_alert_on(
    house: House, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "URGENT_ARRIVES_WITHIN", timedelta(seconds=2))
    api.faults.append(Fault("sendMessage", delay=60, times=99, chat=SECRETARY))
    async with house.open() as app:
        deputy = _deputy(house, app)
        await house.guilan_s_phone.says(FALL)
        assert "【还没有人接】" in await deputy.reads("求助", within=20)
        await house.guilan_s_phone.reads("都通知了", within=20)
        await deputy.says("收到")
        await house.guilan_s_phone.reads("周联络员已经收到您的事", within=20)
    assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 1
    left = "SELECT count(*) FROM outbox WHERE lane = 'alert' AND state = 'waiting' AND channel = 'telegram'"
    assert house.count(left) == 0, "what is not out is kept back once somebody has it"


async def test_when_every_chat_refuses_the_member_hears_so(house: House, api: FakeBotApi) -> None:
    api.faults.append(Fault("sendMessage", status=403, times=9, chat=SECRETARY))
    async with house.open():
        await house.guilan_s_phone.says(FALL)
        await house.guilan_s_phone.reads("一个也没联系上", within=20)
    assert house.count("SELECT count(*) FROM due WHERE kind = 'ladder_call' AND state = 'waiting'") == 1


async def test_killed_between_two_steps_the_next_person_is_called_after_the_restart(
    house: House, api: FakeBotApi, tmp_path: Path
) -> None:
    """kill -9 after the first call; while the process is dead the three minutes pass."""
    async with house.open() as app:
        deputy = _deputy(house, app)
    async with house.serving(tmp_path / "log") as process:
        await house.guilan_s_phone.says(FALL)
        await house.secretary_s_phone.reads("求助", within=60)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    with sqlite3.connect(house.config.database) as db:
        past = (datetime.now() - timedelta(minutes=2)).isoformat(timespec="seconds")  # noqa: DTZ005
        db.execute("UPDATE due SET due_at = ? WHERE kind = 'ladder_call' AND state = 'waiting'", [past])
    async with house.serving(tmp_path / "log"):
        assert "【还没有人接】" in await deputy.reads("求助", within=60)
    assert _numbers(house.secretary_s_phone, deputy) == {"1"}
    assert house.rows("SELECT late FROM due WHERE kind = 'ladder_call' AND state = 'fired'") == [(1,)]
