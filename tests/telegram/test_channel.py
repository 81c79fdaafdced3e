"""The channel in this process against our strict Bot API server: who is heard, what is answered, what is kept."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import ConfigError
from bot.telegram import handlers, running
from bot.telegram.enrolment import Enrolment, issue_enrolment, new_code
from bot.telegram.wording import words
from storage import inbox, members, outbox
from tests.telegram.fake_bot_api import USERNAME, FakeBotApi, Fault
from tests.telegram.house import GUILAN, SECRETARY, STRANGER, House
from tests.telegram.people import Person

SAYS = words("says")


def stranger(api: FakeBotApi, number: int = STRANGER) -> Person:
    return Person(api, number, "路人")


async def all_answered(house: House, api: FakeBotApi, within: float = 8.0) -> None:
    """Wait until every update that was sent has its row in the inbox, and none waits for its answer."""
    end = asyncio.get_running_loop().time() + within
    while asyncio.get_running_loop().time() < end:
        rows = house.rows("SELECT update_id, state FROM inbox")
        if {str(number) for number in api.numbers} == {number for number, _ in rows} and "new" not in dict(
            rows
        ).values():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"sent {api.numbers}, the inbox holds {rows}")


class TestTalking:
    async def test_a_member_signs_up_and_reads_the_day_back(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我要报名党章学习会")
            assert "党章学习会" in await house.guilan_s_phone.reads("星期")
        assert house.count("SELECT count(*) FROM registration WHERE state = 'registered'") == 1

    async def test_help_is_a_command_and_a_word(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("/help")
            by_command = await house.guilan_s_phone.reads()
            await house.guilan_s_phone.says(f"/help@{USERNAME}")
            await house.guilan_s_phone.says("/start")
            await all_answered(house, api)
        assert len(by_command) > 10
        assert SAYS.say("stranger") not in house.guilan_s_phone.texts

    async def test_an_alert_reaches_the_secretary_who_takes_it_with_a_button(self, house: House) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            alert = await house.secretary_s_phone.reads("王桂兰")
            assert "住院" in alert
            assert "李书记" in await house.guilan_s_phone.reads("李书记")
            await house.secretary_s_phone.presses("")
            await house.api.wait("answerCallbackQuery")
            await house.api.wait("editMessageReplyMarkup")
            assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 1

    async def test_a_button_pressed_while_we_were_away_still_counts(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("王桂兰")
        await house.secretary_s_phone.presses("")
        api.forget_callbacks()
        async with house.open():
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 1

    async def test_a_member_cannot_press_what_was_offered_to_somebody_else(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("王桂兰")
            offered = api.of("sendMessage", SECRETARY)[-1].result
            assert isinstance(offered, dict)
            data = offered["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
            for forged in (data, "ack:1", "999999.0", "对"):
                await api.press(house.guilan_s_phone.account, offered, forged)
            await house.guilan_s_phone.reads(SAYS.say("old_button"))
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM care_case WHERE state = 'acknowledged'") == 0

    async def test_two_messages_of_one_member_are_answered_in_order(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.guilan_s_phone.says("我生病住院了")
            await house.guilan_s_phone.says("谢谢")
            await all_answered(house, api)
        answered = house.rows("SELECT json_extract(answer, '$.heard') FROM inbox ORDER BY id")
        logged = house.rows(
            "SELECT dedupe_key FROM outbox WHERE lane = 'reply' AND dedupe_key LIKE 'reply:%' ORDER BY id"
        )
        assert answered == [("我生病住院了",), ("谢谢",)]
        assert logged == [("reply:1",), ("reply:2",)]

    @pytest.mark.parametrize(
        "content",
        [
            {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]},
            {"sticker": {"file_id": "s", "file_unique_id": "s", "width": 9, "height": 9, "is_animated": False,
                         "is_video": False, "type": "regular"}},
            {"document": {"file_id": "d", "file_unique_id": "d"}, "caption": "看看"},
            {"location": {"longitude": 120.3, "latitude": 31.5}},
        ],
        ids=lambda content: next(iter(content)),
    )  # fmt: skip
    async def test_everything_else_gets_one_kind_sentence(self, house: House, content: dict[str, object]) -> None:
        async with house.open():
            await house.guilan_s_phone.sends(**content)
            await house.guilan_s_phone.reads(SAYS.say("cannot_read"))

    async def test_an_edited_message_is_asked_for_again(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            edited = api.message(house.guilan_s_phone.chat, house.guilan_s_phone.account, text="我摔倒了", edit_date=1)
            await api.send(edited_message=edited)
            await house.guilan_s_phone.reads(SAYS.say("edited"))


class TestVoice:
    """Recordings that cannot be fetched; those that can need the speech models and stand in test_process."""

    async def test_one_that_is_too_long_is_refused_kindly(self, house: House, api: FakeBotApi) -> None:
        huge = api.keep_file(b"x", size=25_000_000)
        unsized = {key: value for key, value in api.keep_file(b"x", size=25_000_000).items() if key != "file_size"}
        async with house.open():
            for file in (huge, unsized):
                await house.guilan_s_phone.sends(voice={**file, "duration": 9000, "mime_type": "audio/ogg"})
                await house.guilan_s_phone.reads(SAYS.say("too_large"), since=len(api.calls))
        assert len(api.of("getFile", status=400)) == 1, "what says its size is not even asked for"

    async def test_one_that_cannot_be_fetched_goes_to_a_human_and_stops_nobody(
        self, house: House, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handlers, "RETRY_SECONDS", (0.05,))
        api.faults.append(Fault("FILE", status=404, times=5))
        async with house.open():
            await house.guilan_s_phone.speaks(b"OggS never fetched")
            await house.guilan_s_phone.says("我生病住院了")
            await house.secretary_s_phone.reads("住院")
            assert "王桂兰" in await house.secretary_s_phone.reads(words("alerts").say("parked", name="王桂兰"))
            await house.guilan_s_phone.reads(SAYS.say("parked"))
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'parked'") == 1
        assert house.count("SELECT count(*) FROM task WHERE kind = 'call_back' AND done_at IS NULL") == 1
        assert house.count("SELECT count(*) FROM entry WHERE kind = 'parked'") == 1

    async def test_a_line_that_breaks_for_a_moment_costs_nothing(
        self, house: House, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handlers, "RETRY_SECONDS", (0.05,))
        api.faults += [Fault("getFile", status=502), Fault("getFile", drop="before"), Fault("FILE", status=500)]
        async with house.open():
            await house.guilan_s_phone.speaks(b"no sound at all")
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'done' AND recording_id IS NOT NULL") == 1


class TestWhoIsHeard:
    async def test_a_stranger_gets_one_kind_sentence_and_nothing_is_kept(self, house: House, api: FakeBotApi) -> None:
        secret = "我的存折密码是八八六六"
        async with house.open():
            await stranger(api).says(secret)
            await stranger(api).reads(SAYS.say("stranger"))
            await all_answered(house, api)
        for file in house.folder.glob("nuanyang.db*"):
            assert secret.encode() not in file.read_bytes()

    @pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
    async def test_groups_and_channels_are_not_answered(self, house: House, api: FakeBotApi, kind: str) -> None:
        group = {"id": -100200, "type": kind, "title": "老同志"}
        async with house.open():
            post = api.message(group, house.guilan_s_phone.account, text="我生病住院了")
            await api.send(message=post)
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            await all_answered(house, api)
        assert {call.chat for call in api.of("sendMessage")} == {GUILAN}
        assert house.count("SELECT count(*) FROM care_case") == 0
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'done' AND raw = '{}'") == 2

    async def test_nobody_speaks_as_a_chat_or_as_a_bot(self, house: House, api: FakeBotApi) -> None:
        me = house.guilan_s_phone
        async with house.open():
            await me.sends(text="我生病住院了", sender_chat={"id": -100200, "type": "channel", "title": "x"})
            robot = {**me.account, "is_bot": True}
            await api.send(message=api.message(me.chat, robot, text="我生病住院了"))
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM care_case") == 0
        assert api.of("sendMessage") == []

    async def test_the_secretary_s_link_enrols_once(self, house: House, api: FakeBotApi) -> None:
        first, second = stranger(api), stranger(api, 7998)
        async with house.open():
            await first.says(f"/start {house.code}")
            await first.reads("张建国")
            await second.says(f"/start {house.code}")
            assert await second.reads() == SAYS.say("stranger")
            await first.says("我要报名党章学习会")
            await first.reads("党章学习会", since=2)
        assert house.count("SELECT count(*) FROM entry WHERE kind = 'enrolled'") == 1
        assert house.code.encode() not in (house.folder / "nuanyang.db").read_bytes()

    async def test_tapping_the_old_link_again_harms_nothing(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await stranger(api).says(f"/start {house.code}")
            await stranger(api).reads("张建国")
            await stranger(api).says(f"/start {house.code}")
            await all_answered(house, api)
        assert SAYS.say("stranger") not in stranger(api).texts

    async def test_five_wrong_codes_in_an_hour_lock_the_account(self, house: House) -> None:
        async with house.open() as app:
            now = app.clock()
            enrolment = Enrolment(app.db)
            for _ in range(5):
                assert enrolment.enrol(STRANGER, "guess", now) is None
            assert enrolment.enrol(STRANGER, house.code, now) is None
            someone_else = enrolment.enrol(7998, "guess", now)
            assert someone_else is None
            member = enrolment.enrol(STRANGER, house.code, now + timedelta(hours=1))
            assert member is not None
            assert member.name == "张建国"

    async def test_a_link_lasts_three_days(self, house: House) -> None:
        async with house.open() as app:
            member = members.find(app.db, "张建国")[0]
            code = new_code(app.db, member, app.clock())
            assert len(code) == 22
            assert Enrolment(app.db).enrol(STRANGER, code, app.clock() + timedelta(hours=73)) is None
            assert Enrolment(app.db).enrol(STRANGER, code, app.clock() + timedelta(hours=71)) is not None

    async def test_the_link_names_the_bot(self, house: House, api: FakeBotApi) -> None:
        async with house.open() as app:
            link = await issue_enrolment(app, members.find(app.db, "张建国")[0], app.clock())
        assert link.startswith(f"https://t.me/{USERNAME}?start=")

    async def test_who_had_blocked_us_and_writes_again_can_be_reached_again(
        self, house: House, api: FakeBotApi
    ) -> None:
        api.faults.append(Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user"))
        async with house.open() as app:
            await house.guilan_s_phone.says("帮助")
            await api.wait("sendMessage", status=403)
            await asyncio.sleep(0.05)
            assert members.contacts(app.db, house.guilan) == []
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            assert len(members.contacts(app.db, house.guilan)) == 1


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


class TestToken:
    async def test_a_token_that_telegram_refuses_is_named_with_its_remedy(self, house: House, api: FakeBotApi) -> None:
        api.token = "1:another"
        with pytest.raises(ConfigError, match=r"telegram\.token"):
            async with house.open():
                await asyncio.sleep(0.5)

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


def test_no_sentence_stands_in_python() -> None:
    for file in Path(handlers.__file__).parent.glob("*.py"):
        assert not any("一" <= letter <= "鿿" for letter in file.read_text(encoding="utf-8")), file.name
