"""The channel in this process against our strict Bot API server: what is said, pressed, sent, and answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.telegram import handlers
from bot.telegram.wording import words
from tests.telegram.fake_bot_api import USERNAME, FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import SECRETARY, House, all_answered

SAYS = words("says")


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


def test_no_sentence_stands_in_python() -> None:
    for file in Path(handlers.__file__).parent.glob("*.py"):
        assert not any("一" <= letter <= "鿿" for letter in file.read_text(encoding="utf-8")), file.name
