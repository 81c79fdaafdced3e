"""Crashes, poison, full disks, broken lines, floods: no update is lost, no alert waits; and no token is logged."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
from datetime import datetime, timedelta

import pytest

from bot.app import open_app
from bot.config import TOKEN_VARIABLE, ConfigError
from bot.serving import telegram_beside
from bot.telegram import running
from bot.telegram.wording import words
from storage import channels, inbox, members, outbox
from storage.database import open_database
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import GUILAN, SECRETARY, House, all_answered
from tests.telegram.people import Person

SAYS = words("says")


class TestNothingIsLost:
    async def test_an_update_is_stored_before_it_is_confirmed(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            number = await house.guilan_s_phone.says("帮助")
            while number not in api.confirmed:
                await asyncio.sleep(0.01)
            assert house.count(f"SELECT count(*) FROM inbox WHERE update_id = '{number}'") == 1

    async def test_the_same_update_again_changes_nothing(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("住院")
            await all_answered(house, api)
            update = {"update_id": 100, "message": api.message(house.guilan_s_phone.chat, house.guilan_s_phone.account,
                                                               text="我生病住院了")}  # fmt: skip
            await api.redeliver(update)
            await house.guilan_s_phone.says("帮助")
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM care_report") == 1
        assert len([text for text in house.secretary_s_phone.texts if "住院" in text]) == 1

    async def test_a_poison_update_is_put_aside_and_the_rest_goes_on(self, house: House, api: FakeBotApi) -> None:
        poison = api.message(house.guilan_s_phone.chat, house.guilan_s_phone.account, text="救命")
        del poison["date"]
        async with house.open():
            await api.send(message=poison)
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            await house.secretary_s_phone.reads(words("alerts").say("parked", name="王桂兰"))
            await api.send(message=dict(poison, message_id=99))
            await asyncio.sleep(0.3)
            polls = api.polls
            await asyncio.sleep(0.5)
            assert api.polls - polls < 5, "a batch of poison alone is not fetched again and again"
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'parked'") == 2

    async def test_when_the_inbox_cannot_be_written_nothing_is_confirmed(
        self, house: House, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, full = inbox.accept, [True]

        def accept(*args: object, **more: object) -> inbox.Received:
            if full[0]:
                raise OSError("disk full")
            return real(*args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(inbox, "accept", accept)
        async with house.open():
            number = await house.guilan_s_phone.says("我生病住院了")
            await asyncio.sleep(1.5)
            assert number not in api.confirmed
            full[0] = False
            await house.secretary_s_phone.reads("住院")

    async def test_what_waits_in_the_inbox_is_answered_at_start(self, house: House, api: FakeBotApi) -> None:
        update = {"update_id": 55, "message": api.message(house.guilan_s_phone.chat, house.guilan_s_phone.account,
                                                          text="我生病住院了")}  # fmt: skip
        with sqlite3.connect(house.config.database) as db:
            db.execute(
                "INSERT INTO inbox (channel, update_id, raw, received_at) VALUES ('telegram', '55', ?, '2026-11-22')",
                [json.dumps(update)],
            )
        async with house.open():
            await house.secretary_s_phone.reads("住院")
            await house.guilan_s_phone.reads("李书记")

    async def test_a_reply_cut_off_after_it_was_done_is_not_repeated_for_ever(
        self, house: House, api: FakeBotApi
    ) -> None:
        api.faults.append(Fault("sendMessage", drop="after", times=3, chat=GUILAN))
        async with house.open():
            await house.guilan_s_phone.says("帮助")
            await asyncio.sleep(1.0)
        cut = [call for call in api.calls if call.method == "sendMessage" and call.status == 0]
        assert 1 <= len(cut) <= 2

    async def test_an_alert_cut_off_is_sent_again(self, house: House, api: FakeBotApi) -> None:
        api.faults.append(Fault("sendMessage", drop="after", chat=SECRETARY))
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("住院")

    async def test_an_alert_that_the_secretary_s_chat_refuses_goes_to_the_next_on_duty(
        self, house: House, api: FakeBotApi
    ) -> None:
        deputy = Person(api, 7003, "周敏")
        api.faults.append(Fault("sendMessage", status=403, chat=SECRETARY, times=9))
        async with house.open() as app:
            liaison = members.add_member(
                app.db, house.branch, "周敏", app.clock(), role="liaison", title="联络员", rung=2
            )
            members.add_contact(app.db, liaison, "telegram", "7003", app.clock())
            await house.guilan_s_phone.says("我生病住院了")
            assert "王桂兰" in await deputy.reads("住院")
            await deputy.presses("")
            await api.wait("answerCallbackQuery")
        assert house.count("SELECT count(*) FROM entry WHERE kind = 'alert_moved'") == 1
        assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 1

    async def test_a_stop_in_the_middle_of_an_update_leaves_it_for_the_next_start(
        self, house: House, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(running, "STOP_SECONDS", 0.3)
        api.faults.append(Fault("FILE", delay=30))
        async with house.open():
            await house.guilan_s_phone.speaks(b"not a sound")
            await api.wait("getFile")
            stopped = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - stopped < 5
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'new'") == 1
        async with house.open():
            await all_answered(house, api)

    async def test_an_alert_overtakes_a_broadcast_in_a_flood(self, house: House, api: FakeBotApi) -> None:
        async with house.open() as app:
            for number in range(40):
                outbox.put(
                    app.db,
                    dedupe_key=f"news:{number}",
                    lane="routine",
                    channel="telegram",
                    address=str(5000 + number),
                    text="明天学习",
                    now=app.clock(),
                )
            api.faults.append(Fault("sendMessage", status=429, parameters={"retry_after": 60}, chat=5010))
            await api.wait("sendMessage", status=429)
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("住院", within=3)
        assert len(api.of("sendMessage")) < 15, "the broadcast keeps its pause"

    async def test_polling_that_hangs_is_started_anew(self, house: House, api: FakeBotApi) -> None:
        async with house.open(stalled_seconds=0.6):
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            seen = len(api.calls)
            api.faults.append(Fault("getUpdates", delay=60))
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads(since=seen)

    async def test_after_more_than_a_day_off_line_a_human_is_told(self, house: House) -> None:
        db = open_database(house.config.database)
        channels.note_answer(db, "telegram", datetime.now() - timedelta(hours=25))  # noqa: DTZ005
        db.close()
        async with house.open():
            await house.guilan_s_phone.says("帮助")
            await house.secretary_s_phone.reads("打电话问问")


class TestToken:
    async def test_a_token_that_telegram_refuses_is_named_with_its_remedy(self, house: House, api: FakeBotApi) -> None:
        api.token = "1:another"

        async def begin() -> None:
            async with house.open():
                await api.wait("getMe", status=401, within=30)
                await asyncio.sleep(0.5)

        with pytest.raises(ConfigError, match="token_refused"):
            await begin()

    async def test_while_it_is_refused_the_rest_stays_open_and_it_is_tried_again(
        self, house: House, api: FakeBotApi, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ours, api.token = api.token, "1:another"
        stop = asyncio.Event()
        with open_app(house.config) as app:
            telegram = asyncio.create_task(telegram_beside(app, stop, again=0.2))
            await api.wait("getMe", status=401)
            await asyncio.sleep(0.1)
            assert TOKEN_VARIABLE in capsys.readouterr().err
            assert not telegram.done(), "whose end would close the web page"
            api.token = ours
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            stop.set()
            await asyncio.wait_for(telegram, 20)

    async def test_it_is_in_no_log_line(self, house: House, api: FakeBotApi) -> None:
        page = io.StringIO()
        handler = logging.StreamHandler(page)
        root = logging.getLogger()
        factory, level = logging.getLogRecordFactory(), root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        api.faults += [
            Fault("sendMessage", status=500),
            Fault("sendMessage", drop="before"),
            Fault("getFile", status=404),
        ]
        try:
            async with house.open():
                await house.guilan_s_phone.says("帮助")
                await api.wait("sendMessage", status=500)
                for name in ("httpx", "httpcore", "telegram"):
                    logging.getLogger(name).setLevel(logging.DEBUG)
                await house.guilan_s_phone.speaks(b"x")
                await api.wait("getFile", status=404)
                await api.wait("sendMessage")
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
            logging.setLogRecordFactory(factory)
        written = page.getvalue()
        assert "[token]" in written, "the libraries did write their requests"
        assert "canary" not in written
