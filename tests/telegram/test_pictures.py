"""A question whose answer people would rather look at sends its picture after the words, and never instead of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot import charts, pictures
from bot.courier import NotSent, PerhapsSent, Refused, Unsendable
from bot.telegram.courier import TelegramCourier
from dialogs.reply import Chart
from storage import members, outbox
from storage.database import open_database, writing
from tests.telegram.emulator import Emulated
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import SECRETARY, House
from tests.telegram.test_outbox import NOW, Chat, Office, office, settled

__all__ = ["office"]

CHART = Chart(
    "党费收缴", "元", ("第一季度", "第二季度"), (("应交", (90.0, 90.0)), ("已交", (90.0, 30.0))), "图：党费收缴"
)
QUESTION = "今年党费收了多少钱"
NO_PICTURE = "SELECT state FROM outbox WHERE chart <> ''"


def put_both(office: Office, text: str = "收了120元。", **more: object) -> None:
    office.put(text, **more)
    (words,) = office.db.execute("SELECT id FROM outbox WHERE text = ?", [text]).fetchone()
    office.put(f"图：{text}", chart=charts.written(CHART), after_id=words)


class TestTheRow:
    async def test_the_picture_follows_the_words(self, office: Office) -> None:
        put_both(office)
        chat = Chat()
        async with office.at_work(chat):
            await settled(lambda: office.state("图：收了120元。") == "sent", within=20)
        assert chat.arrived == ["收了120元。", "[图：收了120元。]"]

    async def test_words_that_wait_hold_the_picture_and_what_comes_after_is_not_held(self, office: Office) -> None:
        put_both(office)
        office.put("别的话")
        chat = Chat({"收了120元。": [NotSent(), NotSent()]})
        async with office.at_work(chat) as worker:
            await settled(lambda: "别的话" in chat.arrived)
            assert chat.arrived == ["别的话"]
            for _ in range(3):
                await office.later(worker)
            await settled(lambda: office.state("图：收了120元。") == "sent", within=20)
        assert chat.arrived == ["别的话", "收了120元。", "[图：收了120元。]"]

    async def test_a_picture_that_did_not_leave_is_sent_later(self, office: Office) -> None:
        put_both(office)
        chat = Chat({"[图：收了120元。]": [NotSent(), NotSent()]})
        async with office.at_work(chat) as worker:
            for _ in range(3):
                await settled(lambda: office.state("收了120元。") == "sent")
                await office.later(worker)
            await settled(lambda: office.state("图：收了120元。") == "sent", within=20)
        assert chat.arrived == ["收了120元。", "[图：收了120元。]"]

    async def test_a_picture_of_unknown_fate_is_not_sent_twice(self, office: Office) -> None:
        put_both(office)
        chat = Chat({"[图：收了120元。]": [PerhapsSent()]})
        async with office.at_work(chat):
            await settled(lambda: office.state("图：收了120元。") == "sent", within=20)
        assert chat.arrived == ["收了120元。", "[图：收了120元。]"]

    @pytest.mark.parametrize("refusal", [Unsendable(), Refused()], ids=["unsendable", "refused"])
    async def test_a_refused_picture_takes_no_words_with_it(self, office: Office, refusal: Unsendable) -> None:
        put_both(office, spoken="收了一百二十元")
        chat = Chat({"[图：收了120元。]": [refusal]})
        async with office.at_work(chat):
            await settled(lambda: office.state("图：收了120元。") == "failed", within=20)
            await settled(lambda: office.state("收了120元。") == "sent")
        assert chat.arrived == ["收了120元。", "(收了一百二十元)"]

    async def test_a_picture_that_cannot_be_drawn_holds_up_neither_words_nor_pictures(self, office: Office) -> None:
        put_both(office, "第一句")
        put_both(office, "第二句")
        office.db.execute("UPDATE outbox SET chart = '{\"title\": 1}' WHERE text = '图：第一句'")
        chat = Chat()
        async with office.at_work(chat):
            await settled(lambda: office.state("图：第二句") == "sent", within=20)
        assert office.state("图：第一句") == "failed"
        assert chat.arrived == ["第一句", "第二句", "[图：第二句]"]

    async def test_a_machine_without_fonts_sends_the_words_and_tells_the_operator_what_to_install(
        self, office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(pictures, "FAMILIES", ("No Such Font",))
        pictures.chinese_font.cache_clear()
        put_both(office)
        chat = Chat()
        async with office.at_work(chat):
            await settled(lambda: office.state("图：收了120元。") == "failed", within=20)
        pictures.chinese_font.cache_clear()
        assert chat.arrived == ["收了120元。"]
        assert "fonts-noto-cjk" in caplog.text

    def test_a_picture_is_no_text_and_no_voice(self, office: Office) -> None:
        put_both(office)
        due = {part: outbox.due(office.db, "telegram", NOW, part=part) for part in ("texts", "voices", "pictures")}
        assert {part: len(found) for part, found in due.items()} == {"texts": 1, "voices": 0, "pictures": 0}
        outbox.text_sent(office.db, due["texts"][0].id, NOW, "1")
        assert [each.after_id for each in outbox.due(office.db, "telegram", NOW, part="pictures")] == [
            due["texts"][0].id
        ]


class TestOnTelegram:
    async def test_the_secretary_asks_and_sees(self, house: House, api: FakeBotApi) -> None:
        owed(house)
        async with house.open():
            await house.secretary_s_phone.says(QUESTION)
            words = await house.secretary_s_phone.reads("元")
            seen = await house.secretary_s_phone.sees()
        assert seen.files["photo"].startswith(b"\x89PNG")
        assert seen.params["caption"].startswith("图：党费收缴")
        assert "第四季度" in seen.params["caption"]
        assert "图：" not in words
        methods = [call.method for call in api.calls if call.chat == SECRETARY and call.method.startswith("send")]
        assert methods.index("sendMessage") < methods.index("sendPhoto")
        assert len(api.of("sendPhoto")) == 1

    async def test_a_question_without_a_picture_sends_none(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await house.secretary_s_phone.says("王桂兰电话多少")
            await house.secretary_s_phone.reads("王桂兰")
        assert house.count("SELECT count(*) FROM outbox WHERE chart <> ''") == 0
        assert api.of("sendPhoto") == []

    @pytest.mark.parametrize(
        ("fault", "state"),
        [
            (Fault("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED"), "failed"),
            (Fault("sendPhoto", status=413, description="Request Entity Too Large"), "failed"),
            (Fault("sendPhoto", status=502, body=b"<html>bad gateway"), "sent"),
            (Fault("sendPhoto", status=429, parameters={"retry_after": 1}), "sent"),
        ],
        ids=["no picture", "too large", "bad gateway", "flood"],
    )
    async def test_a_picture_that_fails_leaves_the_words(
        self, house: House, api: FakeBotApi, fault: Fault, state: str
    ) -> None:
        owed(house)
        api.faults.append(fault)
        async with house.open():
            await house.secretary_s_phone.says(QUESTION)
            await house.secretary_s_phone.reads("元")
            await settled(lambda: house.rows(NO_PICTURE) == [(state,)], within=20)
            asked = len(api.calls)
            await house.secretary_s_phone.says("王桂兰电话多少")
            await house.secretary_s_phone.reads("王桂兰", since=asked)
        assert len(api.of("sendPhoto")) == (state == "sent")

    async def test_a_restart_between_words_and_picture_sends_the_picture_alone(
        self, house: House, api: FakeBotApi
    ) -> None:
        owed(house)
        api.faults.append(Fault("sendPhoto", status=502, times=1))
        async with house.open():
            await house.secretary_s_phone.says(QUESTION)
            await house.secretary_s_phone.reads("元")
            await api.wait("sendPhoto", status=502, within=30)
        said = len(house.secretary_s_phone.texts)
        async with house.open():
            await house.secretary_s_phone.sees()
        assert len(house.secretary_s_phone.texts) == said

    async def test_on_an_emulator_that_is_not_ours(self, emulated: Emulated, tmp_path: Path) -> None:
        house = House(tmp_path / "data", emulated)
        owed(house)
        async with house.open():
            await house.secretary_s_phone.says(QUESTION)
            await house.secretary_s_phone.reads("元")
            seen = await house.secretary_s_phone.sees()
        assert seen.params["caption"].startswith("图：党费收缴")


async def test_the_fake_server_refuses_the_pictures_that_telegram_refuses() -> None:
    good = pictures.draw(CHART)
    long = good[:16] + (9000).to_bytes(4) + (200).to_bytes(4) + good[24:]
    async with FakeBotApi() as api, Bot(api.token, api.base_url, api.base_file_url) as bot:
        for picture, caption, words in [
            (good, "字" * 1025, "caption is too long"),
            (b"", "", "no photo"),
            (good[:-200], "", "IMAGE_PROCESS_FAILED"),
            (b"GIF89a", "", "IMAGE_PROCESS_FAILED"),
            (long, "", "PHOTO_INVALID_DIMENSIONS"),
        ]:
            with pytest.raises(NetworkError, match=f"(?i){words}"):
                await bot.send_photo(7, picture, caption=caption)
        courier = TelegramCourier(bot)
        with pytest.raises(Unsendable):
            await courier.send_picture("7", b"\x89PNG" * 3_000_000, "太大")
        with pytest.raises(Refused):
            await courier.send_picture("-7", good, "没有这个人")
        await courier.send_picture("7", good, "一句话。" * 300)
        assert api.of("sendPhoto")[-1].params["caption"] == "一句话。" * 256


def owed(house: House) -> None:
    """Dues of two members in the last quarters, half of them paid."""
    db = open_database(house.config.database)
    now = datetime.now()  # noqa: DTZ005
    with writing(db):
        for back in range(4):
            day = now - timedelta(days=91 * back)
            quarter = f"{day.year}Q{(day.month - 1) // 3 + 1}"
            for member, state in ((house.guilan, "verified"), (house.jianguo, "open")):
                paid = 3000 if state == "verified" else None
                db.execute(
                    "INSERT INTO dues (member_id, quarter, due_fen, paid_fen, state, verified_at, verified_by) "
                    "VALUES (?, ?, 3000, ?, ?, ?, ?)",
                    [member, quarter, paid, state, day.isoformat(timespec="seconds") if paid else None,
                     house.secretary if paid else None],
                )  # fmt: skip
    assert members.member(db, house.guilan)
    db.close()
