"""Telegram's limits, and what its errors mean for the next try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import NetworkError

from bot.courier import DeliveryError, Flooded, NotSent, PerhapsSent, Refused, Unsendable
from bot.telegram.courier import TelegramCourier, split
from storage.outbox import Button
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.faults import Fault


@given(st.text(alphabet="暖阳。，\n😀a", max_size=400), st.integers(2, 60))
def test_pieces_are_the_text_and_none_is_too_long(text: str, most: int) -> None:
    pieces = split(text, most)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= most for piece in pieces)
    assert not text or all(pieces)


def test_a_text_is_parted_after_a_sentence() -> None:
    assert split("第一句。第二句很长很长。", 9) == ["第一句。", "第二句很长很长。"]


FAULTS = [
    (Fault("sendMessage", status=429, parameters={"retry_after": 7}), Flooded),
    (Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user"), Refused),
    (Fault("sendMessage", status=400, description="Bad Request: chat not found"), Refused),
    (Fault("sendMessage", status=400, parameters={"migrate_to_chat_id": -100}), Refused),
    (Fault("sendMessage", status=400, description="Bad Request: can't parse entities"), Unsendable),
    (Fault("sendMessage", status=413, description="Request Entity Too Large"), Unsendable),
    (Fault("sendMessage", status=500), NotSent),
    (Fault("sendMessage", status=502, body=b"<html>bad gateway"), NotSent),
    (Fault("sendMessage", status=429), NotSent),
    (Fault("sendMessage", drop="after"), PerhapsSent),
    (Fault("sendMessage", drop="before"), PerhapsSent),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
async def test_an_error_says_whether_to_try_again(fault: Fault, kind: type[DeliveryError]) -> None:
    async with FakeBotApi() as api, Bot(api.token, api.base_url, api.base_file_url) as bot:
        api.faults.append(fault)
        with pytest.raises(kind) as caught:
            await TelegramCourier(bot).send_text("7", "您好", ())
        if isinstance(caught.value, Flooded):
            assert caught.value.seconds == 7
        assert await TelegramCourier(bot).send_text("7", "您好", ())


async def test_a_server_that_is_down_was_not_reached() -> None:
    async with FakeBotApi() as api:
        bot = Bot(api.token, api.base_url, api.base_file_url)
        await bot.initialize()
    with pytest.raises(NotSent):
        await TelegramCourier(bot).send_text("7", "您好", ())


async def test_the_fake_server_refuses_what_telegram_refuses() -> None:
    async with FakeBotApi() as api, Bot(api.token, api.base_url, api.base_file_url) as bot:
        for text, mode, words in [
            ("字" * 4097, None, "too long"),
            (" ", None, "empty"),
            ("<b>粗", "HTML", "parse entities"),
            ("<h1>大</h1>", "HTML", "parse entities"),
        ]:
            with pytest.raises(NetworkError, match=words):
                await bot.send_message(7, text, parse_mode=mode)
        with pytest.raises(Unsendable):
            await TelegramCourier(bot).send_text("7", "选", [Button("好", "太" * 40)])
        with pytest.raises(NetworkError, match="not found"):
            await bot.edit_message_reply_markup(7, 99)
        with pytest.raises(NetworkError, match="too old"):
            await bot.answer_callback_query("nobody")
